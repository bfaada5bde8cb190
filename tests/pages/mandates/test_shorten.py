"""Bringing the end of a mandate forward."""

from datetime import date

import pytest
from django.test import Client

from namens.mandates.models import Mandate
from tests.pages.visiting import send, shown


def page_of(mandate: Mandate) -> str:
    return f"/mijn-machtigingen/{mandate.id}/eerder-aflopen"


def day(day: str, month: str, year: str) -> dict[str, str]:
    return {"last_day_day": day, "last_day_month": month, "last_day_year": year}


def last_day(mandate: Mandate) -> date:
    return Mandate.objects.get(id=mandate.id).last_day


def test_it_says_until_when_it_runs_now(at_anna: Client, mandate: Mandate) -> None:
    page = shown(at_anna.get(page_of(mandate)))
    assert "Nu mag Bram Bakker u helpen tot en met 22 november 2027." in page


def test_it_keeps_an_earlier_day(at_anna: Client, mandate: Mandate) -> None:
    send(at_anna, page_of(mandate), day("27", "3", "2027"))
    assert last_day(mandate) == date(2027, 3, 27)


def test_it_says_nothing_when_the_button_is_pressed_twice(at_anna: Client, mandate: Mandate) -> None:
    once, twice = (send(at_anna, page_of(mandate), day("27", "3", "2027"))["Location"] for _ in range(2))
    assert once == twice == f"/mijn-machtigingen/{mandate.id}"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (day("1", "1", "2028"), "Kies een dag voor de laatste dag van nu."),
        (day("22", "11", "2026"), "Deze dag is voorbij."),
        (day("", "", ""), "Vul een datum in"),
        (day("31", "2", "2027"), "Deze datum bestaat niet"),
        (day("٣", "3", "2027"), "Vul bij dag 1 of 2 cijfers in"),
        (day("1" * 300, "3", "2027"), "Vul bij dag 1 of 2 cijfers in"),
    ],
)
def test_it_says_what_to_do_about_another_day(
    at_anna: Client, mandate: Mandate, typed: dict[str, str], says: str
) -> None:
    assert says in shown(send(at_anna, page_of(mandate), typed))
    assert last_day(mandate) == date(2027, 11, 22)


def test_it_is_not_for_the_helper(at_bram: Client, mandate: Mandate) -> None:
    assert send(at_bram, page_of(mandate), day("27", "3", "2027")).status_code == 404


def test_it_is_not_for_dirk(at_dirk: Client, mandate: Mandate) -> None:
    assert send(at_dirk, page_of(mandate), day("27", "3", "2027")).status_code == 404
    assert last_day(mandate) == date(2027, 11, 22)
