"""Where a letter can go: read from answers that are played, and asked of the rehearsal as a real server."""

from contextlib import closing
from datetime import date
from typing import Any

import pytest

from namens.lib import clock
from namens.parties.identifiers import Bsn
from namens.population.addresses import (
    ADDRESS_FIELDS,
    Addressed,
    Deliverable,
    Obstacle,
    Undeliverable,
    address_inquiry,
    addressed,
)
from namens.population.answers import NotFound, Reason, Unavailable
from namens.population.client import RegisterClient
from namens.population.config import BrpSettings
from namens.population.parts import RecordError
from tests.population.asking import ANNA, Played, given, person

TODAY = date(2026, 11, 24)
LINES = {
    "aanschrijfwijze": {"naam": "A.M. de Vries"},
    "adresregel1": "Lindenhof 12",
    "adresregel2": "3511AB  UTRECHT",
}
HOME: dict[str, Any] = {
    "type": "Adres",
    "functieAdres": {"code": "W", "omschrijving": "woonadres"},
    "verblijfadres": {"postcode": "3511AB"},
}
DOUBT = {
    "inOnderzoek": {"adresregel1": True, "datumIngangOnderzoekVerblijfplaats": {"type": "JaarDatum", "jaar": 2026}}
}
GONE = {"indicatieVastgesteldVerblijftNietOpAdres": True}


def lives(*, lines: dict[str, Any] = LINES, home: dict[str, Any] = HOME, **changes: object) -> dict[str, Any]:
    return person(adressering=lines, verblijfplaats=home, **changes)


def read(record: dict[str, Any]) -> Addressed:
    return addressed(record, today=TODAY)


def day(written: str) -> dict[str, str]:
    return {"type": "Datum", "datum": written}


def test_it_gives_name_and_lines_as_one_writes_them_on_an_envelope() -> None:
    found = read(lives())
    assert found.address == Deliverable(recipient_name="A.M. de Vries", lines=("Lindenhof 12", "3511AB UTRECHT"))
    assert (found.postcode, found.obstacles) == ("3511AB", frozenset())


def test_it_asks_in_one_question_for_the_facts_too() -> None:
    played = Played([given(lives())])
    answer = played.client().inquire(address_inquiry(ANNA, today=TODAY))
    assert isinstance(answer, Addressed)
    assert answer.facts.name.full == "Anna de Vries"
    assert played.body(0) == {
        "type": "RaadpleegMetBurgerservicenummer",
        "burgerservicenummer": [ANNA.digits],
        "fields": list(ADDRESS_FIELDS),
    }


def test_it_writes_initials_where_the_register_has_no_name_for_an_envelope() -> None:
    address = read(lives(lines={"adresregel1": "Lindenhof 12"})).address
    assert isinstance(address, Deliverable)
    assert address.recipient_name == "A.M. de Vries"


def test_it_prints_no_address() -> None:
    assert "Linden" not in repr(read(lives()))


@pytest.mark.parametrize(
    ("record", "obstacle"),
    [
        (lives(lines={**LINES, "land": {"code": "5010", "omschrijving": "België"}}), Obstacle.ABROAD),
        (lives(home={**HOME, "functieAdres": {"code": "B"}}), Obstacle.POSTAL_ADDRESS),
        (lives(geheimhoudingPersoonsgegevens=True), Obstacle.CONFIDENTIAL),
        (lives(lines={**LINES, **DOUBT}), Obstacle.UNDER_INVESTIGATION),
        (lives(home={**HOME, "inOnderzoek": {"datumVan": True}}), Obstacle.UNDER_INVESTIGATION),
        (lives(home={**HOME, "verblijfadres": {"inOnderzoek": {"postcode": True}}}), Obstacle.UNDER_INVESTIGATION),
        (lives(home={**HOME, "datumVan": day("2026-11-10")}), Obstacle.MOVED_RECENTLY),
        (lives(home={**HOME, "datumIngangGeldigheid": day("2026-11-24")}), Obstacle.MOVED_RECENTLY),
        (
            lives(home={**HOME, "datumVan": {"type": "JaarMaandDatum", "jaar": 2026, "maand": 11}}),
            Obstacle.MOVED_RECENTLY,
        ),
        (lives(home={**HOME, "datumVan": {"type": "JaarDatum", "jaar": 2026}}), Obstacle.MOVED_RECENTLY),
        (lives(indicatieCurateleRegister=True), Obstacle.GUARDIANSHIP),
        (lives(geboorte={"datum": day("2008-11-25")}), Obstacle.UNDER_AGE),
        (lives(opschortingBijhouding={"reden": {"code": "F"}}), Obstacle.ERRONEOUS_RECORD),
    ],
)
def test_it_says_what_stands_in_the_way_and_gives_the_address(record: dict[str, Any], obstacle: Obstacle) -> None:
    found = read(record)
    assert isinstance(found.address, Deliverable)
    assert found.obstacles == {obstacle}


