"""Drafts: one for a tab, for its own person only, and what an expired session leaves."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from namens.lib import clock
from namens.pages.client.giving import Page
from namens.parties.actions import helper_number_of
from namens.parties.models import Party
from namens.signin.models import Draft
from tests.pages.client.walking import address, begin, only_draft, page_of, walk
from tests.pages.visiting import arrive, send, shown
from tests.people import NOW

LATER = NOW + timedelta(minutes=16)


@pytest.mark.parametrize("page", list(Page))
def test_it_refuses_dirk_a_draft_of_somebody_else(at_anna: Client, at_dirk: Client, number: str, page: Page) -> None:
    walk(at_anna, begin(at_anna, number), Page.CHECK)
    path = address(page, only_draft().id)
    assert at_dirk.get(path).status_code == 404
    assert send(at_dirk, path).status_code == 404


def test_it_refuses_dirk_the_open_code_in_a_draft_of_somebody_else(
    at_anna: Client, at_dirk: Client, number: str
) -> None:
    begin(at_anna, number)
    assert send(at_dirk, reverse("pages:give-open-in", args=[only_draft().id])).status_code == 404


def test_it_keeps_two_tabs_apart(at_anna: Client, number: str, carla: Party) -> None:
    first = begin(at_anna, number)
    second = begin(at_anna, helper_number_of(party=carla, now=NOW))
    assert "Bram Bakker" in shown(at_anna.get(first))
    assert "Carla Mulder" in shown(at_anna.get(second))


def test_it_shows_an_earlier_answer_after_going_back(at_anna: Client, number: str) -> None:
    walk(at_anna, begin(at_anna, number), Page.FROM)
    page = at_anna.get(address(Page.SERVICES, only_draft().id)).content.decode()
    assert page.count("checked") == 1


def test_it_goes_on_where_the_same_person_was_after_a_new_login(at_anna: Client, anna: Party, number: str) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.UNTIL)
    with clock.frozen(LATER):
        assert at_anna.get(path)["Location"].startswith("/signin/digid")
        assert arrive(anna, client=at_anna).get(path).status_code == 200


def test_it_shows_again_what_was_typed_when_the_session_had_ended(at_anna: Client, anna: Party, number: str) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.UNTIL)
    with clock.frozen(LATER):
        send(at_anna, path, {"duration": "own-day", "own_last_day_year": "2029"})
        page = arrive(anna, client=at_anna).get(path).content.decode()
    assert 'value="2029"' in page
    assert only_draft().answers["duration"] == ""


def test_it_does_nothing_with_it_before_a_new_click(at_anna: Client, anna: Party, number: str) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.UNTIL)
    with clock.frozen(LATER):
        send(at_anna, path, {"duration": "1-month"})
        assert arrive(anna, client=at_anna).get(path).status_code == 200
    assert page_of(path) is Page.UNTIL
    assert only_draft().answers["duration"] == ""


def test_it_keeps_nothing_for_the_next_person_at_the_same_computer(at_anna: Client, dirk: Party, number: str) -> None:
    with clock.frozen(LATER):
        send(at_anna, reverse("pages:give"), {"number": number})
        page = arrive(dirk, client=at_anna).get(reverse("pages:give")).content.decode()
    assert number not in page


def test_it_erases_drafts_at_logout(at_anna: Client, number: str) -> None:
    begin(at_anna, number)
    send(at_anna, reverse("pages:logout"))
    assert not Draft.objects.exists()
