"""What operators read of a portal is found by an index, however much there is of other portals and other years."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from namens.exchange import overview
from namens.exchange.models import PortalEvent, ReportedAct
from namens.exchange.overview import MOST_COUNTED, acts_of, waits_too_long, was_refused_lately
from namens.exchange.queries import delivery_of
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import write_many
from namens.lib.ids import new_id
from namens.outbox.models import Kind, OutboxRow
from namens.services.models import Portal
from tests.api.machine import Machine, machine
from tests.outbox.test_plans import plans
from tests.pages.portals import passing
from tests.people import NOW

MANY = 3000
DAY = timedelta(days=1)


def full_house(busy: Portal) -> None:
    """Have many delivered events and reported acts, and a journal of other things."""
    long_ago = NOW - 20 * DAY
    PortalEvent.objects.bulk_create(
        PortalEvent(portal=busy, number=number, about=new_id(), kind="x", data={}, at=long_ago, delivered_at=long_ago)
        for number in range(1, MANY)
    )
    passing.reported(busy, at=long_ago, number=MANY)
    OutboxRow.objects.bulk_create(
        OutboxRow(kind=Kind.PORTAL_EVENT, payload={}, put_at=NOW, due_at=NOW, party=new_id(), last_problem="too slow")
        for _ in range(MANY)
    )
    other = [
        JournalEntry(at=long_ago, event=Event.ACT_REPORTED, channel=Channel.PORTAL, portal=busy.id) for _ in range(MANY)
    ]
    with transaction.atomic():
        write_many(other)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def walks(plan: str) -> bool:
    """Say whether a whole table is looked through."""
    return any(
        f"{how} {table}" in plan
        for how in ("SCAN", "Seq Scan on")
        for table in ("exchange_", "journal_journalentry", "outbox_")
    )


def test_it_finds_what_it_counts_by_an_index(portal: Machine) -> None:
    full_house(machine("druk").portal)
    with CaptureQueriesContext(connection) as asked:
        delivery_of(portal.portal.id, now=NOW)
        acts_of(portal.portal.id, now=NOW)
    found = plans(asked)
    assert len(found) == 6
    assert [plan for plan in found if walks(plan)] == []
    assert sum("journal_refused_acts" in plan for plan in found) == 1


def test_it_looks_for_trouble_by_an_index(portal: Machine) -> None:
    full_house(machine("druk").portal)
    with CaptureQueriesContext(connection) as asked:
        one = Portal.objects.filter(id=portal.portal.id)
        assert len(one.annotate(late=waits_too_long(now=NOW), refused=was_refused_lately(now=NOW))) == 1
    (plan,) = plans(asked)
    assert not walks(plan)
    assert "journal_refused_acts" in plan
    assert "event_in_line" in plan


def test_it_counts_no_further_than_somebody_reads(portal: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "MOST_COUNTED", 10)
    passing.reported(portal.portal, at=NOW, number=12)
    assert acts_of(portal.portal.id, now=NOW).reported == 11
    assert MOST_COUNTED == 10_000
    assert ReportedAct.objects.count() == 12
