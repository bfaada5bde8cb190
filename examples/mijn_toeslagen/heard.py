"""Which events of Namens we heard. All up to one number, and perhaps some after it: they may come in another order."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from namens_client import Event

from mijn_toeslagen.store import Store

TABLES = """
CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, heard_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS stream (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), read INTEGER NOT NULL);
"""
# Namens tries for three days.
KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Heard:
    """The file with what we heard."""

    store: Store

    def __post_init__(self) -> None:
        self.store.prepare(TABLES)

    def was_heard(self, number: str) -> bool:
        """Say whether an event with this id was heard before."""
        with self.store.open() as connection:
            return connection.execute("SELECT 1 FROM event WHERE id = ?", (number,)).fetchone() is not None

    def remember(self, event: Event, *, now: datetime) -> None:
        """Note that we did what this event asks of us."""
        with self.store.open() as connection:
            row = (str(event.id), event.number, now.timestamp())
            connection.execute("INSERT OR IGNORE INTO event VALUES (?, ?, ?)", row)
            read = connection.execute("SELECT read FROM stream").fetchone()
            if read is None:
                return
            last = _advance(connection, read["read"])
            oldest = (now - KEPT_FOR).timestamp()
            connection.execute("DELETE FROM event WHERE number <= ? AND heard_at < ?", (last, oldest))

    def read(self) -> int | None:
        """Give the number up to which we heard everything; None before we ever began."""
        with self.store.open() as connection:
            row = connection.execute("SELECT read FROM stream").fetchone()
        return None if row is None else int(row["read"])

    def go_on_after(self, number: int) -> None:
        """Take everything up to this number for heard."""
        with self.store.open() as connection:
            row = connection.execute("SELECT MAX(read, ?) AS read FROM stream", (number,)).fetchone()
            _advance(connection, number if row is None else row["read"])

    def has_gap_before(self, event: Event) -> bool:
        """Say whether another event has not been heard yet that is older than this one, which was."""
        read = self.read()
        return read is not None and read < event.number


def _advance(connection: sqlite3.Connection, last: int) -> int:
    """Go on from this number over what was heard in another order; gives how far that is."""
    while connection.execute("SELECT 1 FROM event WHERE number = ?", (last + 1,)).fetchone():
        last += 1
    connection.execute("INSERT OR REPLACE INTO stream VALUES (1, ?)", (last,))
    return last
