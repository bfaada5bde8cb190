"""The one statement that reads all a decision rests on. One template, two dialects; no Django.

It has a row for each portal that asks, with all of the portal in one JSON value, and a row for each line of a mandate
between two who are asked about. Each row of the second sort carries the number of what was asked. There are these
forms: `PAIRS`, one or many, each a representative and a representee; `CLIENTS`, everybody whom a representative has a
line for; and the pages of searches, see `listing`, of which one is asked at a time.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from namens.mandates import listing
from namens.mandates.listing import ORGANISATION, PageOf
from namens.mandates.membership import Dialect, intervals_column, member_column, reach_column


class Form(StrEnum):
    """Which lines are asked for."""

    PAIRS = "line.representative_id = asked.party AND line.representee_id = asked.representee"
    CLIENTS = "line.representative_id = asked.party"
    CLIENTS_PAGE = PageOf.CLIENTS.line
    PERSONS_PAGE = PageOf.PERSONS.line
    MEMBERS_PAGE = PageOf.MEMBERS.line

    @property
    def page(self) -> PageOf | None:
        """Give what a search lists; None for what is no search."""
        return _PAGES.get(self)


_PAGES = {
    Form.CLIENTS_PAGE: PageOf.CLIENTS,
    Form.PERSONS_PAGE: PageOf.PERSONS,
    Form.MEMBERS_PAGE: PageOf.MEMBERS,
}


class Asked(NamedTuple):
    """Who is asked about, by which portal (its client id).

    `party` and `representee` are ids of parties. Who is known by a number only is `party_named` or
    `representee_named`: the digests of a BSN with spaces between, or a KvK number. With `past` the suspensions are read
    too: what was so at an earlier moment needs them.

    A search is for one `service`. It gives at most `most` people, those with ids after `after`.
    """

    portal: str
    party: UUID | None = None
    member: UUID | None = None
    representee: UUID | None = None
    party_named: str = ""
    representee_named: str = ""
    past: bool = False
    service: str = ""
    after: UUID | None = None
    most: int = 0


@dataclass(frozen=True)
class Statement:
    """SQL with `%s` places, and what goes into them."""

    sql: str
    parameters: tuple[Any, ...]


class Found(NamedTuple):
    """A row, by the names of its columns. The first four are of the portal's row, and of what it was read from.

    The last two are there for a page of members only: which member, and the KvK number of whom they work for.
    """

    number: int | None
    portal: Any
    beat_at: Any
    read_at: Any
    service: Any
    representee: Any
    mandate: Any
    state: Any
    first_day: Any
    last_day: Any
    known_since: Any
    activated_at: Any
    ended_at: Any
    stopped_at: Any
    granted_actions: Any
    granted_since: Any
    sensitive_seen: Any
    minimum_level: Any
    service_seen: Any
    kind: Any
    representative: Any
    suspensions: Any
    member: Any
    reach: Any
    listed_member: Any = None
    organisation: Any = None


_TEMPLATE = """
WITH given AS ({given}), asked AS (
  SELECT number, client_id, member, past, {party} AS party, {representee} AS representee FROM given
){candidates}
SELECT NULL AS number, CAST({portal} AS text) AS portal, {beat} AS beat_at, {now} AS read_at, {none}
FROM services_portal AS portal WHERE portal.client_id IN (SELECT client_id FROM given)
UNION ALL
SELECT asked.number, NULL, NULL, NULL, service.key, line.representee_id, line.mandate_id, mandate.state,
       mandate.first_day, line.last_day, coalesce(mandate.helper_since, mandate.offered_at), mandate.activated_at,
       mandate.ended_at, line.stopped_at, mandate.granted_actions, mandate.granted_since,
       mandate.sensitive_seen, line.minimum_level, line.sensitive_seen,
       helper.kind, line.representative_id,
       {suspensions}, {member}, {reach}{more}
