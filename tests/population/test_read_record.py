from typing import Any

import pytest

from namens.lib.partial_date import PartialDate
from namens.parties.facts import PersonName, StopSignal
from namens.population.parts import RecordError
from namens.population.record import facts_of
from tests.population.asking import person


def suspended(code: object) -> dict[str, Any]:
    return person(opschortingBijhouding={"reden": {"code": code}, "datum": {"type": "DatumOnbekend", "onbekend": True}})


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ({"type": "Datum", "datum": "1951-03-27", "langFormaat": "27 maart 1951"}, PartialDate(1951, 3, 27)),
        ({"type": "JaarMaandDatum", "jaar": 1962, "maand": 7, "langFormaat": "juli 1962"}, PartialDate(1962, 7)),
        ({"type": "JaarDatum", "jaar": 1957, "langFormaat": "1957"}, PartialDate(1957)),
        ({"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}, None),
        (None, None),
    ],
)
def test_it_reads_every_kind_of_date(written: object, date: PartialDate | None) -> None:
    assert facts_of(person(geboorte={"datum": written})).birth_date == date


def test_it_reads_somebody_without_a_birth() -> None:
    assert facts_of(person(geboorte=None)).birth_date is None


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"type": "Tijdstip"},
        {"type": "Datum"},
        {"type": "Datum", "datum": "1951-02-30"},
        {"type": "Datum", "datum": "27-03-1951"},
        {"type": "Datum", "datum": 19510327},
        {"type": "JaarMaandDatum", "jaar": 1962},
        {"type": "JaarMaandDatum", "jaar": 1962, "maand": 13},
        {"type": "JaarDatum", "jaar": "1957"},
        {"type": "JaarDatum", "jaar": True},
        {"type": "JaarDatum", "jaar": 0},
        {"type": "JaarDatum", "jaar": 10**30},
        {"type": "JaarMaandDatum", "jaar": 1962, "maand": -(10**30)},
        "1951-03-27",
    ],
)
def test_it_refuses_a_date_that_is_none(written: object) -> None:
    with pytest.raises(RecordError):
        facts_of(person(geboorte={"datum": written}))


@pytest.mark.parametrize(
    ("record", "signals"),
    [
        (person(), set()),
        (person(overlijden={"indicatieOverleden": True}), {StopSignal.DECEASED}),
        (person(overlijden={"datum": {"type": "JaarDatum", "jaar": 2025}}), {StopSignal.DECEASED}),
        (person(overlijden={}), {StopSignal.DECEASED}),
        (person(overlijden={"indicatieOverleden": False}), set()),
        (suspended("O"), {StopSignal.DECEASED}),
        (suspended("F"), {StopSignal.ERRONEOUS}),
        (suspended("W"), {StopSignal.ERRONEOUS}),
        (suspended("."), {StopSignal.ERRONEOUS}),
        (suspended(None), {StopSignal.ERRONEOUS}),
        (person(opschortingBijhouding={}), {StopSignal.ERRONEOUS}),
        (suspended("E"), set()),
        (suspended("M"), set()),
        (suspended("R"), set()),
        (person(indicatieCurateleRegister=True), {StopSignal.GUARDIANSHIP}),
        (person(indicatieCurateleRegister=False), set()),
        (person(geheimhoudingPersoonsgegevens=True), set()),
        (
            {**suspended("O"), "overlijden": {"indicatieOverleden": True}, "indicatieCurateleRegister": True},
            {StopSignal.DECEASED, StopSignal.GUARDIANSHIP},
        ),
    ],
)
def test_it_sees_every_stop_signal(record: dict[str, Any], signals: set[StopSignal]) -> None:
    assert facts_of(record).signals == signals


@pytest.mark.parametrize(
    "changes",
    [
        {"overlijden": True},
        {"overlijden": []},
        {"opschortingBijhouding": "O"},
        {"opschortingBijhouding": {"reden": "O"}},
        {"indicatieCurateleRegister": "true"},
        {"indicatieCurateleRegister": 1},
    ],
)
def test_it_refuses_a_signal_that_it_cannot_read(changes: dict[str, Any]) -> None:
    with pytest.raises(RecordError):
        facts_of(person(**changes))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ({"voornamen": "Anna", "geslachtsnaam": "Vries"}, PersonName("Anna", "", "Vries")),
        ({"geslachtsnaam": "Tenzin"}, PersonName("", "", "Tenzin")),
        ({"voornamen": "Tenzin"}, PersonName("Tenzin", "", "")),
        ({"geslachtsnaam": " a  b\n\tc "}, PersonName("", "", "a bc")),
        ({"geslachtsnaam": "Lang\u202egnaL\u200f\u2066"}, PersonName("", "", "LanggnaL")),
        ({"geslachtsnaam": '<b>"O\'Brien"</b> 🎈'}, PersonName("", "", '<b>"O\'Brien"</b> 🎈')),
    ],
)
def test_it_reads_a_name_without_what_cannot_be_seen(written: dict[str, str], name: PersonName) -> None:
    assert facts_of(person(naam=written)).name == name


@pytest.mark.parametrize(
    "written",
    [
        None,
        {},
        "Anna",
        {"geslachtsnaam": 1},
        {"voornamen": "\u200f", "geslachtsnaam": " "},
        {"geslachtsnaam": "Half \ud83c"},
    ],
)
def test_it_refuses_somebody_without_a_name(written: object) -> None:
    with pytest.raises(RecordError):
        facts_of(person(naam=written))


def test_it_says_nothing_of_what_it_read_in_its_error() -> None:
    with pytest.raises(RecordError) as raised:
        facts_of(person(naam=None))
    assert "1951" not in str(raised.value)
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
