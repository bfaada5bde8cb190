"""Our own list of the mandates that concern our service. For us to look at: it decides nothing, Namens does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from namens_client import EventType, Mandate, MandateEvent, Standing

from mijn_toeslagen.store import Store

TABLES = """
CREATE TABLE IF NOT EXISTS mandate (
    id TEXT PRIMARY KEY, status TEXT NOT NULL, last_day TEXT NOT NULL, sequence INTEGER NOT NULL
);
"""
# A list and an event can tell of the same change, and events come in any order: the highest number is the newest.
KEEP = """
INSERT INTO mandate VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
SET status = excluded.status, last_day = excluded.last_day, sequence = excluded.sequence
WHERE excluded.sequence > mandate.sequence
"""
CHANGE = "UPDATE mandate SET last_day = ?, sequence = ? WHERE id = ? AND sequence < ?"
BECOMES = {
    EventType.ACTIVE: Standing.ACTIVE,
    EventType.RESTORED: Standing.ACTIVE,
    EventType.SUSPENDED: Standing.SUSPENDED,
    EventType.STOPPED: Standing.STOPPED,
    EventType.ENDED: Standing.ENDED,
}
Row = tuple[str, str, str, int]


@dataclass(frozen=True)
class Mandates:
    """The file with the list. What a mandate says of other services of ours is not in it."""

    store: Store
    service: str

    def __post_init__(self) -> None:
        self.store.prepare(TABLES)

    def replace(self, mandates: Iterable[Mandate]) -> None:
        """Begin again with these."""
        with self.store.open() as connection:
            connection.execute("DELETE FROM mandate")
            connection.executemany(KEEP, self._rows(mandates))

    def keep(self, mandates: Iterable[Mandate]) -> None:
        """Put these with it."""
        with self.store.open() as connection:
            connection.executemany(KEEP, self._rows(mandates))

    def note(self, event: MandateEvent) -> None:
        """Keep what an event says; twice is no harm."""
        if self.service not in event.services:
            return
        number, last = str(event.mandate), _written(event.last_day)
        with self.store.open() as connection:
            if event.type in BECOMES:
                connection.execute(KEEP, (number, BECOMES[event.type].value, last, event.sequence))
            else:
                # Other days: what was suspended stays so.
                connection.execute(CHANGE, (last, event.sequence, number, event.sequence))

    def active(self) -> set[str]:
        """Give the mandates by which somebody may act here, as far as we know."""
        with self.store.open() as connection:
            rows = connection.execute("SELECT id FROM mandate WHERE status = ?", (Standing.ACTIVE.value,)).fetchall()
        return {row["id"] for row in rows}

    def knows(self, mandate: UUID | str) -> bool:
        """Say whether this mandate stands in the list."""
        with self.store.open() as connection:
            found = connection.execute("SELECT 1 FROM mandate WHERE id = ?", (str(mandate),)).fetchone()
        return found is not None

    def rows(self) -> list[Row]:
        """Give the list: id, status, last day, and the number of the last change."""
        with self.store.open() as connection:
            return [tuple(row) for row in connection.execute("SELECT * FROM mandate ORDER BY id")]

    def _rows(self, mandates: Iterable[Mandate]) -> list[Row]:
        return [
            (str(one.id), service.standing.value, _written(service.last_day), one.sequence)
            for one in mandates
            for service in one.services
            if service.key == self.service
        ]


def _written(day: date | None) -> str:
    return "" if day is None else day.isoformat()
