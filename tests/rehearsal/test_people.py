from datetime import date
from pathlib import Path

import pytest

from rehearsal import people
from rehearsal.people import Person
from rehearsal.stage import Stage

TODAY = date(2026, 11, 24)
EVERYBODY = people.load().everybody


def person(**values: object) -> Person:
    return Person(**{"bsn": "999990019", "family_name": "Vries", "about": "", **values})  # type: ignore[arg-type] # any field


@pytest.mark.parametrize("somebody", EVERYBODY, ids=lambda somebody: somebody.bsn)
def test_it_gives_everybody_a_number_in_the_test_range_that_passes_the_eleven_test(somebody: Person) -> None:
    assert somebody.bsn.startswith("9999")
    assert people.passes_eleven_test(somebody.bsn)


@pytest.mark.parametrize("somebody", EVERYBODY, ids=lambda somebody: somebody.bsn)
def test_it_says_of_everybody_what_they_are_for(somebody: Person) -> None:
    assert somebody.about.endswith(".")


def test_it_has_about_twenty_people() -> None:
    assert 20 <= len(EVERYBODY) <= 30


@pytest.mark.parametrize("number", ["123456789", "000000000", "99999001", "9999900190", "99999001x", "٩٩٩٩٩٠٠١٩"])
def test_it_refuses_a_number_that_is_no_bsn(number: str) -> None:
    assert not people.passes_eleven_test(number)


def test_it_keeps_somebody_eighteen_today_for_ever() -> None:
    somebody = person(turns=18, in_days=0)
    assert somebody.birth_date(today=TODAY) == "2008-11-24"
    assert somebody.birth_date(today=date(2030, 1, 1)) == "2012-01-01"


def test_it_lets_somebody_turn_eighteen_tomorrow() -> None:
    assert person(turns=18, in_days=1).birth_date(today=TODAY) == "2008-11-25"


def test_it_finds_a_birthday_on_a_day_that_the_year_did_not_have() -> None:
    assert person(turns=18, in_days=0).birth_date(today=date(2028, 2, 29)) == "2010-02-28"


def test_it_reads_people_of_ones_own(tmp_path: Path) -> None:
    written = tmp_path / "people.yaml"
    written.write_text("people: [{bsn: '999990019', family_name: Ander, about: Iemand anders.}]")
    assert people.load(written).everybody[0].name == "Ander"


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("{bsn: '123456789', family_name: X, about: y}", "eleven-test"),
        ("{bsn: '999990019', family_name: X, about: y, born: 'gisteren'}", "not a date"),
        ("{bsn: '999990019', family_name: X, about: y, hobby: z}", "hobby"),
        ("{bsn: '999990019', family_name: X, about: y, partner: '999990032'}", "partner"),
        ("{bsn: '999990019', family_name: X, about: y}, {bsn: '999990019', family_name: X, about: y}", "same number"),
    ],
)
def test_it_says_what_is_wrong_with_a_file_of_people(tmp_path: Path, entry: str, complaint: str) -> None:
    written = tmp_path / "people.yaml"
    written.write_text(f"people: [{entry}]")
    with pytest.raises(people.PeopleError, match=complaint):
        people.load(written)


def test_it_marries_anna_and_hassan(stage: Stage) -> None:
    anna = stage.people.find("999990019")
    assert anna is not None
    assert anna.partner == "999990135"
