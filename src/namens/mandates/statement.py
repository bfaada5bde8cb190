"""The one statement that reads all a decision rests on. One template, two dialects; no Django.

It has a row for each portal that asks, with all of the portal in one JSON value, and a row for each line of a mandate
between two who are asked about. Each row of the second sort carries the number of what was asked. There are three
forms: `PAIRS`, one or many, each a representative and a representee; `CLIENTS`, everybody whom a representative has a
line for; `HELPERS`, everybody who has a line for a representee.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from namens.mandates.membership import Dialect, intervals_column, member_column, reach_column


class Form(StrEnum):
    """Which lines are asked for."""

    PAIRS = "line.representative_id = asked.party AND line.representee_id = asked.representee"
    CLIENTS = "line.representative_id = asked.party"
    HELPERS = "line.representee_id = asked.representee"


class Asked(NamedTuple):
    """Who is asked about, by which portal (its client id).

    `party` and `representee` are ids of parties. Who is known by a number only is `party_named` or
    `representee_named`: the digests of a BSN with spaces between, or a KvK number. With `past` the suspensions are read
    too: what was so at an earlier moment needs them.
    """

    portal: str
    party: UUID | None = None
    member: UUID | None = None
    representee: UUID | None = None
    party_named: str = ""
    representee_named: str = ""
    past: bool = False


@dataclass(frozen=True)
class Statement:
    """SQL with `%s` places, and what goes into them."""

    sql: str
    parameters: tuple[Any, ...]


class Found(NamedTuple):
    """A row, by the names of its columns. The first four are of the portal's row, and of what it was read from."""

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


_TEMPLATE = """
WITH given AS ({given}), asked AS (
  SELECT number, client_id, member, past, coalesce(party, {party}) AS party,
         coalesce(representee, {representee}) AS representee
  FROM given
)
SELECT NULL AS number, CAST({portal} AS text) AS portal, {beat} AS beat_at, {now} AS read_at, {none}
FROM services_portal AS portal WHERE portal.client_id IN (SELECT client_id FROM given)
UNION ALL
SELECT asked.number, NULL, NULL, NULL, service.key, line.representee_id, line.mandate_id, mandate.state,
       mandate.first_day, line.last_day, coalesce(mandate.helper_since, mandate.offered_at), mandate.activated_at,
       mandate.ended_at, line.stopped_at, mandate.granted_actions, mandate.granted_since,
       mandate.sensitive_seen, line.minimum_level, line.sensitive_seen,
       helper.kind, line.representative_id,
       CASE WHEN asked.past THEN CAST({suspensions} AS text) END,
       CASE WHEN asked.member IS NOT NULL THEN {member} END,
       CASE WHEN asked.member IS NOT NULL THEN {reach} END
FROM asked
JOIN mandates_mandateservice AS line ON {form}
JOIN services_portal AS portal ON portal.client_id = asked.client_id
JOIN services_portal_services AS offers ON offers.portal_id = portal.id AND offers.service_id = line.service_id
JOIN services_service AS service ON service.id = line.service_id
JOIN mandates_mandate AS mandate ON mandate.id = line.mandate_id
JOIN parties_party AS helper ON helper.id = line.representative_id
"""
_ORGANISATION = "SELECT party_id FROM organisations_organisation WHERE kvk_number = given.party_named"
_OF_PORTAL = 4


def statement(dialect: Dialect, asked: Sequence[Asked], *, form: Form = Form.PAIRS) -> Statement:
    """Give the statement for what is asked; rows carry the place of each in `asked`, from 0."""
    numbered = [(number, *one) for number, one in enumerate(asked)]
    if dialect is Dialect.SQLITE:
        given = json.dumps([[one.hex if isinstance(one, UUID) else one for one in row] for row in numbered])
        return Statement(sql=_sql(dialect, form), parameters=(given,))
    return Statement(sql=_sql(dialect, form), parameters=tuple(map(list, zip(*numbered, strict=True))))


@lru_cache
def _sql(dialect: Dialect, form: Form) -> str:
    organisation = {"member": "asked.member", "organisation": "asked.party"}
    return _TEMPLATE.format(
        given=_given(dialect),
        party=f"({_person(dialect, 'given.party_named')}), ({_ORGANISATION})",
        representee=f"({_person(dialect, 'given.representee_named')})",
        portal=_portal_column(dialect),
        beat="NULL" if dialect is Dialect.SQLITE else "(SELECT beat_at FROM journal_heartbeat)",
        now="NULL" if dialect is Dialect.SQLITE else "now()",
        none=", ".join("NULL" for _ in Found._fields[_OF_PORTAL:]),
        suspensions=intervals_column(dialect, rest="FROM mandates_suspension WHERE mandate_id = mandate.id"),
        member=member_column(dialect, **organisation, past="asked.past"),
        reach=reach_column(dialect, client="line.representee_id", **organisation),
        form=form.value,
    )


def _given(dialect: Dialect) -> str:
    kinds = {"number": "int", "client_id": "text", "party": "uuid", "member": "uuid", "representee": "uuid",
             "party_named": "text", "representee_named": "text", "past": "bool"}  # fmt: skip
    if dialect is Dialect.SQLITE:
        columns = ", ".join(f"value ->> {place} AS {name}" for place, name in enumerate(kinds))
        return f"SELECT {columns} FROM json_each(%s)"  # noqa: S608 - only names that stand in this file
    arrays = ", ".join(f"%s::{kind}[]" for kind in kinds.values())
    return f"SELECT * FROM unnest({arrays}) AS given({', '.join(kinds)})"  # noqa: S608 - as above


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
