"""A form that comes in when the session has ended: what was typed is kept, for the same person and nobody else."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from namens.lib import clock
from namens.parties.models import Party
from namens.signin import drafts
from namens.signin.models import Draft
from tests.pages.visiting import arrive, send
from tests.people import BSNS, NOW
from tests.signin.walking import Person

pytestmark = pytest.mark.usefixtures("catalogue", "liar")
TYPED = "347-689-BCD"
EXPIRED = NOW + timedelta(minutes=16)
SOON = NOW + timedelta(minutes=20)


def gave_too_late(party: Party, *, path: str = "", **fields: str) -> Client:
    """Give the browser of somebody who logged in, waited, and then sent a form."""
    with clock.frozen(NOW):
        browser = arrive(party)
    with clock.frozen(EXPIRED):
        response = send(browser, path or reverse("pages:give"), fields or {"number": TYPED})
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("signin:start", args=["digid"]))
    return browser


def page_after_login(browser: Client, party: Party, *, path: str = "") -> HttpResponse:
    with clock.frozen(SOON):
        arrive(party, client=browser)
        return Person(browser).get(path or reverse("pages:give"))


def test_it_fills_the_form_in_for_the_same_person(anna: Party) -> None:
    page = page_after_login(gave_too_late(anna), anna)
    assert page.status_code == 200
    assert TYPED in page.content.decode()


def test_it_comes_back_to_the_same_page(anna: Party) -> None:
    with clock.frozen(NOW):
        browser = arrive(anna)
    with clock.frozen(EXPIRED):
        response = send(browser, reverse("pages:give"), {"number": TYPED})
    assert f"next={reverse('pages:give').replace('/', '%2F')}" in response["Location"]


def test_it_shows_nothing_of_it_to_dirk(anna: Party, dirk: Party) -> None:
    page = page_after_login(gave_too_late(anna), dirk)
    assert TYPED not in page.content.decode()


def test_it_is_gone_when_dirk_was_there_in_between(anna: Party, dirk: Party) -> None:
    browser = gave_too_late(anna)
    page_after_login(browser, dirk)
    assert TYPED not in page_after_login(browser, anna).content.decode()


def test_it_is_shown_once(anna: Party) -> None:
    browser = gave_too_late(anna)
    page_after_login(browser, anna)
    assert TYPED not in page_after_login(browser, anna).content.decode()


def test_it_is_shown_on_its_own_page_only(anna: Party) -> None:
    page = page_after_login(gave_too_late(anna), anna, path=reverse("pages:activate"))
    assert TYPED not in page.content.decode()


def test_it_does_nothing_with_it_before_a_new_click(anna: Party) -> None:
    page_after_login(gave_too_late(anna), anna)
    assert Draft.objects.filter(journey="give").count() == 0


@pytest.mark.parametrize("name", ["bsn", "born_day", "born_month", "born_year", "code", "csrfmiddlewaretoken"])
def test_it_never_keeps_what_is_secret(bram: Party, name: str) -> None:
    gave_too_late(bram, path=reverse("pages:activate"), **{name: BSNS["anna"].digits, "other": "kept"})
    assert Draft.objects.get().answers == {"other": ["kept"]}


def test_it_keeps_the_last_of_two(anna: Party) -> None:
    browser = gave_too_late(anna)
    with clock.frozen(EXPIRED):
        send(browser, reverse("pages:give"), {"number": "999"})
    assert Draft.objects.get().answers == {"number": ["999"]}


def test_it_keeps_nothing_too_long(anna: Party) -> None:
    gave_too_late(anna, number="9" * 5000)
    assert len(str(Draft.objects.get().answers)) < 300


def test_it_keeps_nothing_of_who_was_never_here(anna: Party) -> None:  # noqa: ARG001 - there is somebody to be
    send(Client(), reverse("pages:give"), {"number": TYPED})
    assert Draft.objects.count() == 0


def test_it_keeps_nothing_of_who_logged_out(anna: Party) -> None:
    with clock.frozen(NOW):
        browser = arrive(anna)
        browser.post(reverse("pages:logout"))
        send(browser, reverse("pages:give"), {"number": TYPED})
    assert Draft.objects.count() == 0


def test_it_is_erased_after_a_day(anna: Party) -> None:
    gave_too_late(anna)
    drafts.forget_stale(now=EXPIRED + timedelta(hours=24, seconds=1))
    assert Draft.objects.count() == 0


def test_it_makes_no_form_error_of_an_ended_session(anna: Party) -> None:
    with clock.frozen(NOW):
        browser = arrive(anna, client=Client(enforce_csrf_checks=True))
        form = browser.get(reverse("pages:give")).content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert found
    with clock.frozen(EXPIRED):
        response = send(browser, reverse("pages:give"), {"number": TYPED, "csrfmiddlewaretoken": found[1]})
    assert response.status_code == 302
    assert TYPED in page_after_login(browser, anna).content.decode()
