"""SQLite files of our own: one for sessions, one for the administration."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_WAIT = 5.0


@dataclass(frozen=True)
class Store:
    """A file with tables. Every use has a connection of its own, so that threads do not share one."""

    path: Path

    def prepare(self, tables: str) -> None:
        """Make the tables that are not there yet."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.open() as connection:
            connection.executescript(f"PRAGMA journal_mode=WAL;{tables}")
        self.path.chmod(0o600)

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """Give a connection; what is written is kept when no exception comes."""
        connection = sqlite3.connect(self.path, timeout=SECONDS_TO_WAIT)
        connection.row_factory = sqlite3.Row
        try:
            with connection:
                yield connection
        finally:
            connection.close()
