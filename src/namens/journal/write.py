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

AT_ONCE = 500
Detail = str | int | bool | list[str] | None


class OutsideTransaction(RuntimeError):
    """An entry was about to be written apart from the fact it tells of."""


def write_many(entries: Sequence[JournalEntry], *, again: bool = False) -> None:
    """Write several entries at once, under the rules of `write`.

    `again`: some may have been written before, by who was killed before it could note that. Those stay as they are.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(len(entries))
    if any(takes_access_away(entry.event) for entry in entries):
        reach_replicas()
    if again:
        entries = _unwritten(entries)
    JournalEntry.objects.bulk_create(entries, batch_size=AT_ONCE, ignore_conflicts=again)


def _unwritten(entries: Sequence[JournalEntry]) -> list[JournalEntry]:
    """Leave out what is there: SQLite's guard refuses it, also when conflicts are to be ignored.

    On SQLite nobody else writes in this transaction; on PostgreSQL the insert itself ignores who came in between.
    """
    wanted = {entry.id: entry for entry in entries}
    ids = list(wanted)
    for start in range(0, len(ids), AT_ONCE):
        for known in JournalEntry.objects.filter(id__in=ids[start : start + AT_ONCE]).values_list("id", flat=True):
            wanted.pop(known, None)
    return list(wanted.values())


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
