from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.lib.partial_date import PartialDate
from namens.parties.actions import register_person
from namens.parties.facts import StopSignal
from namens.parties.identifiers import Bsn
from namens.parties.models import Party, Person
from namens.population.actions import ask, keep_daily_answer, question, refresh
from namens.population.answers import Found, NotFound, Reason, Unavailable
from namens.population.config import BrpSettings
from tests.population.asking import ANNA

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def known(bsn: Bsn = ANNA) -> Party:
    return register_person(bsn=bsn, now=NOW, channel=Channel.PAGES)


@pytest.fixture
def connected(settings: Settings, register: BrpSettings) -> None:
    settings.BRP = register


@pytest.fixture
def disconnected(settings: Settings) -> None:
    settings.BRP = BrpSettings(url="")


@pytest.mark.usefixtures("connected")
def test_it_asks_through_the_connection_of_the_settings() -> None:
    assert isinstance(ask(bsn=ANNA), Found)


@pytest.mark.django_db
@pytest.mark.usefixtures("connected")
def test_it_keeps_what_the_register_says() -> None:
    party = known()
    answer = refresh(party=party, now=NOW)
    person = Person.objects.get(party=party)
    assert isinstance(answer, Found)
    assert person.facts == answer.facts
    assert (person.name.full, person.facts.birth_date) == ("Anna de Vries", PartialDate(1951, 3, 27))
    assert person.refreshed_at == NOW


@pytest.mark.django_db
@pytest.mark.usefixtures("connected")
def test_it_keeps_a_stop_signal() -> None:
    party = known(Bsn("999990263"))
    refresh(party=party, now=NOW)
    assert Person.objects.get(party=party).facts.signals == {StopSignal.GUARDIANSHIP}


@pytest.mark.django_db
@pytest.mark.usefixtures("connected")
def test_it_notes_in_the_journal_who_asked_and_through_which_door() -> None:
    party = known()
    refresh(party=party, now=NOW, channel=Channel.WORKER)
    entry = JournalEntry.objects.get(event=Event.REGISTER_CONSULTED)
    assert (entry.subject, entry.channel) == (party.id, Channel.WORKER)


@pytest.mark.django_db
@pytest.mark.usefixtures("connected")
def test_it_changes_nothing_when_nobody_is_found() -> None:
    party = known(Bsn("999990421"))
    assert refresh(party=party, now=NOW) == NotFound()
    assert Person.objects.get(party=party).refreshed_at is None


@pytest.mark.django_db
@pytest.mark.usefixtures("disconnected")
def test_it_changes_nothing_when_the_register_does_not_answer() -> None:
    party = known()
    assert isinstance(refresh(party=party, now=NOW), Unavailable)
    assert Person.objects.get(party=party).refreshed_at is None


@pytest.mark.django_db
@pytest.mark.usefixtures("connected")
def test_it_gives_a_question_that_any_thread_can_ask() -> None:
    assert isinstance(question(party=known())(), Found)


@pytest.mark.django_db
def test_it_stops_whom_the_register_does_not_give_on_two_days() -> None:
    party, stopped = known(), []
    for _ in range(3):
        person = keep_daily_answer(party=party, answer=NotFound(), now=NOW)
        assert person is not None
        stopped.append(StopSignal.ERRONEOUS in person.facts.signals)
    assert stopped == [False, True, True]


@pytest.mark.django_db
@pytest.mark.usefixtures("connected")
def test_it_forgets_a_day_on_which_somebody_was_missing() -> None:
    party = known()
    keep_daily_answer(party=party, answer=NotFound(), now=NOW)
    refresh(party=party, now=NOW)
    person = keep_daily_answer(party=party, answer=NotFound(), now=NOW)
    assert person is not None
    assert person.facts.signals == {StopSignal.MISSING}


@pytest.mark.django_db
@pytest.mark.parametrize("reason", list(Reason))
def test_it_tells_one_person_who_cannot_be_read_from_a_register_that_is_away(reason: Reason) -> None:
    kept = keep_daily_answer(party=known(), answer=Unavailable(reason), now=NOW)
    assert (kept is not None) is (reason in {Reason.UNREADABLE, Reason.REJECTED})
    assert JournalEntry.objects.filter(event=Event.REGISTER_CONSULTED).count() == (kept is not None)
    assert kept is None or kept.facts.signals == frozenset()
