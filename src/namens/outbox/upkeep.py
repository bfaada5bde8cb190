"""What may be forgotten of what left the house: ids only stand there, but each of them says who did something when."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from namens.outbox.models import OutboxRow

# Nobody reads what is settled; for so long it tells what happened when somebody asks.
SETTLED_KEPT = timedelta(days=30)
GIVEN_UP_KEPT = timedelta(days=365)
BATCH = 500
# So many a turn of the upkeep, and no more: what has to leave now waits meanwhile.
BATCHES = 20


def forget_over(*, now: datetime) -> int:
    """Erase what was settled a month ago and what was given up a year ago, the oldest first; gives how many rows.

    A batch at a time, and as much as fits in one turn: what is left goes the next time.
    """
    settled = OutboxRow.objects.filter(settled_at__lte=now - SETTLED_KEPT).order_by("settled_at")
    given_up = OutboxRow.objects.filter(settled_at__isnull=True, given_up_at__lte=now - GIVEN_UP_KEPT)
    return _erase(settled) + _erase(given_up.order_by("given_up_at"))


def _erase(over: QuerySet[OutboxRow]) -> int:
    erased = 0
    for _ in range(BATCHES):
        batch = list(over.values_list("id", flat=True)[:BATCH])
        erased += OutboxRow.objects.filter(id__in=batch).delete()[0] if batch else 0
        if len(batch) < BATCH:
            break
    return erased
