"""A commit that waits for replicas, and not for ever. Knows psycopg only.

PostgreSQL waits without end for a replica that stands still: `statement_timeout` does not count there, and a wait that is
cancelled ends in a commit that succeeds, with a warning.
"""

import threading
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import psycopg

MOST_SECONDS = 5.0
CANCEL_SECONDS = 2.0
# Class 01, no further code: what PostgreSQL says when it stopped waiting for replicas. Its words follow `lc_messages`.
STOPPED_WAITING = "01000"


def commit(connection: psycopg.Connection[Any], *, most_seconds: float = MOST_SECONDS) -> bool:
    """Commit, and wait until every listed replica has applied it, at most so long.

    True when all did. False when the wait was ended, by us or by an administrator: then it is durable on the primary
    server only. Raises psycopg.Error when it was not committed, or when the connection broke and nobody knows.
    """
    said: list[str | None] = []

    def hear(diagnostic: psycopg.errors.Diagnostic) -> None:
        said.append(diagnostic.sqlstate)

    # Here and not where it was marked: a savepoint that is rolled back would take the setting with it.
    connection.execute("SET LOCAL synchronous_commit = remote_apply")
    connection.add_notice_handler(hear)
    try:
        with Patience(connection, seconds=most_seconds):
            connection.commit()
    finally:
        connection.remove_notice_handler(hear)
    return STOPPED_WAITING not in said


class Patience:
    """Cancels what a connection is doing when it takes too long, and never what it does afterwards."""

    def __init__(self, connection: psycopg.Connection[Any], *, seconds: float) -> None:
        self._connection = connection
        self._timer = threading.Timer(seconds, self._cancel)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        # A cancel under way has to be over: late, it would hit the next statement.
        self._timer.join()

    def _cancel(self) -> None:
        with suppress(psycopg.Error):
            self._connection.cancel_safe(timeout=CANCEL_SECONDS)
