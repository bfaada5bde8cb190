"""Ending what the law or the register does not allow any more."""

from datetime import timedelta

import pytest
from django.db import transaction

from namens.codes.refusals import CodeRefusal
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.mandates.actions import block, stop, try_code
from namens.mandates.actions.over import note_over_lines
from namens.mandates.changes import MandateChange
from namens.outbox.models import Kind, OutboxRow
from namens.parties.facts import StopSignal
from namens.parties.models import Party
from tests.people import BSNS, NOW, active, give, of, told, told_portals

pytestmark = pytest.mark.usefixtures("catalogue")


def blocked(party: Party) -> int:
    return len(block(person=party.person, now=NOW, channel=Channel.WORKER))


@pytest.mark.parametrize(
    ("signal", "reason"),
    [
        (StopSignal.DECEASED, "blocked-death"),
        (StopSignal.GUARDIANSHIP, "blocked-guardianship"),
        (StopSignal.ERRONEOUS, "blocked-erroneous"),
    ],
)
def test_it_ends_what_the_client_gave(signal: StopSignal, reason: str, anna: Party, bram: Party) -> None:
    mandate, waiting = active(anna, bram), give(anna, bram)
    assert blocked(told(anna, signals=[signal])) == 2
    assert {of(one).end_reason for one in (mandate, waiting.mandate)} == {reason}


def test_it_ends_what_a_client_gave_who_is_under_age(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    blocked(told(anna, born="2012-01-01"))
    assert of(mandate).end_reason == "blocked-under-age"


@pytest.mark.parametrize(
    ("signals", "born", "ends"),
    [
        ([StopSignal.DECEASED], "1980-01-01", True),
        ([StopSignal.ERRONEOUS], "1980-01-01", True),
        ([StopSignal.GUARDIANSHIP, StopSignal.ERRONEOUS], "1980-01-01", True),
        ([], "2012-01-01", True),
        ([StopSignal.GUARDIANSHIP], "2012-01-01", True),
        ([StopSignal.GUARDIANSHIP], "1980-01-01", False),
        ([], "1980-01-01", False),
    ],
)
def test_it_ends_what_a_helper_holds_who_cannot_help(
    signals: list[StopSignal],
    born: str,
    ends: bool,  # noqa: FBT001 - a case
    anna: Party,
    bram: Party,
) -> None:
    mandate = active(anna, bram)
    blocked(told(bram, signals=signals, born=born))
    assert (of(mandate).state == "ended") is ends


def test_it_does_nothing_when_all_is_in_order(anna: Party, bram: Party) -> None:
    active(anna, bram)
    assert (blocked(told(anna)), blocked(told(bram))) == (0, 0)


def test_it_does_nothing_before_the_register_was_asked(anna: Party, bram: Party) -> None:
    active(anna, bram)
    anna.person.refreshed_at = None
    assert blocked(anna) == 0


def test_it_leaves_the_mandates_of_others(anna: Party, bram: Party, carla: Party) -> None:
    mandate = active(anna, bram)
    assert blocked(told(carla, signals=[StopSignal.DECEASED])) == 0
    assert of(mandate).state == "active"


def test_it_never_ends_twice(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert blocked(told(anna, signals=[StopSignal.DECEASED])) == 0
    assert of(mandate).end_reason == "stopped-by-representee"


def test_it_kills_the_code(anna: Party, bram: Party) -> None:
    given = give(anna, bram)
    blocked(told(anna, signals=[StopSignal.GUARDIANSHIP]))
    assert isinstance(try_code(code=given.code, bsn=BSNS["anna"], helper=bram, now=NOW), CodeRefusal)


def test_it_writes_an_entry_without_an_actor_and_tells_the_portals(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    blocked(told(anna, signals=[StopSignal.DECEASED]))
    entry = JournalEntry.objects.get(event=Event.MANDATE_BLOCKED)
    assert (entry.actor, entry.subject, entry.channel) == (None, anna.id, "worker")
    assert told_portals().get().payload == {"mandate": str(mandate.id)}


@pytest.mark.parametrize("who", ["anna", "bram"])
def test_it_tells_no_helper_and_notes_no_change_after_the_last_day(anna: Party, bram: Party, who: str) -> None:
    mandate = active(anna, bram)
    later = NOW + (mandate.last_day - NOW.date()) + timedelta(days=30)
    with transaction.atomic():
        note_over_lines(mandate, now=later - timedelta(days=29))
    noted = MandateChange.objects.count()
    OutboxRow.objects.all().delete()
    dead = told({"anna": anna, "bram": bram}[who], signals=[StopSignal.DECEASED])
    assert block(person=dead.person, now=later, channel=Channel.WORKER) == [mandate.id]
    assert MandateChange.objects.count() == noted
    rows = list(OutboxRow.objects.filter(kind__in=[Kind.EMAIL, Kind.LETTER]))
    assert bram.id not in [row.party for row in rows]
    assert str(bram.id) not in [row.payload.get("party") for row in rows]
