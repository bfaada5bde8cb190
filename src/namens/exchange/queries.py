"""What operators read of the events of one portal."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min

from namens.exchange.models import PortalEvent
from namens.outbox.models import Kind, OutboxRow

LOOKED_BACK = timedelta(days=30)
LATE_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Delivery:
    """How it stands with the events of one portal.

    `waiting` counts what it still has to hear, the oldest since `waiting_since`; `problem` is why the one that waits
    longest was not taken, and `next_try_at` when that is tried again. `given_up` counts the last 30 days.
    """

    waiting: int
    waiting_since: datetime | None
    problem: str
    next_try_at: datetime | None
    delivered_at: datetime | None
    given_up: int

    def is_late(self, *, now: datetime) -> bool:
        """Say whether an event waits longer than an hour."""
        return self.waiting_since is not None and self.waiting_since < now - LATE_AFTER


def delivery_of(portal: UUID, *, now: datetime) -> Delivery:
    """Give how it stands with the events of this portal: four statements, none over what was delivered long ago."""
    of_portal = PortalEvent.objects.filter(portal=portal)
    waits = of_portal.filter(delivered_at__isnull=True, given_up_at__isnull=True)
    line = waits.aggregate(number=Count("id"), since=Min("at"))
    rows = OutboxRow.objects.filter(party=portal, kind=Kind.PORTAL_EVENT, settled_at__isnull=True)
    row = rows.filter(given_up_at__isnull=True).exclude(last_problem="").order_by("put_at", "id").first()
    # Backwards from the newest: that passes by what waits, and by nothing else.
    last = of_portal.filter(delivered_at__isnull=False).order_by("-number").values_list("delivered_at", flat=True)
    return Delivery(
        waiting=line["number"],
        waiting_since=line["since"],
        problem=row.last_problem if row else "",
        next_try_at=row.due_at if row else None,
        delivered_at=last.first(),
        given_up=rows.filter(given_up_at__gt=now - LOOKED_BACK).count(),
    )
