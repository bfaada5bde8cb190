"""What operators read of what passes between portals and us."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q

from namens.exchange.models import PortalEvent
from namens.outbox.models import Kind, OutboxRow

LOOKED_BACK = timedelta(days=30)


@dataclass(frozen=True)
class Delivery:
    """How it stands with the events of one portal.

    `waiting` counts what it still has to hear, the oldest since `waiting_since`; `problem` is why the one that waits
    longest was not taken, and `next_try_at` when that is tried again. `given_up` counts the last 30 days, without what
    was written while the portal had no address.
    """

    waiting: int
    waiting_since: datetime | None
    problem: str
    next_try_at: datetime | None
    delivered_at: datetime | None
    given_up: int


def delivery_of(portal: UUID, *, now: datetime) -> Delivery:
    """Give how it stands with the events of this portal: three statements."""
    of_portal = PortalEvent.objects.filter(portal=portal)
    lately = Q(given_up_at__gt=now - LOOKED_BACK) & ~Q(given_up_at=F("at"))
    told = of_portal.aggregate(last=Max("delivered_at"), given_up=Count("id", filter=lately))
    waits = of_portal.filter(delivered_at__isnull=True, given_up_at__isnull=True)
    line = waits.aggregate(number=Count("id"), since=Min("at"))
    rows = OutboxRow.objects.filter(
        party=portal, kind=Kind.PORTAL_EVENT, settled_at__isnull=True, given_up_at__isnull=True
    )
    row = rows.exclude(last_problem="").order_by("put_at", "id").first()
    return Delivery(
        waiting=line["number"],
        waiting_since=line["since"],
        problem=row.last_problem if row else "",
        next_try_at=row.due_at if row else None,
        delivered_at=told["last"],
        given_up=told["given_up"],
    )
