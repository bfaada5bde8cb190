"""What follows when an organisation leaves or goes on under another number: many mandates, a batch at a time."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from namens.grants import actions as grants
from namens.lib import clock
from namens.mandates.actions import ask_for_successor, end_with_organisation, left_behind
from namens.organisations.queries import left_lately
from namens.outbox import actions as outbox
from namens.outbox.models import Kind, OutboxRow
from namens.worker.rows import begin, hand_out, settling


def turn() -> bool:
    """Do a batch of each that is due; True when there was something."""
    left = hand_out(kind=Kind.ORGANISATION_LEAVES, most=1, to=partial(begin, _leave))
    merged = hand_out(kind=Kind.ORGANISATION_MERGED, most=1, to=partial(begin, _merge))
    return bool(left or merged)


def look_again(*, now: datetime) -> None:
    """Take up mandates that were made while their organisation was leaving, and end logins for those that have left."""
    left = left_lately(now=now)
    if left:
        grants.end_for_organisations(organisations=left, now=now)
    for organisation in left_behind(now=now):
        payload = {"organisation": str(organisation)}
        waiting = OutboxRow.objects.filter(kind=Kind.ORGANISATION_LEAVES, payload=payload, settled_at__isnull=True)
        if not waiting.filter(given_up_at__isnull=True).exists():
            with transaction.atomic():
                outbox.put(Kind.ORGANISATION_LEAVES, payload=payload, now=now)


def _leave(row: OutboxRow) -> None:
    _batch(row, partial(end_with_organisation, organisation=UUID(row.payload["organisation"]), now=clock.now()))


def _merge(row: OutboxRow) -> None:
    _batch(row, partial(ask_for_successor, merger=UUID(row.payload["merger"]), now=clock.now()))


def _batch(row: OutboxRow, work: Callable[[], bool]) -> None:
    """Do a batch, and put a row for the next one. After a kill the same row goes on with what is left."""
    is_more = work()
    with settling(row):
        if is_more:
            outbox.put(Kind(row.kind), payload=row.payload, now=clock.now())
