"""Choosing of what one hears by e-mail."""

import pytest
from django.test import Client
from pytest_django import Settings

from namens.parties.models import Party
from namens.post.messages import Wishes, wishes_of
from tests.pages.visiting import arrive, shown
from tests.post.mailing import with_address

PAGE, LETTERS = "/mijn-brieven/berichten", "/mijn-brieven"


@pytest.fixture(autouse=True)
def mailer(settings: Settings) -> None:
    settings.MAILER = "smtp"


def test_it_says_how_to_give_an_address_first(at_anna: Client) -> None:
    for page in (at_anna.get(PAGE), at_anna.post(PAGE, {"about": ["acts"]})):
        said = shown(page)
        assert "Wij hebben uw e-mailadres nog niet." in said
        assert "Mijn e-mailadres geven" in said
    assert "U krijgt e-mail over" not in shown(at_anna.get(LETTERS))


def test_it_shows_what_holds_now_and_keeps_what_is_chosen(at_anna: Client, anna: Party) -> None:
    with_address(anna)
    page = at_anna.get(PAGE)
    assert page.content.decode().count("checked") == 1
    assert "U krijgt e-mail over uw machtigingen" in shown(at_anna.get(LETTERS))
    assert at_anna.post(PAGE, {"about": ["acts", "monthly"]})["Location"] == LETTERS
    assert wishes_of(anna.id) == Wishes(changes=False, acts=True, monthly=True)
    said = shown(at_anna.get(LETTERS))
    assert "U krijgt e-mail over wat anderen voor u doen, uw overzicht van de maand" in said


def test_it_takes_nothing_for_an_answer(at_anna: Client, anna: Party) -> None:
    with_address(anna)
    assert at_anna.post(PAGE, {})["Location"] == LETTERS
    assert wishes_of(anna.id) == Wishes(changes=False)
    assert "U krijgt e-mail over alleen wat u echt moet zien" in shown(at_anna.get(LETTERS))


def test_it_refuses_what_is_not_on_the_page(at_anna: Client, anna: Party) -> None:
    with_address(anna)
    assert "Kies een of meer van de antwoorden" in shown(at_anna.post(PAGE, {"about": ["everything"]}))
    assert wishes_of(anna.id) == Wishes()


def test_it_is_for_who_is_logged_in_and_about_oneself(anna: Party, dirk: Party) -> None:
    with_address(anna)
    assert Client().post(PAGE, {"about": []}).status_code == 302
    arrive(dirk).post(PAGE, {"about": []})
    assert wishes_of(anna.id) == Wishes()


def test_it_does_not_exist_where_no_e_mail_is_sent(at_anna: Client, settings: Settings) -> None:
    settings.MAILER = "none"
    assert at_anna.get(PAGE).status_code == 404
