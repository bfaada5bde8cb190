"""What a portal does not take for three days is given up, and the next about the same thing goes."""

from datetime import datetime

from structlog.testing import capture_logs

from namens.exchange.models import PortalEvent
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.ids import new_id
from namens.outbox.actions import GIVE_UP_AFTER
from namens.outbox.models import OutboxRow
from namens.services.models import Portal
from namens.worker import Worker
from namens.worker.events import GIVEN_UP_AT_ONCE
from tests.exchange.receiving import (
    Hearing,
    Receiver,
    always,
)
from tests.people import NOW
from tests.worker.test_bring_events import DAY, HOUR, ONE, OTHER, ear, hasty, hears
from tests.worker.working import work

__all__ = ["ear", "hasty", "hears"]


def give_up_all(worker: Worker, *, at: datetime) -> None:
    """Let the house be kept, and bring what may leave after that."""
    worker.upkeep_due = at
    for _ in range(2):
        work(worker, at=at)


def test_it_gives_up_after_three_days_and_the_next_goes(worker: Worker, hears: Hearing, ear: Receiver) -> None:
    ear.answer = always(500)
    first, _ = hears.must_hear(ONE, ONE)
    work(worker)
    end = NOW + GIVE_UP_AFTER
    ear.answer = always(200)
    with capture_logs() as logs:
        give_up_all(worker, at=end)
    first.refresh_from_db()
    assert (first.given_up_at, first.delivered_at, ear.numbers) == (end, None, [2])
    (entry,) = JournalEntry.objects.filter(event=Event.EVENT_GIVEN_UP)
    assert (entry.portal, entry.details["number"]) == (hears.portal.id, 1)
    (told,) = [one for one in logs if one["event"] == "event given up"]
    assert (told["log_level"], told["problem"], told["number"]) == ("error", "answered 500", 1)


def test_it_gives_up_what_a_portal_that_never_answers_did_not_take(
    worker: Worker, hears: Hearing, ear: Receiver
) -> None:
    hears.must_hear(ONE, ONE, OTHER)
    ear.answer = always(503)
    for hours in range(0, 72, 12):
        work(worker, at=NOW + hours * HOUR)
    give_up_all(worker, at=NOW + GIVE_UP_AFTER)
    given_up = PortalEvent.objects.filter(given_up_at__isnull=False).order_by("number")
    assert [event.number for event in given_up] == [1, 3]
    # The second is as old: it has its ten tries, and that was all.
    for hours in range(1, 13):
        give_up_all(worker, at=NOW + GIVE_UP_AFTER + hours * HOUR)
    assert not PortalEvent.objects.filter(given_up_at__isnull=True).exists()


def test_it_counts_three_days_from_when_an_event_was_written(worker: Worker, hears: Hearing, ear: Receiver) -> None:
    """Not from its turn: a line of ten about one thing is not brought a month late. Ten tries each has in any case."""
    ear.answer = always(500)
    hears.must_hear(*[ONE] * 4)
    work(worker)
    hears.must_hear(ONE, now=NOW + 2 * DAY)
    for hours in range(34):
        give_up_all(worker, at=NOW + GIVE_UP_AFTER + hours * HOUR)
    tries = [heard.number for heard in ear.heard]
    assert list(dict.fromkeys(tries)) == [1, 2, 3, 4, 5]
    assert [tries.count(number) for number in (2, 3, 4)] == [10, 10, 10]
    assert list(PortalEvent.objects.filter(given_up_at__isnull=True).values_list("number", flat=True)) == [5]
    ear.answer = always(200)
    work(worker, at=NOW + GIVE_UP_AFTER + 36 * HOUR)
    assert ear.numbers == [5]


def test_it_gives_up_a_batch_at_a_time(worker: Worker, hears: Hearing, ear: Receiver) -> None:
    hears.must_hear(*(new_id() for _ in range(5)))
    ear.answer = always(500)
    work(worker)
    end = NOW + GIVE_UP_AFTER
    # Something is wrong with the first: the others have their turn all the same.
    first = OutboxRow.objects.order_by("put_at", "id")[0]
    OutboxRow.objects.filter(id=first.id).update(payload={})
    assert [worker.events.give_up(now=end, most=2) for _ in range(3)] == [True, True, False]
    assert PortalEvent.objects.filter(given_up_at=end).count() == 4
    assert worker.events.give_up(now=end, most=2) is False


def test_it_gives_up_batch_after_batch_without_waiting(worker: Worker, hears: Hearing, ear: Receiver) -> None:
    hears.must_hear(*(new_id() for _ in range(GIVEN_UP_AT_ONCE + 1)))
    OutboxRow.objects.update(attempts=10, due_at=NOW + 2 * GIVE_UP_AFTER)
    worker.upkeep_due = NOW + GIVE_UP_AFTER
    work(worker, at=NOW + GIVE_UP_AFTER)
    assert PortalEvent.objects.filter(given_up_at__isnull=True).count() == 0
    assert ear.heard == []


def test_it_gives_up_for_a_portal_without_an_address_too(worker: Worker, hears: Hearing, ear: Receiver) -> None:
    ear.answer = always(500)
    hears.must_hear(ONE, ONE)
    work(worker)
    Portal.objects.update(events_uri="")
    give_up_all(worker, at=NOW + GIVE_UP_AFTER)
    assert not PortalEvent.objects.filter(given_up_at__isnull=True).exists()
    assert not OutboxRow.objects.filter(settled_at__isnull=True, given_up_at__isnull=True).exists()
