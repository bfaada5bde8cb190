"""Reading from PostgreSQL: prepared statements on connections of our own, to one server or to several."""

import asyncio
import contextlib
import re
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache, partial

import asyncpg
import structlog

from namens.decisions.counts import Counts
from namens.decisions.lookups import PATIENCE_SECONDS, RETURN_SECONDS, Answer, Away, Queue, Row, Waiting, refuse, share
from namens.lib import clock
from namens.mandates.membership import Dialect
from namens.mandates.snapshot import Reading
from namens.mandates.statement import Asked, Form, Statement, statement

LONGEST_BEAT = timedelta(seconds=2)
PROBE_SECONDS = 0.2
_BEAT = Statement("SELECT now(), (SELECT beat_at FROM journal_heartbeat WHERE id = 1)", ())
# An InternalClientError is a connection that was cut while it was made.
_TROUBLE = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, TimeoutError)
_SETTINGS = {
    "application_name": "namens-decisions",
    "default_transaction_read_only": "on",
    "statement_timeout": "1000",
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
}

log = structlog.get_logger()


class Stale(Exception):
    """This server lags behind, or nobody can say that it does not."""


class Server:
    """One server: how many of its lanes work now. With `beats` it must have a fresh heartbeat."""

    def __init__(self, number: int, url: str, *, beats: bool) -> None:
        self.number, self.url, self.beats = number, url, beats
        self.working = 0
        self.beat_at: datetime | None = None


