"""The statement behind lists of an organisation's clients, for one member who looks. No Django.

One row for each client whom a licence of this member reaches, with a reason or without. What needs a reason first is
found by name, birth year and team only: `reached` is 0 then, and there are no days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from namens.lib.folding import folded
from namens.mandates.membership import Dialect
from namens.organisations.reach import Ground

MOST_WORDS = 6
_YEAR = 4


class Whose(StrEnum):
    """Whose clients: those that the member looks after, those of the member's teams, or everybody's."""

    MINE = "mine"
    TEAM = "team"
    ALL = "all"


class Sort(StrEnum):
    """In which order."""

    NAME = "name"
    LAST_DAY = "last-day"
    NEWEST = "newest"


@dataclass(frozen=True)
class Wanted:
    """Which clients, in which order. What is left out asks for nothing.

    `typed` are words of a name, or a birth year. `ends_by` and `news_since` together mean either of them: something
    ends by that day, or is new to the organisation or to who looks after it since then. `begun` leaves out what starts
    later, `reached_now` who needs a reason first, `services` what is for other services only.
    """

    typed: str = ""
    whose: Whose = Whose.ALL
    sort: Sort = Sort.NAME
    ends_by: date | None = None
    news_since: datetime | str | None = None
    begun: bool = False
    reached_now: bool = False
    services: frozenset[UUID] | None = None
    among: Sequence[UUID] = ()


@dataclass(frozen=True)
class Looker:
    """The member who looks, and what the licences of that member reach: never empty."""

    member: UUID
    organisation: UUID
    team: UUID | None
    grounds: frozenset[Ground]

    @property
    def teams(self) -> list[UUID]:
        """Give the own team, and those for which a licence is."""
        return sorted({team for team in (self.team, *(one.team for one in self.grounds)) if team is not None})


@dataclass
class Named:
    """Parameters by name, as they are put into the statement."""

    dialect: Dialect
    values: dict[str, Any] = field(default_factory=dict)

    def place(self, value: object) -> str:
        """Give the place of one more value."""
        name = f"p{len(self.values)}"
        self.values[name] = value.hex if isinstance(value, UUID) and self.dialect is Dialect.SQLITE else value
        return f"%({name})s"

    def places(self, values: Iterable[object]) -> str:
        """Give the places of these values, for `IN`; without any nothing is in it."""
        return ", ".join(self.place(value) for value in values) or "NULL"


@dataclass(frozen=True)
class Statement:
    """SQL with named places, and what goes into them."""

    sql: str
    parameters: Mapping[str, Any]


_TEMPLATE = """
WITH opened_today AS (
  SELECT client_id FROM organisations_opening WHERE member_id = {member} AND day = {today}
), line_now AS (
  SELECT line.representee_id AS client, line.last_day, line.current, mandate.activated_at,
         assignment.id AS assignment, assignment.since, CASE WHEN {reached} THEN 1 ELSE 0 END AS reached
  FROM mandates_mandateservice AS line
  JOIN mandates_mandate AS mandate ON mandate.id = line.mandate_id
  LEFT JOIN organisations_assignment AS assignment
         ON assignment.organisation_id = {organisation} AND assignment.client_id = line.representee_id
        AND assignment.until IS NULL
  WHERE line.representative_id = {organisation} AND line.stopped_at IS NULL AND line.last_day >= {today}
    AND mandate.state = 'active' AND {reachable}{narrowed}
    AND line.representee_id NOT IN (
      SELECT client_id FROM organisations_leftout WHERE member_id = {member} AND until IS NULL)
), client_now AS (
  SELECT client, assignment, since, max(reached) AS reached, max(CASE WHEN reached = 1 THEN activated_at END) AS newest,
         coalesce(min(CASE WHEN reached = 1 AND current THEN last_day END),
                  max(CASE WHEN reached = 1 THEN last_day END)) AS last_day
  FROM line_now GROUP BY client, assignment, since
), shown AS (
  SELECT found.*, person.given_names, person.prefix, person.family_name, person.birth_date, person.folded_name
  FROM client_now AS found JOIN parties_person AS person ON person.party_id = found.client
  WHERE {found}
  ORDER BY {order}
  LIMIT {most} OFFSET {start}
)
SELECT found.client, found.given_names, found.prefix, found.family_name, found.birth_date, found.reached,
       found.last_day, found.newest, found.since, keeper.party_id, keeper.given_name, keeper.family_name,
       team.id, team.name
