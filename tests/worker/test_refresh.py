"""The worker asks the register about people with running mandates, and ends what it forbids."""

from datetime import timedelta

import pytest

from namens import worker
from namens.mandates.models import Mandate
from namens.mandates.states import EndReason, State
from namens.parties.facts import PersonFacts, StopSignal
from namens.parties.models import Party, Person
from namens.population import actions as population
from namens.population.answers import Found
from tests.pages.visiting import AWAY, Register
from tests.people import NOW, active

TOMORROW = NOW + timedelta(hours=25)


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Register:
    """A register that knows everybody of the tests."""
    stand_in = Register()
    monkeypatch.setattr(population, "ask", stand_in.ask)
    return stand_in


@pytest.fixture
def mandate(anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """A mandate that runs."""
    return active(anna, bram)


def test_it_asks_about_one_person_at_a_time(mandate: Mandate, register: Register) -> None:
    assert worker.refresh_one(now=TOMORROW)
    assert register.asked == 1
    assert worker.refresh_one(now=TOMORROW)
    assert not worker.refresh_one(now=TOMORROW)
    assert (register.asked, mandate.state) == (2, State.ACTIVE)


def test_it_asks_nothing_within_a_day(mandate: Mandate, register: Register) -> None:
    assert not worker.refresh_one(now=NOW + timedelta(hours=23))
    assert (register.asked, mandate.state) == (0, State.ACTIVE)


def test_it_ends_the_mandates_of_who_died(mandate: Mandate, anna: Party, register: Register) -> None:
    facts = anna.person.facts
    Person.objects.exclude(party=anna).update(refreshed_at=TOMORROW)
    register.answer = Found(PersonFacts(facts.name, facts.birth_date, frozenset({StopSignal.DECEASED})))
    worker.refresh_one(now=TOMORROW)
    assert Mandate.objects.get(id=mandate.id).end_reason == EndReason.BLOCKED_DEATH


def test_it_concludes_nothing_from_a_register_that_is_away(mandate: Mandate, register: Register) -> None:
    register.answer = AWAY
    assert not worker.refresh_one(now=TOMORROW)
    assert Mandate.objects.get(id=mandate.id).state == State.ACTIVE
