"""When the register is asked again about somebody, and what stays when it gives nothing."""

from datetime import timedelta

import pytest

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.parties.actions import ASK_AFTER_TROUBLE, ASK_EVERY, begin_asking, record_no_facts, register_person
from namens.parties.facts import StopSignal
from namens.parties.models import Party, Person
from tests.parallel import at_once
from tests.people import BSNS, NOW, person, told

LATER = NOW + timedelta(hours=30)


def nothing(party: Party, *, signal: StopSignal | None = None) -> Person:
    return record_no_facts(party=party, result="not-found", now=LATER, channel=Channel.WORKER, signal=signal)


@pytest.mark.django_db
def test_it_asks_at_once_about_somebody_who_is_new() -> None:
    assert register_person(bsn=BSNS["anna"], now=NOW, channel=Channel.PAGES).person.ask_again_at == NOW


def test_it_asks_again_a_day_after_the_facts(anna: Party) -> None:
    assert told(anna, now=LATER).person.ask_again_at == LATER + ASK_EVERY


def test_it_asks_again_an_hour_after_a_question_of_which_nothing_was_heard(anna: Party) -> None:
    assert begin_asking(person=anna.person, now=LATER)
    assert Person.objects.get(party=anna).ask_again_at == LATER + ASK_AFTER_TROUBLE


def test_it_lets_nobody_else_ask_meanwhile(anna: Party) -> None:
    assert [begin_asking(person=anna.person, now=LATER) for _ in range(2)] == [True, False]


@pytest.mark.django_db(transaction=True)
def test_it_lets_one_of_many_ask() -> None:
    anna = person("anna").person
    assert at_once([lambda: begin_asking(person=anna, now=LATER)] * 8).count(True) == 1


def test_it_asks_again_a_day_after_an_answer_without_facts(anna: Party) -> None:
    kept = nothing(anna)
    assert (kept.ask_again_at, kept.refreshed_at, kept.facts) == (LATER + ASK_EVERY, NOW, anna.person.facts)


def test_it_keeps_a_signal_beside_those_that_were_known(anna: Party) -> None:
    told(anna, signals=[StopSignal.GUARDIANSHIP])
    for _ in range(2):
        kept = nothing(anna, signal=StopSignal.ERRONEOUS)
        assert kept.facts.signals == {StopSignal.GUARDIANSHIP, StopSignal.ERRONEOUS}


def test_it_forgets_that_signal_when_the_register_gives_facts_again(anna: Party) -> None:
    nothing(anna, signal=StopSignal.ERRONEOUS)
    assert told(anna).person.facts.signals == frozenset()


def test_it_writes_that_the_register_answered_without_facts(anna: Party, dirk: Party) -> None:
    nothing(anna)
    entry = JournalEntry.objects.get(event=Event.REGISTER_CONSULTED, channel=Channel.WORKER)
    assert (entry.subject, entry.result, entry.details) == (anna.id, "not-found", {})
    assert Person.objects.get(party=dirk).facts == dirk.person.facts
