"""Decisions to keep for the journal, as the door makes them. Knows no Django."""

from datetime import UTC, datetime

from msgspec.structs import replace

from namens.decisions.spool import Kept
from namens.lib.ids import new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def kept(**other: object) -> Kept:
    """Give a decision that said yes, with other facts where they are named."""
    said_yes = Kept(
        id=new_id(),
        at=NOW,
        portal=new_id(),
        actor=new_id(),
        subject=new_id(),
        mandate=new_id(),
        result="permit",
        service="mijn-toeslagen",
    )
    return replace(said_yes, **other)
