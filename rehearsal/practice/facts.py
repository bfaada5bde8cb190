"""What happened to the people of one cast, as exercises look at it. Pure: no database, no clock."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

DESK, OTHER, NOBODY = "desk", "other", ""
"""Parts beside those of a cast: the helpdesk, somebody who is not in it, and none."""
RUNNING = "active"


@dataclass(frozen=True)
class Entry:
    """One line of the journal, with parts instead of ids."""

    at: datetime
    event: str
    actor: str = NOBODY
    subject: str = NOBODY
    result: str = "done"
    mandate: UUID | None = None
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Given:
    """One mandate between them. `length` is a duration such as `1-month`, or empty for an own last day."""

    id: UUID
    giver: str
    helper: str
    state: str
    length: str
    services: frozenset[str]


@dataclass(frozen=True)
class Seen:
    """Everything since an exercise began, oldest first, and the mandates as they are now."""

    entries: tuple[Entry, ...] = ()
    mandates: Mapping[UUID, Given] = field(default_factory=dict)

    def since(self, moment: datetime) -> "Seen":
        """Give the part from this moment on."""
        return replace(self, entries=tuple(entry for entry in self.entries if entry.at >= moment))

    def all(self, event: str, **wanted: object) -> Iterator[Entry]:
        """Give the entries of this event with these values."""
        for entry in self.entries:
            if entry.event == event and all(getattr(entry, name) == value for name, value in wanted.items()):
                yield entry

    def last(self, event: str, **wanted: object) -> Entry | None:
        """Give the newest of them."""
        return next(iter(reversed(list(self.all(event, **wanted)))), None)

    def mandate(self, entry: Entry) -> Given | None:
        """Give the mandate that an entry is about."""
        return self.mandates.get(entry.mandate) if entry.mandate else None

    def running(self, giver: str, helper: str) -> Given | None:
        """Give a mandate that can be used now."""
        pairs = (one for one in self.mandates.values() if (one.giver, one.helper) == (giver, helper))
        return next((one for one in pairs if one.state == RUNNING), None)
