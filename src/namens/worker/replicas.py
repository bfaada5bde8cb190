"""Keeps replicas honest: a heartbeat by which they know that they are behind, and the list that commits wait for.

Runs beside the worker's turns with a connection of its own, in as many workers as there are. docs/replicas.md says why
this order is safe: a replica leaves the list only when it answers 503 already.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
import structlog
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import sql

from namens.replicas import listing
from namens.worker.falling_behind import Lags, Row

EVERY_SECONDS = 0.5
# Of several workers who comes too soon leaves the row alone. A beat from the future (a clock jumped) is put right.
BEAT = """
INSERT INTO journal_heartbeat (id, beat_at) VALUES (1, clock_timestamp())
ON CONFLICT (id) DO UPDATE SET beat_at = clock_timestamp()
WHERE journal_heartbeat.beat_at NOT BETWEEN clock_timestamp() - interval '0.3 s' AND clock_timestamp()
"""
FOLLOWING = """
SELECT lower(application_name), replay_lsn - '0/0', extract(epoch FROM reply_time - clock_timestamp())
FROM pg_stat_replication WHERE state IN ('streaming', 'catchup') AND lower(application_name) = ANY(%s)
"""
PRESENT = """
SELECT pg_current_wal_flush_lsn() - '0/0', current_setting('synchronous_standby_names'),
       pg_has_role('pg_read_all_stats', 'USAGE')
"""
# A server that restarts, a worker that is stopped in the middle: nothing here may wait for long.
ADDRESS = ("dbname", "user", "password", "host", "port")
LIMITS: dict[str, Any] = {"connect_timeout": 2, "tcp_user_timeout": 2000, "application_name": "namens-heartbeat"}
OPTIONS = "-c synchronous_commit=local -c statement_timeout=1500 -c lock_timeout=1000 -c idle_session_timeout=5000"
# Of one worker at a time; any number that nothing else uses.
LIST_LOCK = 5_270_042
SETTLES_WITHIN = 1.0
TOLD_EVERY = 60.0

log = structlog.get_logger()


class Keeper:
    """Beats, looks who follows, and keeps the list of replicas that commits wait for."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._lags = Lags(self._names)
        self._connection: psycopg.Connection[Any] | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="replicas", daemon=True)
        self._told: dict[str, float] = {}

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the turn under way."""
        self._stopping.set()
        self._thread.join()
        self._disconnect()

    def turn(self) -> None:
        """Beat once, and bring the list in line with who follows. Raises psycopg.Error when the server is away."""
        connection = self._connected()
        connection.execute(BEAT)
        reached, setting, may_look = self._present(connection)
        self._lags.mark(at=time.monotonic(), reached=reached)
        # Taken before the question: however long the answer takes, nobody looks further behind by it.
        asked_at = time.monotonic()
        self._lags.hear(self._following(connection), at=asked_at)
        if not may_look:
            # Everybody would look as if they were away: those who follow well stay in the list.
            self._tell_rights()
        elif self._wanted(setting) != setting:
            self._change(connection)
        for name in self._lags.slow_clocks:
            self._tell("the clock of a replica is behind", replica=name)

    def _run(self) -> None:
        while True:
            began = time.monotonic()
            try:
                self.turn()
            except Exception as problem:  # noqa: BLE001 - who dies silently lets every server refuse until a restart
                self._tell("no heartbeat", problem=type(problem).__name__)
                self._disconnect()
            if self._stopping.wait(max(0.0, began + EVERY_SECONDS - time.monotonic())):
                return

    def _connected(self) -> psycopg.Connection[Any]:
        if self._connection is None:
            parameters = connections[DEFAULT_DB_ALIAS].get_connection_params()
            address = {name: parameters[name] for name in ADDRESS if name in parameters}
            self._connection = psycopg.connect(**address, **LIMITS, options=OPTIONS, autocommit=True)
            # Perhaps another server than before, on another timeline: what was known of who follows is void.
            self._lags = Lags(self._names)
        return self._connection

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _present(self, connection: psycopg.Connection[Any]) -> tuple[int, str, bool]:
        row = connection.execute(PRESENT).fetchone()
        assert row is not None  # noqa: S101 - a SELECT without a table has one row
        return int(row[0]), row[1], row[2]

    def _following(self, connection: psycopg.Connection[Any]) -> list[Row]:
        found = connection.execute(FOLLOWING, [list(self._names)]).fetchall()
        return [Row(name=row[0], reached=int(row[1] or 0), clock=float(row[2] or 0)) for row in found]

    def _wanted(self, setting: str) -> str:
        listed = listing.read(setting, names=self._names)
        return listing.write(self._lags.belonging(listed))

    def _change(self, connection: psycopg.Connection[Any]) -> None:
        """Write the list anew, unless another worker is doing so. What does not belong there leaves it."""
        if not _is_true(connection.execute("SELECT pg_try_advisory_lock(%s)", [LIST_LOCK])):
            return
        try:
            _, before, _ = self._present(connection)
            wanted = self._wanted(before)
            if wanted != before:
                self._write(connection, wanted)
                self._tell_change(before, wanted)
        except psycopg.errors.InsufficientPrivilege:
            # The heart goes on: what waits for a replica then waits its five seconds.
            self._tell_rights()
        finally:
            connection.execute("SELECT pg_advisory_unlock(%s)", [LIST_LOCK])

    def _write(self, connection: psycopg.Connection[Any], wanted: str) -> None:
        connection.execute(sql.SQL("ALTER SYSTEM SET synchronous_standby_names = {}").format(sql.Literal(wanted)))
        connection.execute("SELECT pg_reload_conf()")
        deadline = time.monotonic() + SETTLES_WITHIN
        while self._present(connection)[1] != wanted and time.monotonic() < deadline:
            time.sleep(0.02)

    def _tell_change(self, before: str, after: str) -> None:
        old, new = (listing.read(setting, names=self._names) for setting in (before, after))
        for name in sorted(old - new):
            log.warning("replica taken out", replica=name, behind_seconds=round(self._lags.behind(name), 1))
        for name in sorted(new - old):
            log.warning("replica put back", replica=name)

    def _tell_rights(self) -> None:
        self._tell("the list of replicas cannot be changed", hint="docs/replicas.md, Rights")

    def _tell(self, event: str, **details: str) -> None:
        """Log it, at most once a minute."""
        now, key = time.monotonic(), f"{event} {details}"
        if now - self._told.get(key, -TOLD_EVERY) >= TOLD_EVERY:
            self._told[key] = now
            log.warning(event, **details)


@contextmanager
def keeping_replicas(*, only_once: bool = False) -> Iterator[None]:
    """Keep the replicas meanwhile, where any are listed; not for a worker that makes one turn."""
    names = settings.DECISIONS.replicas
    if only_once or not names or connections[DEFAULT_DB_ALIAS].vendor != "postgresql":
        yield
        return
    keeper = Keeper(names)
    keeper.start()
    try:
        yield
    finally:
        keeper.stop()


def _is_true(cursor: psycopg.Cursor[Any]) -> bool:
    row = cursor.fetchone()
    return row is not None and row[0] is True
