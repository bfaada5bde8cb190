"""Django's PostgreSQL, with a commit that replicas have applied. Django looks for a file of this name (`ENGINE`)."""

from typing import Any

import structlog
from django.db import transaction
from django.db.backends.base.base import debug_transaction
from django.db.backends.postgresql import base as postgresql

from namens.replicas import confirming

log = structlog.get_logger()


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """One connection. A transaction that was marked waits at its commit until every listed replica has applied it."""

    takes_access_away = False

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; whatever was marked on an older connection is gone with it."""
        self.takes_access_away = False
        return super().get_new_connection(conn_params)

    def _commit(self) -> None:
        if self.connection is None or not self.takes_access_away:
            return super()._commit()
        self.takes_access_away = False
        with debug_transaction(self, "COMMIT"), self.wrap_database_errors:
            if not confirming.commit(self.connection):
                # Durable here, and whoever did not apply it by now answers 503: docs/replicas.md, "Why this is safe".
                log.warning("not confirmed by every replica", waited_seconds=confirming.MOST_SECONDS)
        return None

    def _rollback(self) -> None:
        self.takes_access_away = False
        super()._rollback()


def reach_replicas() -> None:
    """Let the present transaction be applied by every listed replica before its commit is told. Nothing without them."""
    connection = transaction.get_connection()
    if isinstance(connection, DatabaseWrapper):
        connection.takes_access_away = True
