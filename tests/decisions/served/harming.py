"""What happens to a database: it crashes, is restarted, cuts connections off, is moved away, is held by somebody."""

import os
import secrets
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from threading import Lock

import psycopg

from tests.decisions.served.world import World

STEP, STOPPED_WITHIN = 0.02, 20.0
LONGEST_AWAY = 1.0


def harms(world: World, *, at_work: Lock) -> dict[str, Callable[[], None]]:
    """Give what can be done to this database; each is over when it returns."""
    if world.server is None:
        return {"moved": lambda: move(world, at_work), "held": lambda: hold(world), "folded": lambda: fold(world)}
    return {"crashed": lambda: crash(world), "restarted": lambda: restart(world), "cut": lambda: cut(world)}


def crash(world: World) -> None:
    """End the server without a word, and bring it back."""
    assert world.server is not None
    with world.server.crashed():
        wait()


def restart(world: World) -> None:
    """End the server as an operator does, and bring it back."""
    with stopped(world):
        wait()


@contextmanager
def stopped(world: World) -> Iterator[None]:
    """Have no server for a while: sessions end, and what was done is on the disk."""
    assert world.server is not None
    handle = world.server.handle
    assert handle is not None
    noted = handle.pgdata / "postmaster.pid"
    os.kill(int(noted.read_text(encoding="utf-8").split()[0]), signal.SIGINT)
    until = time.monotonic() + STOPPED_WITHIN
    while noted.exists() and time.monotonic() < until:
        time.sleep(STEP)
    try:
        yield
    finally:
        handle.ensure_postgres_running()


def cut(world: World) -> None:
    """Cut every connection of the door off, in the middle of whatever it does."""
    with psycopg.connect(world.address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'namens-decisions'"
        )


def move(world: World, at_work: Lock) -> None:
    """Have no file for a while. Nobody writes meanwhile: they would make an empty one."""
    assert world.file is not None
    with at_work:
        away = world.file.with_suffix(".away")
        world.file.rename(away)
        wait()
        away.rename(world.file)


def hold(world: World) -> None:
    """Let somebody write for a while: whoever else wants to write waits, and whoever reads does not."""
    assert world.file is not None
    with closing(sqlite3.connect(world.file, isolation_level=None, timeout=20)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        wait()
        connection.execute("ROLLBACK")


def fold(world: World) -> None:
    """Write what waits beside the file into it."""
    assert world.file is not None
    with closing(sqlite3.connect(world.file, isolation_level=None, timeout=20)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def wait() -> None:
    """Let some time go by."""
    time.sleep(secrets.randbelow(100) / 100 * LONGEST_AWAY)
