"""What may be forgotten of what passed between portals and us."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from namens.exchange import secrets
from namens.exchange.models import PortalEvent, RefusedFingerprint

# Longer than a portal goes on trying.
REFUSED_KEPT = timedelta(days=7)


def forget_stale(*, now: datetime) -> int:
    """Erase events that are over, secrets that sign no more, and by what refused acts are known when they are sent
    again; say how many rows that were.

    Numbers go on: the stream keeps the last one. An event that still waits stays, whatever its age.
    """
    limit = now - settings.EXCHANGE.events_kept
    over = Q(delivered_at__lte=limit) | Q(given_up_at__lte=limit)
    # `at` is never later than its end, and has an index.
    erased = PortalEvent.objects.filter(over, at__lte=limit).delete()[0] + secrets.erase_spent(now=now)
    return erased + RefusedFingerprint.objects.filter(at__lte=now - REFUSED_KEPT).delete()[0]
