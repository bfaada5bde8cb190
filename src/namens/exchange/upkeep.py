"""What may be forgotten of what passed between portals and us."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Min, Q

from namens.exchange import secrets
from namens.exchange.models import PortalEvent, RefusedFingerprint, Stream

AT_ONCE = 1000
# Longer than a portal goes on trying.
REFUSED_KEPT = timedelta(days=7)


def forget_stale(*, now: datetime, most: int = AT_ONCE) -> int:
    """Erase events that had their time, secrets that sign no more, and what refused acts are known by; how many rows.

    Of each portal at most so many events a turn, and only those before the first one that has to stay: what is left
    has no hole, so that who reads on misses nothing without being told. Numbers go on: the stream keeps the last one.
    An event that still waits stays, whatever its age, and so does what came after it.
    """
    limit = now - settings.EXCHANGE.events_kept
    portals = list(Stream.objects.values_list("portal", flat=True))
    erased = sum(_forget_events(portal, limit, most) for portal in portals)
    erased += RefusedFingerprint.objects.filter(at__lte=now - REFUSED_KEPT).delete()[0]
    return erased + secrets.erase_spent(now=now)


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