FROM shown AS found
LEFT JOIN organisations_assignment AS assignment ON assignment.id = found.assignment
LEFT JOIN organisations_member AS keeper ON keeper.party_id = assignment.member_id
LEFT JOIN organisations_team AS team ON team.id = assignment.team_id
ORDER BY {order}
"""


def statement(
    dialect: Dialect, *, looker: Looker, wanted: Wanted, today: date, start: int = 0, most: int = 26
) -> Statement:
    """Give the statement for the clients from number `start` on, `most` at most."""
    named = Named(dialect)
    day = named.place(today)
    sql = _TEMPLATE.format(
        organisation=named.place(looker.organisation),
        member=named.place(looker.member),
        today=day,
        reached=_reached(looker, named, needs_reason=False),
        reachable=_reached(looker, named, needs_reason=not wanted.reached_now),
        narrowed="".join(f" AND {one}" for one in _narrowed(looker, wanted, named, day)),
        found=" AND ".join(_found(wanted, named)) or "1 = 1",
        order=_order(dialect, wanted.sort),
        most=named.place(most),
        start=named.place(start),
    )
    return Statement(sql=sql, parameters=named.values)


def _reached(looker: Looker, named: Named, *, needs_reason: bool) -> str:
    """Say when a licence reaches a line: for a team that team's, else the own team's, nobody's, and those opened today.

    With `needs_reason` also those that such a licence reaches once a reason is given.
    """
    of_team: dict[UUID | None, list[UUID]] = {}
    for ground in sorted(looker.grounds, key=lambda one: (str(one.team), one.service)):
        of_team.setdefault(ground.team, []).append(ground.service)
    ways = [
        f"(assignment.team_id = {named.place(team)} AND line.service_id IN ({named.places(services)}))"
        for team, services in of_team.items()
        if team is not None
    ]
    if None in of_team:
        covered = f"line.service_id IN ({named.places(of_team[None])})"
        own = "" if looker.team is None else f" OR assignment.team_id = {named.place(looker.team)}"
        opened = " OR line.representee_id IN (SELECT client_id FROM opened_today)"
        reason = "" if needs_reason else f" AND (assignment.team_id IS NULL{own}{opened})"
        ways.append(f"({covered}{reason})")
    return f"({' OR '.join(ways)})"


def _narrowed(looker: Looker, wanted: Wanted, named: Named, today: str) -> Iterable[str]:
    if wanted.services is not None:
        yield f"line.service_id IN ({named.places(sorted(wanted.services))})"
    if wanted.among:
        yield f"line.representee_id IN ({named.places(wanted.among)})"
    if wanted.begun:
        yield f"mandate.first_day <= {today}"
    if wanted.whose is Whose.MINE:
        yield f"assignment.member_id = {named.place(looker.member)}"
    elif wanted.whose is Whose.TEAM and looker.teams:
        yield f"assignment.team_id IN ({named.places(looker.teams)})"
    elif wanted.whose is Whose.TEAM:
        yield "assignment.team_id IS NULL"


def _found(wanted: Wanted, named: Named) -> Iterable[str]:
    for word in folded(wanted.typed).split()[:MOST_WORDS]:
        in_name = f"person.folded_name LIKE {named.place(f'%{word}%')}"
        is_year = len(word) == _YEAR and word.isdecimal()
        yield f"person.birth_date LIKE {named.place(f'{word}%')}" if is_year else in_name
    either = []
    if wanted.ends_by is not None:
        either.append(f"found.last_day <= {named.place(wanted.ends_by)}")
    if wanted.news_since is not None:
        since = named.place(wanted.news_since)
        either.append(f"found.newest >= {since}")
        either.append(f"(found.reached = 1 AND found.since >= {since})")
    if either:
        yield f"({' OR '.join(either)})"


def _order(dialect: Dialect, sort: Sort) -> str:
    by_name = f"folded_name COLLATE {'BINARY' if dialect is Dialect.SQLITE else chr(34) + 'C' + chr(34)}"
    first = {
        Sort.NAME: "",
        Sort.LAST_DAY: "found.last_day IS NULL, found.last_day, ",
        Sort.NEWEST: "found.newest IS NULL, found.newest DESC, ",
    }
    return f"{first[sort]}{by_name}, found.client"
