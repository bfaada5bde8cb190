"""The portal that reported an act hears once that it is not right, whenever a worker dies; and what waits too long."""

from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from namens.exchange import disputing
from namens.exchange.models import PortalEvent, Stream
from namens.helpdesk import disputes
from namens.helpdesk.models import Answer, Dispute, DisputeKind
from namens.journal.models import JournalEntry
from namens.outbox import actions as outbox
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.services.models import Portal
from namens.signin.models import Staff
from namens.worker import Worker
from namens.worker.disputes import tell_portal
from namens.worker.reports import tell_late
from tests.faults import Kind as Failure
from tests.faults import failing
from tests.helpdesk.disputing import acted, opened, says
from tests.parallel import at_once
from tests.people import NOW, active, load_catalogue, person, portal
from tests.staff import make_agent
from tests.worker.working import work

DAY = timedelta(days=1)
MOST_STATEMENTS = 40


@pytest.fixture
def act(anna: Party, bram: Party, toeslagen: Portal) -> JournalEntry:
    """What a portal reported, and Anna says is not right."""
    entry = acted(active(anna, bram), toeslagen)
    says(anna, entry)
    return entry


def events() -> list[tuple[str, object]]:
    return [(one.kind, one.data) for one in PortalEvent.objects.order_by("number")]


def waiting() -> int:
    return OutboxRow.objects.filter(kind=Kind.LINE_DISPUTED, settled_at__isnull=True).count()


def test_it_tells_the_portal_which_act_and_no_word_more(act: JournalEntry, worker: Worker) -> None:
    work(worker)
    assert events() == [("handeling.betwist", {"handeling": str(act.id), "kenmerk": "ZK-1"})]
    assert waiting() == 0


def test_it_tells_nothing_new_when_it_is_said_again(act: JournalEntry, anna: Party, worker: Worker) -> None:
    work(worker)
    disputes.withdraw(entry=act.id, party=anna, now=NOW)
    says(anna, act)
    work(worker)
    assert (len(events()), waiting()) == (1, 0)


def test_it_looks_through_no_events_of_the_portal(act: JournalEntry) -> None:
    with CaptureQueriesContext(connection) as made:
        assert disputing.tell_portal(entry=act.id, now=NOW)
        assert not disputing.tell_portal(entry=act.id, now=NOW)
    read = [one["sql"] for one in made if one["sql"].startswith("SELECT") and "exchange_portalevent" in one["sql"]]
    # Also once the event itself is erased, it is told no second time.
    PortalEvent.objects.all().delete()
    assert not disputing.tell_portal(entry=act.id, now=NOW)
    assert [sql for sql in read if '"kind" =' in sql] == []


def test_it_tells_nothing_that_was_taken_back_in_time(act: JournalEntry, anna: Party, worker: Worker) -> None:
    disputes.withdraw(entry=act.id, party=anna, now=NOW)
    work(worker)
    assert (events(), waiting()) == ([], 0)


def test_it_tells_the_portal_nothing_of_the_answer(act: JournalEntry, karim: Staff, worker: Worker) -> None:
    work(worker)
    disputes.answer(call=opened(karim, Dispute.objects.get()), outcome=Answer.CORRECTED, now=NOW)
    work(worker)
    assert events() == [("handeling.betwist", {"handeling": str(act.id), "kenmerk": "ZK-1"})]


@pytest.mark.django_db(transaction=True)
def test_it_writes_the_event_once_wherever_the_database_goes_away() -> None:
    _act_in_a_database_that_commits()
    for number in range(1, MOST_STATEMENTS):
        (row,) = outbox.lease(now=NOW + number * DAY / 12, kind=Kind.LINE_DISPUTED)
        with failing(at=number, kind=Failure.HICCUP) as fault:
            try:
                tell_portal(row)
            except OperationalError:
                assert (events(), waiting()) == ([], 1), number
        if not fault.struck:
            break
        OutboxRow.objects.filter(id=row.id).update(due_at=NOW, leased_until=None)
    assert (len(events()), waiting()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_it_writes_one_event_when_two_workers_have_a_row_for_the_same_act() -> None:
    act = _act_in_a_database_that_commits()
    anna = person("anna")
    disputes.withdraw(entry=act, party=anna, now=NOW)
    disputes.dispute(entry=act, party=anna, kind=DisputeKind.WRONG, now=NOW)
    rows = outbox.lease(now=NOW, kind=Kind.LINE_DISPUTED)
    assert len(rows) == 2
    at_once([partial(tell_portal, row) for row in rows])
    assert len(events()) == 1
    assert Stream.objects.get().last_number == 1


def _act_in_a_database_that_commits() -> UUID:
    load_catalogue()
    anna = person("anna")
    entry = acted(active(anna, person("bram")), portal())
    says(anna, entry)
    return entry.id


def test_it_raises_the_alarm_for_what_waits_longer_than_a_working_day(act: JournalEntry, karim: Staff) -> None:
    dispute = Dispute.objects.get()
    assert dispute.entry == act.id
    with capture_logs() as said:
        tell_late(now=NOW + DAY)
    assert said == []
    with capture_logs() as said:
        tell_late(now=NOW + 2 * DAY)
    assert said == [{"event": "disputes late", "log_level": "error", "number": 1, "disputes": [str(dispute.id)]}]
    disputes.answer(call=opened(karim, dispute), outcome=Answer.RIGHT, now=NOW)
    with capture_logs() as said:
        tell_late(now=NOW + 2 * DAY)
    assert said == []


@pytest.fixture
def karim(db: None) -> Staff:  # noqa: ARG001 - asked for its effect
    """An agent."""
    return make_agent("Karim")
