"""Leaving, and somebody else at the same browser: nothing of the one before stays behind."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from namens.codes import actions as codes
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.parties.models import Party
from namens.signin import drafts
from namens.signin.models import Draft
from tests.pages.visiting import arrive
from tests.people import NOW, give
from tests.signin.lying import LyingBroker
from tests.signin.walking import Person

pytestmark = pytest.mark.usefixtures("catalogue", "liar")


def arrived(party: Party, browser: Client | None = None) -> Client:
    with clock.frozen(NOW):
        return arrive(party, client=browser)


def log_out(browser: Client) -> None:
    with clock.frozen(NOW + timedelta(minutes=1)):
        assert browser.post(reverse("pages:logout")).status_code == 302


def begun(party: Party) -> Draft:
    return drafts.begin(party=party, journey="give", answers={"open_code": True}, now=NOW)


def signed_out() -> list[object]:
    return list(JournalEntry.objects.filter(event=Event.SIGNED_OUT).values_list("actor", flat=True))


def test_it_ends_the_session(anna: Party) -> None:
    browser = arrived(anna)
    log_out(browser)
    with clock.frozen(NOW + timedelta(minutes=2)):
        assert browser.get(reverse("pages:helper-number")).status_code == 302
    assert Session.objects.count() == 0


def test_it_ends_it_for_who_kept_the_cookie(anna: Party) -> None:
    browser, thief = arrived(anna), Client()
    thief.cookies["namens_session"] = browser.cookies["namens_session"].value
    log_out(browser)
    with clock.frozen(NOW + timedelta(minutes=2)):
        assert thief.get(reverse("pages:helper-number")).status_code == 302


def test_it_erases_drafts(anna: Party, bram: Party) -> None:
    browser = arrived(anna)
    begun(anna)
    of_bram = begun(bram)
    log_out(browser)
    assert list(Draft.objects.all()) == [of_bram]


def test_it_erases_the_code_that_could_be_shown_again(anna: Party, bram: Party) -> None:
    browser = arrived(anna)
    given = give(anna, bram)
    log_out(browser)
    assert codes.reveal(opens=given.mandate.id, giver=anna.id, now=NOW) is None


def test_it_leaves_the_mandate_and_its_code_as_they_are(anna: Party, bram: Party) -> None:
    browser = arrived(anna)
    given = give(anna, bram)
    log_out(browser)
    assert codes.live_code(opens=given.mandate.id, now=NOW) is not None


def test_it_writes_one_entry_in_the_journal(anna: Party) -> None:
    browser = arrived(anna)
    log_out(browser)
    log_out(browser)
    assert signed_out() == [anna.id]


def test_it_lets_the_browser_forget_what_it_kept(anna: Party) -> None:
    with clock.frozen(NOW):
        response = arrive(anna).post(reverse("pages:logout"))
    assert response["Clear-Site-Data"] == '"cache", "storage"'


def test_it_needs_a_form_of_our_own(anna: Party) -> None:
    with clock.frozen(NOW):
        browser = arrive(anna, client=Client(enforce_csrf_checks=True))
        assert browser.post(reverse("pages:logout")).status_code == 403
    assert signed_out() == []


def test_it_ends_the_session_of_the_one_before(anna: Party, bram: Party, dirk: Party) -> None:
    browser = arrived(anna)
    begun(anna)
    given = give(anna, bram)
    arrived(dirk, browser)
    assert (signed_out(), Session.objects.count(), Draft.objects.count()) == ([anna.id], 1, 0)
    assert codes.reveal(opens=given.mandate.id, giver=anna.id, now=NOW) is None


def test_it_keeps_the_drafts_of_who_logs_in_again(anna: Party) -> None:
    browser = arrived(anna)
    before = browser.cookies["namens_session"].value
    draft = begun(anna)
    arrived(anna, browser)
    assert (signed_out(), list(Draft.objects.all())) == ([], [draft])
    assert browser.cookies["namens_session"].value != before


def test_it_leaves_nothing_in_the_session_for_the_next_person(anna: Party, dirk: Party) -> None:
    browser = arrived(anna)
    session = browser.session
    session["matched-code"] = {"code": "…"}
    session.save()
    arrived(dirk, browser)
    assert "matched-code" not in browser.session


@pytest.mark.usefixtures("anna", "dirk", "register")
def test_it_gives_the_next_person_another_form_token(visitor: Person, liar: LyingBroker) -> None:
    with clock.frozen(NOW):
        assert form_token(visitor, liar, "anna") != form_token(visitor, liar, "dirk")


@pytest.mark.usefixtures("anna", "register")
def test_it_lets_the_same_person_go_on_with_a_form_in_another_tab(visitor: Person, liar: LyingBroker) -> None:
    with clock.frozen(NOW):
        assert form_token(visitor, liar, "anna") == form_token(visitor, liar, "anna")


def form_token(visitor: Person, liar: LyingBroker, name: str) -> str:
    """Log in, look at a page with a form, and give the token in the cookie."""
    visitor.log_in_through(liar, name)
    visitor.browser.get(reverse("pages:give"))
    return visitor.browser.cookies["namens_csrf"].value
