"""How long a session lasts, judged here and not in the browser."""

from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from namens.lib import clock
from namens.parties.models import Party
from tests.pages.visiting import arrive
from tests.people import NOW
from tests.signin.walking import Person

pytestmark = pytest.mark.usefixtures("liar")
IDLE, LONGEST = timedelta(minutes=15), timedelta(hours=2)
ALMOST = timedelta(seconds=1)


def arrived(party: Party) -> Client:
    with clock.frozen(NOW):
        return arrive(party)


def visit(browser: Client, at: datetime) -> HttpResponse:
    with clock.frozen(at):
        return Person(browser).get(reverse("pages:helper-number"))


def test_it_goes_on_just_within_fifteen_minutes(anna: Party) -> None:
    assert visit(arrived(anna), NOW + IDLE - ALMOST).status_code == 200


def test_it_ends_after_fifteen_minutes(anna: Party) -> None:
    response = visit(arrived(anna), NOW + IDLE)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("signin:start", args=["digid"]))


def test_it_starts_the_fifteen_minutes_again_at_every_page(anna: Party) -> None:
    browser = arrived(anna)
    for minutes in (14, 28, 42):
        assert visit(browser, NOW + timedelta(minutes=minutes)).status_code == 200


def test_it_ends_after_two_hours_whatever_is_done(anna: Party) -> None:
    browser = arrived(anna)
    for minutes in range(10, 120, 10):
        assert visit(browser, NOW + timedelta(minutes=minutes)).status_code == 200
    assert visit(browser, NOW + LONGEST - ALMOST).status_code == 200
    assert visit(browser, NOW + LONGEST).status_code == 302


def test_it_does_not_come_back_to_life(anna: Party) -> None:
    browser = arrived(anna)
    for minutes in (15, 16, 17):
        assert visit(browser, NOW + timedelta(minutes=minutes)).status_code == 302


def test_it_goes_on_when_somebody_says_so(anna: Party) -> None:
    browser = arrived(anna)
    with clock.frozen(NOW + timedelta(minutes=14)):
        assert browser.post(reverse("pages:extend")).status_code == 204
    assert visit(browser, NOW + timedelta(minutes=28)).status_code == 200


def test_it_cannot_be_extended_when_it_has_ended(anna: Party) -> None:
    browser = arrived(anna)
    with clock.frozen(NOW + IDLE):
        assert browser.post(reverse("pages:extend")).status_code == 302
    assert visit(browser, NOW + IDLE).status_code == 302


def test_it_shows_no_name_when_it_has_ended(anna: Party) -> None:
    browser = arrived(anna)
    with clock.frozen(NOW + IDLE):
        assert "Anna" not in browser.get("/").content.decode()


def test_it_is_nobody_with_a_made_up_cookie(anna: Party) -> None:  # noqa: ARG001 - there is somebody to be
    browser = Client()
    browser.cookies["namens_session"] = "a" * 32
    assert visit(browser, NOW).status_code == 302


def test_it_tells_the_browser_to_forget_the_cookie_when_it_closes(anna: Party) -> None:
    browser = arrived(anna)
    with clock.frozen(NOW):
        browser.post(reverse("pages:language"), {"language": "en"})
    assert browser.cookies["namens_session"]["max-age"] == ""
