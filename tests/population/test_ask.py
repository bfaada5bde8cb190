import dataclasses

import httpx2
import pytest

from namens.lib.partial_date import PartialDate
from namens.parties.facts import PersonName
from namens.population.answers import NotFound, Reason, Unavailable
from tests.population.asking import ANNA, API_KEY, SETTINGS, Played, facts, given, person


def test_it_gives_the_facts_of_a_person() -> None:
    found = facts(Played([given(person())]).client().ask(bsn=ANNA))
    assert found.name == PersonName("Anna Maria", "de", "Vries")
    assert found.birth_date == PartialDate(1951, 3, 27)
    assert found.signals == frozenset()


def test_it_asks_for_one_person_and_only_what_it_needs() -> None:
    played = Played([given(person())])
    played.client().ask(bsn=ANNA)
    assert played.asked[0].url == "https://brp.example/api/brp/personen"
    assert played.body(0) == {
        "type": "RaadpleegMetBurgerservicenummer",
        "burgerservicenummer": [ANNA.digits],
        "fields": [
            "burgerservicenummer",
            "naam.voornamen",
            "naam.voorvoegsel",
            "naam.geslachtsnaam",
            "geboorte.datum",
            "overlijden.datum",
            "indicatieCurateleRegister",
        ],
    }


def test_it_sends_the_key_in_the_usual_header() -> None:
    played = Played([given(person())])
    played.client().ask(bsn=ANNA)
    assert played.asked[0].headers["x-api-key"] == API_KEY
    assert "authorization" not in played.asked[0].headers


def test_it_sends_the_key_in_another_header_when_told() -> None:
    played = Played([given(person())], settings=dataclasses.replace(SETTINGS, api_key_header="apikey"))
    played.client().ask(bsn=ANNA)
    assert played.asked[0].headers["apikey"] == API_KEY
    assert "x-api-key" not in played.asked[0].headers


def test_it_sends_no_key_when_there_is_none() -> None:
    played = Played([given(person())], settings=dataclasses.replace(SETTINGS, api_key=""))
    played.client().ask(bsn=ANNA)
    assert "x-api-key" not in played.asked[0].headers


def test_it_says_that_nobody_was_found() -> None:
    assert Played([given()]).client().ask(bsn=ANNA) == NotFound()


def test_it_asks_nothing_where_no_register_is_set_up() -> None:
    played = Played([], settings=dataclasses.replace(SETTINGS, url=""))
    assert played.client().ask(bsn=ANNA) == Unavailable(Reason.NOT_SET_UP)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, Reason.REFUSED),
        (403, Reason.REFUSED),
        (400, Reason.REJECTED),
        (404, Reason.REJECTED),
        (204, Reason.REJECTED),
    ],
)
def test_it_gives_up_at_once_when_asking_again_cannot_help(status: int, reason: Reason) -> None:
    played = Played([httpx2.Response(status, json={"code": "x"})])
    assert played.client().ask(bsn=ANNA) == Unavailable(reason)
    assert len(played.asked) == 1


def test_it_never_follows_to_another_address() -> None:
    played = Played([httpx2.Response(307, headers={"Location": "https://evil.example/personen"}), given(person())])
    assert played.client().ask(bsn=ANNA) == Unavailable(Reason.REJECTED)
    assert len(played.asked) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b'{"type": "RaadpleegMetBurgerservicenummer"}',
        b'{"type": "RaadpleegMetBurgerservicenummer", "personen": {}}',
        b'{"type": "RaadpleegMetBurgerservicenummer", "personen": [null]}',
        b'{"type": "ZoekMetPostcodeEnHuisnummer", "personen": []}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_it_does_not_believe_an_answer_that_it_cannot_read(body: bytes) -> None:
    played = Played([httpx2.Response(200, content=body)])
    assert played.client().ask(bsn=ANNA) == Unavailable(Reason.UNREADABLE)


def test_it_does_not_believe_an_answer_about_somebody_else() -> None:
    answer = given(person(burgerservicenummer="999990032"))
    assert Played([answer]).client().ask(bsn=ANNA) == Unavailable(Reason.UNREADABLE)


def test_it_does_not_choose_between_two_people() -> None:
    assert Played([given(person(), person())]).client().ask(bsn=ANNA) == Unavailable(Reason.UNREADABLE)


def test_it_reads_no_more_than_a_person_can_be() -> None:
    answer = httpx2.Response(200, content=b" " * 1_000_001)
    assert Played([answer]).client().ask(bsn=ANNA) == Unavailable(Reason.UNREADABLE)


def test_it_does_not_stumble_over_a_broken_compression() -> None:
    answer = httpx2.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx2.ByteStream(b"no gzip"))
    assert Played([answer]).client().ask(bsn=ANNA) == Unavailable(Reason.UNREADABLE)
