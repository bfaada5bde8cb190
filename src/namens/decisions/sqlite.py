"""Reading from SQLite: in the loop itself, since a look-up takes less time than handing it to another thread."""

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

from namens.decisions.counts import Counts
from namens.decisions.lookups import PATIENCE_SECONDS, Answer, Away, Full, Row
from namens.mandates.membership import Dialect
from namens.mandates.snapshot import Reading
from namens.mandates.statement import Asked, Form, Statement, statement

AGAIN_SECONDS = 0.02
MOST_WAITING = 4096
_HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class SqliteReader:
    """One connection that can only read. Each statement sees what was committed before it."""

    def __init__(self, file: Path, *, most_waiting: int = MOST_WAITING) -> None:
        self._file, self._most = file.absolute(), most_waiting
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None
        self._waiting = 0
        self._counts: Counts | None = None

    def count_with(self, counts: Counts) -> None:
        """Count statements there, and let it ask how many wait for the file."""
        self._counts, counts.waiting = counts, lambda: self._waiting

    async def look_up(self, asked: Sequence[Asked], form: Form) -> Answer:
        """Read who is asked about. Raises Away."""
        if self._counts is not None:
            self._counts.looked_up(len(asked))
        return Answer(Reading(await self.rows(statement(Dialect.SQLITE, asked, form=form))), 0)

    async def rows(self, statement: Statement) -> list[Row]:
        """Run a statement. Raises Away, and Full when too many wait for a file that somebody else holds."""
        sql, until = statement.sql.replace("%s", "?"), time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return self._read(sql, statement.parameters)
            except (sqlite3.Error, OSError) as problem:
                if not _is_held(problem):
                    await self.close()
                    raise Away from None
            if time.monotonic() >= until:
                raise Away
            await self._wait()

    async def open(self) -> None:
        """Begin: the first look-up opens the file."""

    async def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = self._opened = None

    def _read(self, sql: str, parameters: Sequence[object]) -> list[Row]:
        """Raises sqlite3.Error, and OSError for a file that is not there."""
        found = self._file.stat()
        # A file that was put in the place of another one would never be read by who holds the old one.
        if self._connection is None or self._opened != (found.st_dev, found.st_ino):
            if self._connection is not None:
                self._connection.close()
            self._connection = sqlite3.connect(
                f"{self._file.as_uri()}?mode=ro", uri=True, timeout=0, isolation_level=None
            )
            self._opened = (found.st_dev, found.st_ino)
        return self._connection.execute(sql, parameters).fetchall()

    async def _wait(self) -> None:
        """Wait a moment, while others are answered. Raises Full."""
        if self._waiting >= self._most:
            raise Full
        self._waiting += 1
        try:
            await asyncio.sleep(AGAIN_SECONDS)
        finally:
            self._waiting -= 1


def _is_held(problem: Exception) -> bool:
    """Say whether somebody else has the file for a moment."""
    return isinstance(problem, sqlite3.OperationalError) and problem.sqlite_errorcode & 0xFF in _HELD