@pytest.mark.parametrize(
    "home",
    [
        {**HOME, "datumVan": day("2026-11-09")},
        {**HOME, "datumVan": {"type": "JaarMaandDatum", "jaar": 2026, "maand": 10}},
        {**HOME, "datumVan": {"type": "JaarDatum", "jaar": 2025}},
        {**HOME, "datumVan": {"type": "DatumOnbekend", "onbekend": True}},
    ],
)
def test_it_knows_who_lives_there_longer(home: dict[str, Any]) -> None:
    assert read(lives(home=home)).obstacles == frozenset()


def test_it_does_not_mind_a_doubt_about_the_name() -> None:
    assert read(lives(lines={**LINES, "inOnderzoek": {"aanhef": True}})).obstacles == frozenset()


def test_it_lets_who_turns_eighteen_today_have_letters() -> None:
    assert read(lives(geboorte={"datum": day("2008-11-24")})).obstacles == frozenset()


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (lives(overlijden={"indicatieOverleden": True}), Obstacle.DECEASED),
        (lives(lines={**LINES, **GONE}), Obstacle.NOT_LIVING_THERE),
        (lives(home={**HOME, **GONE}), Obstacle.NOT_LIVING_THERE),
        (lives(home={"type": "VerblijfplaatsOnbekend"}), Obstacle.NO_KNOWN_ADDRESS),
        (lives(lines={}), Obstacle.NO_KNOWN_ADDRESS),
        (person(), Obstacle.NO_KNOWN_ADDRESS),
    ],
)
def test_it_gives_no_address_where_a_letter_would_not_arrive(record: dict[str, Any], reason: Obstacle) -> None:
    found = read(record)
    assert found.address == Undeliverable(reason)
    assert reason in found.obstacles


@pytest.mark.parametrize(
    "record",
    [
        lives(lines={**LINES, "adresregel1": 12}),
        lives(lines={**LINES, "land": "België"}),
        lives(home={**HOME, "datumVan": "2026-11-10"}),
        lives(geheimhoudingPersoonsgegevens="ja"),
        person(adressering=[], verblijfplaats=HOME),
    ],
)
def test_it_refuses_an_address_that_it_cannot_read(record: dict[str, Any]) -> None:
    with pytest.raises(RecordError):
        read(record)


def ask(register: BrpSettings, number: str = ANNA.digits) -> Addressed:
    with closing(RegisterClient(register)) as client:
        answer = client.inquire(address_inquiry(Bsn(number), today=clock.today()))
    assert isinstance(answer, Addressed), answer
    return answer


def test_it_finds_where_anna_lives(register: BrpSettings) -> None:
    found = ask(register)
    assert found.address == Deliverable(recipient_name="A.M. de Vries", lines=("Lindenhof 12", "3511AB UTRECHT"))
    assert (found.postcode, found.obstacles) == ("3511AB", frozenset())


@pytest.mark.parametrize(
    ("number", "obstacles"),
    [
        ("999990214", {Obstacle.DECEASED}),
        ("999990263", {Obstacle.GUARDIANSHIP}),
        ("999990299", {Obstacle.CONFIDENTIAL}),
        ("999990305", {Obstacle.UNDER_AGE}),
        ("999990366", {Obstacle.ABROAD}),
        ("999990378", {Obstacle.POSTAL_ADDRESS}),
        ("999990433", {Obstacle.MOVED_RECENTLY}),
        ("999990445", {Obstacle.UNDER_INVESTIGATION}),
        ("999990457", {Obstacle.NOT_LIVING_THERE}),
        ("999990469", {Obstacle.NO_KNOWN_ADDRESS}),
        ("999990470", {Obstacle.POSTAL_ADDRESS}),
    ],
)
def test_it_meets_every_obstacle_in_the_rehearsal(register: BrpSettings, number: str, obstacles: set[Obstacle]) -> None:
    assert ask(register, number).obstacles == obstacles


@pytest.mark.parametrize("number", ["999990421", "999990408"], ids=["unknown", "erroneous"])
def test_it_finds_nobody_whom_the_register_does_not_give(register: BrpSettings, number: str) -> None:
    with closing(RegisterClient(register)) as client:
        assert client.inquire(address_inquiry(Bsn(number), today=TODAY)) == NotFound()


def test_it_says_that_the_register_is_away() -> None:
    played = Played([], settings=BrpSettings(url=""))
    assert played.client().inquire(address_inquiry(ANNA, today=TODAY)) == Unavailable(Reason.NOT_SET_UP)
