"""My helper number."""

from django.test import Client

from namens.lib import friendly
from namens.parties.actions import helper_number_of
from namens.parties.models import Party
from tests.pages.visiting import arrive, send, shown, title
from tests.people import NOW

PAGE = "/helpernummer"


def grouped(party: Party) -> str:
    return friendly.grouped(helper_number_of(party=party, now=NOW), size=3)


def test_it_shows_the_number_and_a_qr(bram: Party) -> None:
    response = arrive(bram).get(PAGE)
    assert grouped(bram) in shown(response)
    assert "<svg" in response.content.decode()


def test_it_shows_the_same_number_each_time(bram: Party) -> None:
    browser = arrive(bram)
    assert shown(browser.get(PAGE)) == shown(browser.get(PAGE))


def test_it_replaces_the_number(bram: Party) -> None:
    browser, before = arrive(bram), grouped(bram)
    assert send(browser, f"{PAGE}/vervangen")["Location"] == PAGE
    assert before not in shown(browser.get(PAGE))


def test_it_replaces_nothing_by_a_look(bram: Party) -> None:
    before = grouped(bram)
    assert arrive(bram).get(f"{PAGE}/vervangen")["Location"] == PAGE
    assert grouped(bram) == before


def test_it_keeps_the_number_out_of_the_title(bram: Party) -> None:
    assert title(arrive(bram).get(PAGE)) == "Mijn helpernummer · Namens"


def test_it_shows_dirk_his_own_number_only(bram: Party, dirk: Party) -> None:
    assert grouped(bram) not in shown(arrive(dirk).get(PAGE))


def test_it_sends_a_stranger_to_the_login() -> None:
    assert Client().get(PAGE)["Location"].startswith("/signin/digid?next=")