FROM asked {lines}
JOIN services_portal AS portal ON portal.client_id = asked.client_id
JOIN services_portal_services AS offers ON offers.portal_id = portal.id AND offers.service_id = line.service_id
JOIN services_service AS service ON service.id = line.service_id
JOIN mandates_mandate AS mandate ON mandate.id = line.mandate_id
JOIN parties_party AS helper ON helper.id = line.representative_id
"""
_OF_PORTAL, _ONLY_FOR_MEMBERS = 4, 2
_KINDS = {"number": "int", "client_id": "text", "party": "uuid", "member": "uuid", "representee": "uuid",
          "party_named": "text", "representee_named": "text", "past": "bool"}  # fmt: skip
_KINDS_OF_PAGE = {**_KINDS, "service": "text", "after_id": "uuid", "most": "int"}


def statement(dialect: Dialect, asked: Sequence[Asked], *, form: Form = Form.PAIRS) -> Statement:
    """Give the statement for what is asked; rows carry the place of each in `asked`, from 0.

    Raises ValueError for more than one page of a search.
    """
    if form.page and len(asked) != 1:
        raise ValueError("one page of a search at a time")
    columns = len(_kinds(form)) - 1
    numbered = [(number, *one[:columns]) for number, one in enumerate(asked)]
    sql = _sql(dialect, form, _needs(asked, form))
    if dialect is Dialect.SQLITE:
        given = json.dumps([[one.hex if isinstance(one, UUID) else one for one in row] for row in numbered])
        return Statement(sql=sql, parameters=(given,))
    return Statement(sql=sql, parameters=tuple(map(list, zip(*numbered, strict=True))))


class Needs(NamedTuple):
    """What somebody among those asked about needs. What nobody needs is not in the statement: it would cost all."""

    names: bool
    members: bool
    past: bool


def _needs(asked: Sequence[Asked], form: Form) -> Needs:
    return Needs(
        names=any(one.party_named or one.representee_named for one in asked),
        members=form.page is PageOf.MEMBERS or any(one.member is not None for one in asked),
        past=any(one.past for one in asked),
    )


@lru_cache
def _sql(dialect: Dialect, form: Form, needs: Needs) -> str:
    page = form.page
    acting, organisation = ("asked.member", "asked.party")
    columns = list(Found._fields[_OF_PORTAL:-_ONLY_FOR_MEMBERS])
    if page is PageOf.MEMBERS:
        acting, organisation = ("candidate.id", "line.representative_id")
        columns.extend(Found._fields[-_ONLY_FOR_MEMBERS:])
    suspended = intervals_column(dialect, rest="FROM mandates_suspension WHERE mandate_id = mandate.id")
    member = member_column(dialect, member=acting, organisation=organisation, past="asked.past")
    reach = reach_column(dialect, client="line.representee_id", member=acting, organisation=organisation)
    return _TEMPLATE.format(
        given=_given(dialect, _kinds(form)),
        party=_named(dialect, "party", ORGANISATION) if needs.names else "party",
        representee=_named(dialect, "representee") if needs.names else "representee",
        candidates=listing.candidates(page, dialect) if page else "",
        lines=listing.lines(page, dialect) if page else f"JOIN mandates_mandateservice AS line ON {form.value}",
        portal=_portal_column(dialect),
        beat="NULL" if dialect is Dialect.SQLITE else "(SELECT beat_at FROM journal_heartbeat)",
        now="NULL" if dialect is Dialect.SQLITE else "now()",
        none=", ".join("NULL" for _ in columns),
        suspensions=f"CASE WHEN asked.past THEN CAST({suspended} AS text) END" if needs.past else "NULL",
        member=f"CASE WHEN {acting} IS NOT NULL THEN {member} END" if needs.members else "NULL",
        reach=f"CASE WHEN {acting} IS NOT NULL THEN {reach} END" if needs.members else "NULL",
        more=listing.MEMBER_COLUMNS if page is PageOf.MEMBERS else "",
    )


def _kinds(form: Form) -> dict[str, str]:
    return _KINDS_OF_PAGE if form.page else _KINDS


def _given(dialect: Dialect, kinds: dict[str, str]) -> str:
    if dialect is Dialect.SQLITE:
        columns = ", ".join(f"value ->> {place} AS {name}" for place, name in enumerate(kinds))
        return f"SELECT {columns} FROM json_each(%s)"  # noqa: S608 - only names that stand in this file
    arrays = ", ".join(f"%s::{kind}[]" for kind in kinds.values())
    return f"SELECT * FROM unnest({arrays}) AS given({', '.join(kinds)})"  # noqa: S608 - as above


def _named(dialect: Dialect, column: str, *others: str) -> str:
    """Give the id that was asked about, or of whom a number names."""
    found = (_person(dialect, f"given.{column}_named"), *others)
    return f"coalesce({column}, {', '.join(f'({one})' for one in found)})"


def _person(dialect: Dialect, digests: str) -> str:
    if dialect is Dialect.SQLITE:
        one_by_one = f"""'["' || replace({digests}, ' ', '","') || '"]'"""
        among = f"IN (SELECT value FROM json_each({one_by_one}))"  # noqa: S608 - as above
    else:
        among = f"= ANY (string_to_array({digests}, ' '))"
    return f"SELECT party_id FROM parties_person WHERE bsn_digest {among} LIMIT 1"  # noqa: S608 - as above


def _portal_column(dialect: Dialect) -> str:
    as_json = "json({})" if dialect is Dialect.SQLITE else "{}"
    service = dialect.json_object(
        "key", "minimum_level", "active", prefix="service.", actions=as_json.format("service.sensitive_actions")
    )
    offered = dialect.json_array(
        service,
        rest="FROM services_portal_services AS offers JOIN services_service AS service"
        " ON service.id = offers.service_id WHERE offers.portal_id = portal.id",
    )
    return dialect.json_object(
        "id", "client_id", "sector", "status", "bsn_legal_basis", "search_basis", "gives_reasons",
        "journals_decisions", prefix="portal.",
        machine_scopes=as_json.format("portal.machine_scopes"), services=offered,
    )  # fmt: skip
