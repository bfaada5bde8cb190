"""What the servers say when they are asked with plain SQL, as the decisions door would."""

import math
import time
from collections.abc import Callable
from pathlib import Path

from tools.replicas import Bench, Server

OLDEST_BEAT = 2.0


def holds(server: Server, mandate: str, *, condition: str) -> bool:
    """Say whether this server sees the mandate like that."""
    statement = f"SELECT count(*) FROM mandates_mandate WHERE id = %s AND {condition}"
    return bool(server.execute(statement, mandate, database="namens")[0][0])


def is_stopped(server: Server, mandate: str) -> bool:
    """Say whether this server sees that it ended."""
    return holds(server, mandate, condition="state = 'ended'")


def age(server: Server) -> float:
    """Give how old the heartbeat is there, by its own clock, in seconds; infinite when it never beat."""
    statement = "SELECT extract(epoch FROM now() - beat_at) FROM journal_heartbeat WHERE id = 1"
    rows = server.execute(statement, database="namens")
    return float(rows[0][0]) if rows else math.inf


def until_it_beats(bench: Bench) -> None:
    """Wait until a worker that was just started has begun, and all goes well."""
    began = time.monotonic()
    assert comes_true(lambda: age(bench.primary) < time.monotonic() - began, within=20)
    assert comes_true(lambda: goes_well(bench), within=10)


def goes_well(bench: Bench) -> bool:
    """Say whether every server answers, and commits wait for every replica."""
    return bench.waited_for == set(bench.names) and not any(refuses(server) for server in bench.servers)


def refuses(server: Server) -> bool:
    """Say whether what reads from this server answers 503."""
    return not -OLDEST_BEAT <= age(server) <= OLDEST_BEAT


def comes_true(what: Callable[[], bool], *, within: float) -> bool:
    """Say whether it comes true within so many seconds."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.03)
    return False


def told(log: Path, event: str) -> int:
    """Count how often this stands in a log."""
    return log.read_text(encoding="utf-8").count(f'"event": "{event}"')
