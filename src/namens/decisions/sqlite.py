"""Reading from SQLite: in the loop itself, since a look-up takes less time than handing it to another thread."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from namens.decisions.lookups import Answer, Away, Row
from namens.mandates.membership import Dialect
from namens.mandates.snapshot import Reading
from namens.mandates.statement import Asked, Form, Statement, statement

WAIT_SECONDS = 1.0


class SqliteReader:
    """One connection that can only read. Each statement sees what was committed before it."""

    def __init__(self, file: Path) -> None:
        self._address = f"{file.absolute().as_uri()}?mode=ro"
        self._connection: sqlite3.Connection | None = None

    async def look_up(self, asked: Sequence[Asked], form: Form) -> Answer:
        """Read who is asked about. Raises Away."""
        return Answer(Reading(await self.rows(statement(Dialect.SQLITE, asked, form=form))), 0)

    async def rows(self, statement: Statement) -> list[Row]:
        """Run a statement. Raises Away."""
        try:
            if self._connection is None:
                self._connection = sqlite3.connect(self._address, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
            return self._connection.execute(statement.sql.replace("%s", "?"), statement.parameters).fetchall()
        except sqlite3.Error:
            await self.close()
            raise Away from None

    async def open(self) -> None:
        """Begin: the first look-up opens the file."""

    async def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
