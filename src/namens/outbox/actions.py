"""Putting, leasing and settling outbox rows. A row is leased with one conditional UPDATE, so no two workers hold it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from namens.lib.ids import new_id
from namens.outbox.models import Kind, OutboxRow

LEASE = timedelta(minutes=2)
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=3)


class OutsideTransaction(RuntimeError):
    """A row was about to be put apart from the fact it follows from."""


def put(kind: Kind, *, payload: Mapping[str, str], now: datetime) -> OutboxRow:
    """Put one row, due at once, in the open transaction. Raises OutsideTransaction without one."""
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(kind)
    return OutboxRow.objects.create(kind=kind, payload=dict(payload), put_at=now, due_at=now)


def lease(*, now: datetime, most: int = 20) -> list[OutboxRow]:
    """Take up to `most` due rows for two minutes. What a dead worker held comes back when its lease ends."""
    ticket = new_id()
    due = _free(now).order_by("due_at").values_list("id", flat=True)[:most]
    _free(now).filter(id__in=list(due)).update(lease=ticket, leased_until=now + LEASE, attempts=F("attempts") + 1)
    return list(OutboxRow.objects.filter(lease=ticket, settled_at__isnull=True).order_by("put_at", "id"))


def settle(row: OutboxRow, *, now: datetime) -> bool:
    """Mark the row as done. False when this lease had already passed to another worker."""
    return bool(
        OutboxRow.objects.filter(id=row.id, lease=row.lease, settled_at__isnull=True).update(
            settled_at=now, leased_until=None
        )
    )


def postpone(row: OutboxRow, *, now: datetime, problem: str) -> None:
    """Try again later: after 2 s, then twice as long each time, at most an hour; after three days no more."""
    pause = min(FIRST_PAUSE * 2 ** min(row.attempts - 1, 20), LONGEST_PAUSE)
    gives_up = now - row.put_at >= GIVE_UP_AFTER
    OutboxRow.objects.filter(id=row.id, lease=row.lease, settled_at__isnull=True).update(
        due_at=now + pause, leased_until=None, last_problem=problem[:200], given_up_at=now if gives_up else None
    )


def _free(now: datetime) -> QuerySet[OutboxRow]:
    return OutboxRow.objects.filter(
        Q(leased_until__isnull=True) | Q(leased_until__lt=now),
        due_at__lte=now,
        settled_at__isnull=True,
        given_up_at__isnull=True,
    )
