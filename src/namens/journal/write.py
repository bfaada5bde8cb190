"""Writing the journal: always inside the transaction of the action that it tells of.

This is also where a transaction that takes access away is sent past every replica, whoever acts.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.taking_away import takes_access_away
from namens.replicas.base import reach_replicas

Detail = str | int | bool | list[str] | None


class OutsideTransaction(RuntimeError):
    """An entry was about to be written apart from the fact it tells of."""


def write_many(entries: Sequence[JournalEntry]) -> None:
    """Write several entries at once, under the rules of `write`."""
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(len(entries))
    if any(takes_access_away(entry.event) for entry in entries):
        reach_replicas()
    JournalEntry.objects.bulk_create(entries, batch_size=500)


def write(
    event: Event,
    *,
    at: datetime,
    channel: Channel,
    result: str = "done",
    actor: UUID | None = None,
    subject: UUID | None = None,
    mandate: UUID | None = None,
    portal: UUID | None = None,
    details: Mapping[str, Detail] | None = None,
) -> JournalEntry:
    """Write one entry. `details` holds small facts (service keys, dates), never a BSN, a code, a token or a name.

    Raises OutsideTransaction when no transaction is open.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(event)
    if takes_access_away(event):
        reach_replicas()
    return JournalEntry.objects.create(
        at=at,
        event=event,
        result=result,
        channel=channel,
        actor=actor,
        subject=subject,
        mandate=mandate,
        portal=portal,
        details=dict(details or {}),
    )
