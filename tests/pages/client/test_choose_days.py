"""From when, and until when."""

import pytest
from django.test import Client

from namens.pages.client.giving import Page
from tests.pages.client.walking import address, begin, begin_open, only_draft, page_of, walk
from tests.pages.visiting import send, shown


def day(name: str, written: str) -> dict[str, str]:
    parts = dict(zip(("day", "month", "year"), written.split(), strict=True)) if written else {}
    return {f"{name}_{part}": text for part, text in parts.items()}


def at_start(browser: Client, number: str) -> str:
    return walk(browser, begin(browser, number), Page.FROM)


def at_end(browser: Client, number: str, **changed: dict[str, object]) -> str:
    return walk(browser, begin(browser, number), Page.UNTIL, **changed)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "Vul de eerste dag in: dag, maand en jaar"),
        ("22 11 2026", "Deze dag is voorbij. Kies vandaag of een latere dag."),
        ("22 2 2027", "Kies een eerste dag die minder ver weg is."),
        ("31 2 2027", "Deze datum bestaat niet."),
        ("\u0661 12 2026", "Vul bij dag 1 of 2 cijfers in"),
        ("1 12 26", "Vul bij jaar 4 cijfers in"),
    ],
)
def test_it_says_what_to_do_with_a_first_day_that_cannot_be(
    at_anna: Client, number: str, written: str, sentence: str
) -> None:
    response = send(at_anna, at_start(at_anna, number), {"start": "later", **day("first_day", written)})
    assert sentence in shown(response)


@pytest.mark.parametrize("written", ["23 11 2026", "21 2 2027"])
def test_it_takes_a_first_day_from_today_up_to_ninety_days_ahead(at_anna: Client, number: str, written: str) -> None:
    response = send(at_anna, at_start(at_anna, number), {"start": "later", **day("first_day", written)})
    assert page_of(response["Location"]) is Page.UNTIL


def test_it_does_not_look_at_a_later_day_when_today_was_chosen(at_anna: Client, number: str) -> None:
    send(at_anna, at_start(at_anna, number), {"start": "today", **day("first_day", "99 99 x")})
    assert only_draft().answers["first_day"] == "2026-11-23"


def test_it_asks_to_choose_when_nothing_was_chosen(at_anna: Client, number: str) -> None:
    assert "Kies een van de antwoorden" in shown(send(at_anna, at_start(at_anna, number)))


def test_it_shows_with_every_length_the_last_day_that_it_leads_to(at_anna: Client, number: str) -> None:
    page = shown(at_anna.get(at_end(at_anna, number)))
    assert "Alleen één dag Tot en met 23 november 2026" in page
    assert "1 maand Tot en met 22 december 2026" in page
    assert "5 jaar Tot en met 22 november 2031" in page


def test_it_offers_no_length_that_a_service_does_not_allow(at_anna: Client, number: str) -> None:
    page = shown(at_anna.get(at_end(at_anna, number, SERVICES={"services": ["uitkering-aanvragen", "mijn-toeslagen"]})))
    assert "1 jaar" in page
    assert "3 jaar" not in page


def test_it_offers_at_most_three_months_for_an_open_code(at_anna: Client) -> None:
    path = walk(at_anna, begin_open(at_anna), Page.UNTIL)
    assert "6 maanden" not in shown(at_anna.get(path))
    late = send(at_anna, path, {"duration": "own-day", **day("own_last_day", "23 2 2027")})
    assert "Kies een dag tot en met 22 februari 2027. Langer mag hier niet." in shown(late)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "Vul de laatste dag in: dag, maand en jaar"),
        ("22 11 2026", "De laatste dag ligt voor de eerste dag. Kies een latere laatste dag."),
        ("23 11 2031", "Kies een dag tot en met 22 november 2031. Langer mag hier niet."),
    ],
)
def test_it_says_what_to_do_with_a_last_day_that_cannot_be(
    at_anna: Client, number: str, written: str, sentence: str
) -> None:
    response = send(at_anna, at_end(at_anna, number), {"duration": "own-day", **day("own_last_day", written)})
    assert sentence in shown(response)


def test_it_keeps_a_last_day_of_ones_own(at_anna: Client, number: str) -> None:
    send(at_anna, at_end(at_anna, number), {"duration": "own-day", **day("own_last_day", "31 12 2026")})
    assert only_draft().answers["own_last_day"] == "2026-12-31"


def test_it_asks_the_last_day_again_when_a_later_first_day_passes_it(at_anna: Client, number: str) -> None:
    own = {"duration": "own-day", **day("own_last_day", "1 12 2026")}
    walk(at_anna, begin(at_anna, number), Page.CHECK, UNTIL=own)
    later = {"start": "later", **day("first_day", "2 12 2026")}
    response = send(at_anna, address(Page.FROM, only_draft().id), later)
    assert page_of(response["Location"]) is Page.UNTIL