class PostgresqlReader:
    """Lanes to one or more servers, which take from one queue."""

    def __init__(self, urls: Sequence[str], *, connections: int, most_waiting: int, beats: bool) -> None:
        self._servers = [Server(number, url, beats=beats) for number, url in enumerate(urls)]
        self._connections = connections
        self.queue = Queue(most_waiting)
        self._lanes: list[asyncio.Task[None]] = []
        self._counts: Counts | None = None

    def count_with(self, counts: Counts) -> None:
        """Count statements there, and let it ask how many wait and how old heartbeats are."""
        self._counts, counts.waiting, counts.heartbeats = counts, self.queue.__len__, self._ages

    def _ages(self) -> dict[str, float]:
        now = clock.now()
        return {str(one.number): (now - one.beat_at).total_seconds() for one in self._servers if one.beat_at}

    async def open(self) -> None:
        """Begin with all lanes; a server that is away is tried again and again."""
        lanes = [server for server in self._servers for _ in range(self._connections)]
        self._lanes = [asyncio.create_task(self._lane(server)) for server in lanes]

    async def close(self) -> None:
        """Answer what waits, at most as long as anybody waits, and end."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                while len(self.queue):
                    await asyncio.sleep(0.01)
        for lane in self._lanes:
            lane.cancel()
        await asyncio.gather(*self._lanes, return_exceptions=True)

    async def look_up(self, asked: Sequence[Asked], form: Form) -> Answer:
        """Read who is asked about, joined with others. Raises Away."""
        return await self.queue.put(asked, form, patience=PATIENCE_SECONDS if self.is_there() else RETURN_SECONDS)

    async def rows(self, statement: Statement) -> list[Row]:
        """Run a statement on a connection of its own, on the first server that answers. Raises Away."""
        # First those that are read from now: one that hangs would let everybody wait.
        for server in sorted(self._servers, key=lambda one: -one.working):
            with contextlib.suppress(*_TROUBLE, Stale):
                async with asyncio.timeout(PATIENCE_SECONDS):
                    return await self._rows(server, statement)
        raise Away

    def is_there(self) -> bool:
        """Say whether any server can be read from now."""
        return any(server.working for server in self._servers)

    async def _lane(self, server: Server) -> None:
        """Connect and work, again and again, whatever goes wrong: a lane that ended would never come back."""
        while True:
            try:
                await self._connect_and_work(server)
            except _TROUBLE:
                pass
            except Exception as problem:  # noqa: BLE001 - see above
                log.error("not reading from a server", server=server.number, problem=type(problem).__name__)
            await asyncio.sleep(PROBE_SECONDS)

    async def _connect_and_work(self, server: Server) -> None:
        connection = await self._connected(server)
        try:
            await self._work(server, connection)
        except (*_TROUBLE, Stale) as problem:
            log.warning("not reading from a server", server=server.number, problem=type(problem).__name__)
        finally:
            connection.terminate()

    async def _work(self, server: Server, connection: asyncpg.Connection) -> None:
        """Take and read until something is wrong. Raises what is wrong."""
        if server.beats:
            await self._wait_for_beat(connection)
        working = asyncio.create_task(self._take_and_read(server, connection))
        # A connection that is lost while nobody asks is made anew at once, and not when somebody asks.
        connection.add_termination_listener(partial(_end, working))
        try:
            await asyncio.wait([working])
        finally:
            working.cancel()
        if working.cancelled():
            raise ConnectionResetError
        working.result()

    async def _take_and_read(self, server: Server, connection: asyncpg.Connection) -> None:
        server.working += 1
        taken: Sequence[Waiting] = ()
        try:
            while True:
                taken = await self.queue.take()
                try:
                    await _read(server, connection, taken)
                except asyncpg.DataError as problem:
                    # What was asked is at fault, not the server: another lane would fare no better.
                    log.error("not readable", problem=type(problem).__name__)
                    refuse(taken)
                if self._counts is not None:
                    self._counts.looked_up(sum(len(one.asked) for one in taken))
                taken = ()
        finally:
            server.working -= 1
            self.queue.give_back(taken)

    async def _wait_for_beat(self, connection: asyncpg.Connection) -> None:
        while not await _beats(connection):
            await asyncio.sleep(PROBE_SECONDS)

    async def _rows(self, server: Server, statement: Statement) -> list[Row]:
        connection = await self._connected(server)
        try:
            # What is read after a fresh beat is no older than that.
            if server.beats and not await _beats(connection):
                raise Stale
            return [tuple(row) for row in await connection.fetch(_numbered(statement.sql), *statement.parameters)]
        finally:
            connection.terminate()

    async def _connected(self, server: Server) -> asyncpg.Connection:
        return await asyncpg.connect(
            server.url, timeout=PATIENCE_SECONDS, command_timeout=PATIENCE_SECONDS, server_settings=_SETTINGS
        )


def is_fresh(beat_at: datetime | None, *, read_at: datetime, spent: float) -> bool:
    """Say whether what was read is at most two seconds old: by the beat in it, and the seconds that reading took."""
    if beat_at is None:
        return False
    age = read_at - beat_at
    return age >= -LONGEST_BEAT and age + timedelta(seconds=spent) <= LONGEST_BEAT


async def _beats(connection: asyncpg.Connection) -> bool:
    began = time.monotonic()
    (row,) = await connection.fetch(_BEAT.sql)
    return is_fresh(row[1], read_at=row[0], spent=time.monotonic() - began)


async def _read(server: Server, connection: asyncpg.Connection, taken: Sequence[Waiting]) -> None:
    """Read for all of these with one statement. Raises Stale when it is too old to be an answer."""
    asked = [one for waiting in taken for one in waiting.asked]
    wanted = statement(Dialect.POSTGRESQL, asked, form=taken[0].form)
    began = time.monotonic()
    reading = Reading(await connection.fetch(_numbered(wanted.sql), *wanted.parameters))
    spent = time.monotonic() - began
    if server.beats and reading.read_at is not None:
        if not is_fresh(reading.beat_at, read_at=reading.read_at, spent=spent):
            raise Stale
    elif spent > LONGEST_BEAT.total_seconds():
        raise Stale
    share(reading, taken)


def _end(working: "asyncio.Task[None]", _: object) -> None:
    working.cancel()


@lru_cache(maxsize=64)
def _numbered(sql: str) -> str:
    """Give the statement with `$1` for the first `%s`."""
    places = iter(range(1, sql.count("%s") + 1))
    return re.sub("%s", lambda _: f"${next(places)}", sql)
