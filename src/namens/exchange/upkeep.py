"""What may be forgotten of what passed between portals and us."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from namens.exchange import secrets
from namens.exchange.models import PortalEvent


def forget_stale(*, now: datetime) -> int:
    """Erase events that had their time and secrets that sign no more, and say how many rows that were.

    Numbers go on: the stream keeps the last one. An event that still waits stays, whatever its age.
    """
    limit = now - settings.EXCHANGE.events_kept
    over = Q(delivered_at__lte=limit) | Q(given_up_at__lte=limit)
    # `at` is never later than its end, and has an index.
    return PortalEvent.objects.filter(over, at__lte=limit).delete()[0] + secrets.erase_spent(now=now)
