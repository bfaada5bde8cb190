"""A commit that waits for replicas, and not for ever. Knows psycopg only.

PostgreSQL waits without end for a replica that stands still: `statement_timeout` does not count there, and a wait that
is cancelled ends in a commit that succeeds, with a warning.
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


class Confirmed:
    """Within it, a commit waits until every listed replica has applied it, at most so many seconds.

    Afterwards `by_all` says whether all did. When not, the wait was ended, by us or by an administrator, and the commit
    is durable on the primary server only. It raises as any commit does, when nothing was committed or nobody knows.
    """

    def __init__(self, connection: psycopg.Connection[Any], *, most_seconds: float = MOST_SECONDS) -> None:
        self.by_all = True
        self._connection = connection
        self._timer = threading.Timer(most_seconds, self._cancel)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        # Here and not where it was marked: a savepoint that is rolled back would take the setting with it.
        self._connection.execute("SET LOCAL synchronous_commit = remote_apply")
        self._connection.add_notice_handler(self._hear)
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        # A cancel under way has to be over: late, it would hit what this connection does next.
        self._timer.join()
        self._connection.remove_notice_handler(self._hear)

    def _hear(self, diagnostic: psycopg.errors.Diagnostic) -> None:
        if diagnostic.sqlstate == STOPPED_WAITING:
            self.by_all = False

    def _cancel(self) -> None:
        with suppress(psycopg.Error):
            self._connection.cancel_safe(timeout=CANCEL_SECONDS)
