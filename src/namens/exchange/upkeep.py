"""What may be forgotten of what passed between portals and us."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from namens.exchange import secrets
from namens.exchange.models import PortalEvent, ReportedAct

# For so long a client can ask what a portal reported. The line in the journal is kept by itself.
ACTS_KEPT = timedelta(days=5 * 365 + 2)
BATCH = 500
# So many a turn of the upkeep: what has to leave now waits meanwhile.
BATCHES = 20


def forget_stale(*, now: datetime) -> int:
    """Erase events and reported acts that had their time and secrets that sign no more; gives how many rows.

    Numbers go on: the stream keeps the last one. An event that still waits stays, whatever its age.
    """
    limit = now - settings.EXCHANGE.events_kept
    over = Q(delivered_at__lte=limit) | Q(given_up_at__lte=limit)
    # `at` is never later than its end, and has an index.
    events = PortalEvent.objects.filter(over, at__lte=limit).delete()[0]
    return events + secrets.erase_spent(now=now) + _erase_acts(now=now)


def _erase_acts(*, now: datetime) -> int:
    """Erase acts that were reported five years ago, the oldest first, in batches; the rest goes the next turn."""
    over = ReportedAct.objects.filter(reported_at__lte=now - ACTS_KEPT).order_by("reported_at")
    erased = 0
    for _ in range(BATCHES):
        batch = list(over.values_list("id", flat=True)[:BATCH])
        erased += ReportedAct.objects.filter(id__in=batch).delete()[0] if batch else 0
        if len(batch) < BATCH:
            break
    return erased
