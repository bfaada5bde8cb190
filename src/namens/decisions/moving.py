"""Moving decisions from the files in which they wait into the journal.

An entry has its id before it is kept, and the journal takes an id once: a file that was written, and whose mover was
killed before it could remove it, is written again to no effect.
"""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import structlog
from django.db import DataError, transaction

from namens.decisions import held, spool
from namens.decisions.spool import Content, Kept
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import Detail, write_many
from namens.lib import clock
from namens.mandates.decision import Reason
from namens.services.models import Service

AT_ONCE = 500
# Nine digits by themselves may be a BSN. No part of a UUID is nine long.
_REQUEST = re.compile(r"(?!(.*-)?\d{9}(-|$))[A-Za-z0-9-]{8,64}", re.ASCII)
# What is wrong with the entry itself, however often it is tried. All else is of the database, and waits.
_UNFIT = (DataError, ValueError)

log = structlog.get_logger()


def move_waiting(*, folder: Path) -> int:
    """Write into the journal what finished files hold, also those of processes that died; gives how many entries.

    Raises OperationalError or InterfaceError when the database is away.
    """
    moved = 0
    for path in spool.waiting(folder):
        descriptor = held.take(path)
        if descriptor is not None:
            with os.fdopen(descriptor, "rb") as file:
                moved += _move(path, spool.read(file))
    held.sweep(folder, now=clock.now())
    return moved


def entry(kept: Kept, *, catalogue: Mapping[str, frozenset[str]]) -> JournalEntry:
    """Give the entry. A no without any mandate does not stand with the other party, as everywhere in the journal.

    What a portal typed and is not in the catalogue (its actions by service), or is no request id, is left out.
    """
    actions = catalogue.get(kept.service, frozenset())
    details: dict[str, Detail] = {
        "service": kept.service if kept.service in catalogue else None,
        "action": kept.action if kept.action in actions else None,
        "as_of": kept.as_of.isoformat() if kept.as_of else None,
        "request": kept.request if _REQUEST.fullmatch(kept.request) else None,
        "organisation": str(kept.organisation) if kept.organisation else None,
    }
    return JournalEntry(
        id=kept.id,
        at=kept.at,
        event=Event.DECISION_ASKED,
        result=kept.result,
        channel=Channel.PORTAL,
        actor=kept.actor,
        subject=None if kept.result == Reason.NO_MANDATE else kept.subject,
        mandate=kept.mandate,
        portal=kept.portal,
        details={name: value for name, value in details.items() if value is not None},
    )


def _move(path: Path, content: Content) -> int:
    """Write a file's entries and remove it. What nobody can read or write is put aside, never removed."""
    entries = _entries(content)
    written = sum(_write(entries[start : start + AT_ONCE]) for start in range(0, len(entries), AT_ONCE))
    if content.is_damaged or written < len(entries):
        aside = path.with_suffix(spool.DAMAGED)
        path.rename(aside)
        log.error("journal entries damaged", file=aside.name, written=written, read=len(entries))
    else:
        path.unlink(missing_ok=True)
    return written


def _entries(content: Content) -> list[JournalEntry]:
    if not content.entries:
        return []
    services = Service.objects.values_list("key", "sensitive_actions")
    catalogue = {key: frozenset(action["key"] for action in actions) for key, actions in services}
    return [entry(kept, catalogue=catalogue) for kept in content.entries]


def _write(piece: Sequence[JournalEntry]) -> int:
    """Write a piece, one by one when something in it cannot be written; gives how many are in the journal."""
    try:
        with transaction.atomic():
            write_many(piece, again=True)
    except _UNFIT as problem:
        if len(piece) > 1:
            return sum(_write([one]) for one in piece)
        log.error("journal entry unfit", entry=str(piece[0].id), problem=type(problem).__name__)
        return 0
    return len(piece)
