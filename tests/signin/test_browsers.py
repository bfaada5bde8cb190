"""Who was at one browser within two hours. Somebody who helps can hold the mouse of who gives."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from namens.lib import clock
from namens.parties.models import Party
from namens.signin import browsers
from namens.signin.browsers import were_here_together
from namens.signin.models import BrowserLogin
from namens.worker import erase_spent
from tests.organisations.managing import mia
from tests.pages.visiting import arrive
from tests.people import NOW

COOKIE = "namens_browser"


def at(browser: Client) -> HttpRequest:
    """Give a request from this browser."""
    request = HttpRequest()
    request.session = SessionStore(browser.cookies["namens_session"].value)
    if COOKIE in browser.cookies:
        request.COOKIES[COOKIE] = browser.cookies[COOKIE].value
    return request


def one_after_the_other(first: Party, second: Party, *, later: timedelta) -> Client:
    """Let the first log in and out, and the second log in `later`."""
    with clock.frozen(NOW):
        browser = arrive(first)
        browser.post(reverse("pages:logout"))
    with clock.frozen(NOW + later):
        return arrive(second, client=browser)


@pytest.mark.parametrize(("minutes", "together"), [(1, True), (119, True), (120, False)])
def test_it_remembers_after_a_logout_for_two_hours(
    bram: Party,
    anna: Party,
    minutes: int,
    together: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    later = timedelta(minutes=minutes)
    browser = one_after_the_other(bram, anna, later=later)

    assert were_here_together(at(browser), one=anna, other=bram, now=NOW + later) is together


def test_it_counts_from_when_somebody_left(bram: Party, anna: Party) -> None:
    with clock.frozen(NOW):
        browser = arrive(bram)
    late = NOW + timedelta(minutes=150)
    with clock.frozen(late):
        arrive(anna, client=browser)

    assert were_here_together(at(browser), one=anna, other=bram, now=late)


def test_it_knows_nobody_of_another_browser(bram: Party, anna: Party, dirk: Party) -> None:
    with clock.frozen(NOW):
        arrive(bram)
        browser = arrive(anna)
    one_after_the_other(bram, anna, later=timedelta(minutes=1))

    assert not were_here_together(at(browser), one=anna, other=bram, now=NOW)
    assert not were_here_together(at(browser), one=dirk, other=bram, now=NOW)


def test_it_finds_whoever_works_for_an_organisation(anna: Party, db: None) -> None:  # noqa: ARG001 - asked for its effect
    member = mia()
    browser = one_after_the_other(member.party, anna, later=timedelta(minutes=1))

    assert were_here_together(at(browser), one=anna, other=member.organisation.party, now=NOW)


@pytest.mark.parametrize("odd", ["", "short", "x" * 44, "é" * 43, "\0" * 43])
def test_it_gives_a_new_id_for_what_cannot_be_one_of_ours(anna: Party, odd: str) -> None:
    browser = Client()
    browser.cookies[COOKIE] = odd
    with clock.frozen(NOW):
        arrive(anna, client=browser)

    assert browser.cookies[COOKIE].value != odd
    assert BrowserLogin.objects.count() == 1


def test_it_keeps_only_a_digest_and_gives_no_id_before_a_login(anna: Party) -> None:
    assert COOKIE not in Client().get(reverse("pages:help")).cookies
    with clock.frozen(NOW):
        browser = arrive(anna)

    kept = BrowserLogin.objects.get()
    assert browser.cookies[COOKIE].value not in kept.browser


def test_it_makes_a_cookie_that_no_script_reads_and_that_goes_with_the_browser(anna: Party) -> None:
    with clock.frozen(NOW):
        cookie = arrive(anna).cookies[settings.BROWSER_COOKIE_NAME]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["expires"]) == (True, "Lax", "", "")


def test_it_is_erased_after_two_hours(anna: Party) -> None:
    with clock.frozen(NOW):
        arrive(anna)
    erase_spent(now=NOW + timedelta(minutes=119))
    assert BrowserLogin.objects.count() == 1
    erase_spent(now=NOW + browsers.TOGETHER)
    assert BrowserLogin.objects.count() == 0
