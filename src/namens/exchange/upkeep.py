"""What may be forgotten of what passed between portals and us."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Min, Q

from namens.exchange import secrets
from namens.exchange.models import PortalEvent, RefusedFingerprint, ReportedAct, Stream

AT_ONCE = 1000
# Longer than a portal goes on trying.
REFUSED_KEPT = timedelta(days=7)
# For so long a client can ask what a portal reported. The line in the journal is kept by itself.
ACTS_KEPT = timedelta(days=5 * 365 + 2)
BATCH = 500
# So many a turn of the upkeep: what has to leave now waits meanwhile.
BATCHES = 20


def forget_stale(*, now: datetime, most: int = AT_ONCE) -> int:
    """Erase events, acts and secrets that had their time, and what refused acts are known by; gives how many rows.

    Of each portal at most so many events a turn, and only those before the first one that has to stay: what is left
    has no hole, so that who reads on misses nothing without being told. Numbers go on: the stream keeps the last one.
    An event that still waits stays, whatever its age, and so does what came after it.
    """
    limit = now - settings.EXCHANGE.events_kept
    portals = list(Stream.objects.values_list("portal", flat=True))
    erased = sum(_forget_events(portal, limit, most) for portal in portals)
    erased += RefusedFingerprint.objects.filter(at__lte=now - REFUSED_KEPT).delete()[0]
    return erased + secrets.erase_spent(now=now) + _erase_acts(now=now)


def _forget_events(portal: UUID, limit: datetime, most: int) -> int:
    """Erase the first events of this portal, up to the first that must stay."""
    events = PortalEvent.objects.filter(portal=portal)
    first, last = events.aggregate(first=Min("number"), last=Max("number")).values()
    if first is None:
        return 0
    over = Q(delivered_at__lte=limit) | Q(given_up_at__lte=limit)
    # Found at once, by the index of the numbers: hardly ever more than the first is over.
    stays = events.exclude(over).order_by("number").values_list("number", flat=True).first()
    end = min(stays if stays is not None else last + 1, first + most)
    return events.filter(number__lt=end).delete()[0] if end > first else 0


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
