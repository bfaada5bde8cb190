"""What stops a start, or is told, when replicas are listed and the database cannot do what they need."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's name
from django.db import Error as DatabaseError
from django.db import connection

from namens.replicas import listing

HINT = "docs/replicas.md"
OLDEST_VERSION = 150_000
# Each but the setting is true where all is well. Rights are those of the account that the worker connects with.
_SEEN = """
SELECT NOT pg_is_in_recovery(), current_setting('synchronous_commit') IN ('local', 'off'),
       has_function_privilege('pg_reload_conf()', 'EXECUTE') AND pg_has_role('pg_read_all_stats', 'USAGE')
       AND has_parameter_privilege('synchronous_standby_names', 'ALTER SYSTEM'),
       current_setting('synchronous_standby_names')
"""


@register
def replicas_can_be_kept(**_options: object) -> list[CheckMessage]:
    """Give what is wrong where replicas are listed. A database that is away now says nothing."""
    names = settings.DECISIONS.replicas
    if not names:
        return []
    if connection.vendor != "postgresql":
        return [Error("NAMENS_REPLICAS is set, and the database is not PostgreSQL", hint=HINT, id="namens.E050")]
    try:
        with connection.cursor() as cursor:
            if connection.connection.info.server_version < OLDEST_VERSION:
                return [Error("replicas need PostgreSQL 15 or newer", hint=HINT, id="namens.E051")]
            cursor.execute(_SEEN)
            return _wrong_with(names, *cursor.fetchone())
    except DatabaseError:
        return []


def _wrong_with(
    names: tuple[str, ...],
    is_primary: bool,  # noqa: FBT001 - a column
    is_local: bool,  # noqa: FBT001 - a column
    may_keep: bool,  # noqa: FBT001 - a column
    setting: str,
) -> list[CheckMessage]:
    if not is_primary:
        return [Error("NAMENS_DATABASE_URL leads to a replica", hint=HINT, id="namens.E052")]
    told: list[CheckMessage] = []
    if not may_keep:
        # Only a worker needs it; pages and doors start with the same checks, and go on safely without.
        told.append(Warning("the database account may not keep the list of replicas", hint=HINT, id="namens.W053"))
    if not is_local:
        told.append(Warning("synchronous_commit is not local: every commit waits", hint=HINT, id="namens.W054"))
    listed = listing.read(setting, names=names)
    if setting not in ("", listing.write([name for name in names if name in listed])):
        told.append(Warning("synchronous_standby_names is not what the worker writes", hint=HINT, id="namens.W055"))
    return told
