"""Keeping what the register says."""

import pytest

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.partial_date import PartialDate
from namens.parties.facts import PersonFacts, PersonName, StopSignal
from namens.parties.models import Party
from tests.people import NOW, TODAY, told


def test_it_keeps_every_fact(anna: Party) -> None:
    name = PersonName("Anna Maria", "de", "Vries")
    signals = frozenset({StopSignal.GUARDIANSHIP, StopSignal.DECEASED})
    party = told(anna, name=name, born="1951-03", signals=sorted(signals))
    assert party.person.facts == PersonFacts(name=name, birth_date=PartialDate(1951, 3), signals=signals)
    assert party.person.refreshed_at == NOW


def test_it_forgets_a_signal_that_the_register_took_back(anna: Party) -> None:
    told(anna, signals=[StopSignal.GUARDIANSHIP])
    assert told(anna).person.facts.signals == frozenset()


def test_it_takes_an_unknown_birth_date_for_an_adults(anna: Party) -> None:
    assert told(anna, born=None).person.is_adult_on(TODAY)


def test_it_writes_that_the_register_was_asked(anna: Party) -> None:
    assert JournalEntry.objects.filter(event=Event.REGISTER_CONSULTED, subject=anna.id).count() == 1


def test_it_bears_a_name_of_any_length(anna: Party) -> None:
    person = told(anna, name=PersonName("A" * 400, "van der en in het zuidwesten", "Z" * 400)).person
    assert (len(person.given_names), len(person.prefix), len(person.family_name)) == (250, 20, 250)


@pytest.mark.parametrize(
    ("name", "full", "short"),
    [
        (PersonName("Anna Maria", "de", "Vries"), "Anna de Vries", "A.M. de Vries"),
        (PersonName("Bram", "", "Bakker"), "Bram Bakker", "B. Bakker"),
        (PersonName("", "", "Ng"), "Ng", "Ng"),
        (PersonName("", "van", "Os"), "van Os", "van Os"),
        (PersonName("Sam", "", ""), "Sam", "S."),
    ],
)
def test_it_writes_a_name_as_people_do(name: PersonName, full: str, short: str) -> None:
    assert (name.full.strip(), name.short) == (full, short)
