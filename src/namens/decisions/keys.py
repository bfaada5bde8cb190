"""Our published keys as this process knows them.

All are read together, and by one at a time: whoever shows tokens with names of keys that do not exist, however many,
costs the database one statement a second. A key that is withdrawn counts here no longer than a few seconds.
"""

import asyncio
import time
from datetime import datetime
from typing import Any

from namens.decisions.lookups import Reader
from namens.grants import signing
from namens.mandates.columns import as_json_object
from namens.mandates.statement import Statement

KEPT_SECONDS = 5.0
LOOKED_AGAIN_SECONDS = 1.0
Key = dict[str, Any]


class Keys:
    """The keys by their names."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[str, Key] = {}
        self._read_at = float("-inf")
        self._reading: asyncio.Future[None] | None = None

    async def named(self, kid: str, *, now: datetime) -> Key | None:
        """Give a key that is published; None for another name. Raises Away."""
        age = time.monotonic() - self._read_at
        if age >= KEPT_SECONDS or (kid not in self._known and age >= LOOKED_AGAIN_SECONDS):
            await self._look(now)
        return self._known.get(kid)

    async def _look(self, now: datetime) -> None:
        """Read them, together with whoever wants that now. Raises Away."""
        if self._reading is None or self._reading.done():
            self._reading = asyncio.ensure_future(self._read(now))
            self._reading.add_done_callback(_looked_at)
        # Who hangs up takes nothing from the others.
        await asyncio.shield(self._reading)

    async def _read(self, now: datetime) -> None:
        sql, parameters = signing.keys_of(now=now).query.sql_with_params()
        began = time.monotonic()
        rows = await self._reader.rows(Statement(sql, tuple(parameters)))
        self._known = {kid: as_json_object(public) for kid, public in rows}
        self._read_at = began


def _looked_at(reading: "asyncio.Future[None]") -> None:
    """See what came of it: perhaps nobody waits any more."""
    if not reading.cancelled():
        reading.exception()
