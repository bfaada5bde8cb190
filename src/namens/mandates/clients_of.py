"""Reading the clients of an organisation as one member of it may know them: for the work list, and for portals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from namens.lib import clock
from namens.mandates.client_list import Looker, Sort, Wanted, Whose, statement
from namens.mandates.columns import as_day, as_instant
from namens.mandates.membership import Dialect
from namens.mandates.models import MandateService
from namens.mandates.states import State
from namens.organisations.models import Member
from namens.organisations.reach import Ground, grounds_of
from namens.parties.facts import PersonName

__all__ = ["ClientOf", "Sort", "Wanted", "Whose", "clients_of", "grounds_of", "lines_of"]


@dataclass(frozen=True)
class ClientOf:
    """A client of the organisation. `keeper` is the member who looks after the client, `team` whose client it is.

    With `needs_reason` the client is of another team: the days are left out until a reason was given today.
    """

    party: UUID
    name: str
    birth_year: str
    needs_reason: bool
    last_day: date | None
    newest: datetime | None
    keeper: UUID | None
    keeper_name: str
    since: datetime | None
    team: UUID | None
    team_name: str


def clients_of(
    member: Member,
    *,
    grounds: frozenset[Ground],
    wanted: Wanted,
    now: datetime,
    start: int = 0,
    most: int = 26,
) -> list[ClientOf]:
    """Give the clients whom these licences of the member reach (see `grounds_of`), from number `start` on.

    The member is at work. One statement; none when no licence reaches anybody.
    """
    if not grounds:
        return []
    looker = Looker(member=member.party_id, organisation=member.organisation_id, team=member.team_id, grounds=grounds)
    asked = statement(
        Dialect(connection.vendor),
        looker=looker,
        wanted=_adapted(wanted),
        today=clock.day_of(now),
        start=start,
        most=most,
    )
    with connection.cursor() as cursor:
        cursor.execute(asked.sql, asked.parameters)
        return [_client(row) for row in cursor.fetchall()]


def lines_of(
    member: Member, *, clients: Iterable[ClientOf], grounds: frozenset[Ground], now: datetime
) -> dict[UUID, list[MandateService]]:
    """Give for each of these clients the running lines that the licences are for, the longest of each service.

    Nothing for who needs a reason first. One statement.
    """
    running = MandateService.objects.filter(
        representative=member.organisation_id,
        representee__in=[client.party for client in clients if not client.needs_reason],
        service__in={ground.service for ground in grounds},
        stopped_at__isnull=True,
        last_day__gte=clock.day_of(now),
        mandate__state=State.ACTIVE,
    )
    found: dict[tuple[UUID, UUID], MandateService] = {}
    for line in running.select_related("service", "mandate").order_by("service__position", "service__key", "last_day"):
        found[line.representee_id, line.service_id] = line
    lines: dict[UUID, list[MandateService]] = {}
    for line in found.values():
        lines.setdefault(line.representee_id, []).append(line)
    return lines


def _adapted(wanted: Wanted) -> Wanted:
    """Give the same question with the instant in it as this database writes it."""
    if not isinstance(wanted.news_since, datetime):
        return wanted
    return replace(wanted, news_since=connection.ops.adapt_datetimefield_value(wanted.news_since))


def _client(row: Sequence[Any]) -> ClientOf:
    given_names, prefix, family_name, birth_date = (str(part) for part in row[1:5])
    return ClientOf(
        party=_id(row[0]),
        name=PersonName(given_names=given_names, prefix=prefix, family_name=family_name).full,
        birth_year=birth_date[:4],
        needs_reason=not row[5],
        last_day=None if row[6] is None else as_day(row[6]),
        newest=as_instant(row[7]),
        since=as_instant(row[8]),
        keeper=None if row[9] is None else _id(row[9]),
        keeper_name=" ".join(filter(None, row[10:12])),
        team=None if row[12] is None else _id(row[12]),
        team_name=str(row[13] or ""),
    )


def _id(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))
