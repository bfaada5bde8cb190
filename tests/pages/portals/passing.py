"""What passed between a portal and us, as the worker and the door would have left it."""

from datetime import datetime

from django.db import transaction

from namens.exchange.models import PortalEvent, ReportedAct
from namens.exchange.stream import Draft, EventKind, append
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib.ids import new_id
from namens.outbox.models import OutboxRow
from namens.services.models import Portal


def event(portal: Portal, *, at: datetime, problem: str = "") -> PortalEvent:
    """Write an event about something of its own, of which this was the last problem."""
    with transaction.atomic():
        (made,) = append(portal, [Draft(new_id(), EventKind.STOPPED, {})], now=at)
    if problem:
        OutboxRow.objects.filter(payload={"event": str(made.id)}).update(last_problem=problem, attempts=1)
    return made


def reported(portal: Portal, *, at: datetime, number: int = 1) -> None:
    """Keep so many reported acts."""
    people = {"actor": new_id(), "representee": new_id(), "mandate": new_id()}
    ReportedAct.objects.bulk_create(
        ReportedAct(
            portal=portal,
            reference=str(new_id()),
            fingerprint="x",
            act="gezien",
            service="mijn-toeslagen",
            done_at=at,
            reported_at=at,
            **people,
        )
        for _ in range(number)
    )


def refused(portal: Portal, *, at: datetime) -> None:
    """Keep that a report was refused."""
    with transaction.atomic():
        write(Event.ACT_REFUSED, at=at, channel=Channel.PORTAL, result="no-mandate", portal=portal.id)
