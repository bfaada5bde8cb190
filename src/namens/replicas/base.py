"""Django's PostgreSQL, with a commit that replicas have applied. Django looks for a file of this name (`ENGINE`)."""

from typing import Any

import structlog
from django.db import transaction
from django.db.backends.postgresql import base as postgresql

from namens.replicas import confirming

log = structlog.get_logger()


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """One connection. A transaction that was marked waits at its commit until every listed replica has applied it."""

    takes_access_away = False

    def connect(self) -> None:
        """Connect; what was marked on an older connection is gone with it."""
        self.takes_access_away = False
        super().connect()

    def commit(self) -> None:
        """Commit. False hope is not given: what broke on the way raises, as always."""
        marked, self.takes_access_away = self.takes_access_away, False
        if not marked or self.connection is None:
            super().commit()
            return
        waiting = confirming.Confirmed(self.connection)
        with self.wrap_database_errors, waiting:
            super().commit()
        if not waiting.by_all:
            # Durable here, and who did not apply it by now answers 503: docs/replicas.md, "Why this is safe".
            log.warning("not confirmed by every replica", waited_seconds=confirming.MOST_SECONDS)

    def rollback(self) -> None:
        """Roll back, and forget the mark."""
        self.takes_access_away = False
        super().rollback()


def reach_replicas() -> None:
    """Let this transaction be applied by every listed replica before its commit is told. Without them: nothing."""
    connection: Any = transaction.get_connection()
    if isinstance(connection, DatabaseWrapper):
        connection.takes_access_away = True
