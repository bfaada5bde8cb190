"""Where a hand-off stands, for the page that asks it every 2.5 seconds: the statement is made once for each process.

It is that of `queries.with_standing`, so there is one rule. Making it takes Django twenty times what running it takes.
Who left the organisation hears nothing any more.
"""

from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Exists, OuterRef, Subquery, UUIDField

from namens.appointments.models import HandOff
from namens.appointments.queries import Standing, is_seen_no_more, with_standing
from namens.mandates.columns import as_instant
from namens.organisations.models import Member

# Stand-ins, of which the places are found again in the finished statement.
_KEY, _ASKED, _NOW = "0" * 32, UUID(int=1), datetime(1900, 1, 1, tzinfo=UTC)


def look(*, asked: UUID, session: str, now: datetime) -> tuple[UUID, str | None, Standing] | None:
    """Give who made this hand-off, what is kept in the session with this key, and where it stands. One statement."""
    statement, parameters = _made_once(connection.vendor)
    values = _as_parameters(key=session, asked=asked, now=now)
    with connection.cursor() as cursor:
        cursor.execute(statement, [values[name] if name else kept for name, kept in parameters])
        row = cursor.fetchone()
    if row is None or is_seen_no_more(Standing(row[2]), closes_at=as_instant(row[3]), now=now):
        return None
    return UUID(str(row[0])), row[1], Standing(row[2])


@cache
def _made_once(_vendor: str) -> tuple[str, list[tuple[str, Any]]]:
    """Give the statement, and its parameters: each with its name where it is another one each time."""
    session = Session.objects.filter(session_key=_KEY, expire_date__gt=_NOW).values("session_data")
    beside = {"kept": Subquery(session)}
    left = Member.objects.filter(party=OuterRef("made_by"), ended_at__lte=_NOW)
    own = HandOff.objects.filter(~Exists(left), request=_ASKED)
    found = with_standing(own, now=_NOW).annotate(**beside)
    rows = found.values_list("made_by", *beside, "standing", "request__closes_at")
    statement, parameters = rows.query.get_compiler(connection=connection).as_sql()
    names = {value: name for name, value in _as_parameters(key=_KEY, asked=_ASKED, now=_NOW).items()}
    return statement, [(names.get(one, ""), one) for one in parameters]


def _as_parameters(*, key: str, asked: UUID, now: datetime) -> dict[str, Any]:
    """Give the three as this database takes them."""
    return {
        "key": key,
        "asked": UUIDField().get_db_prep_value(asked, connection),
        "now": connection.ops.adapt_datetimefield_value(now),
    }
