"""The part of the one statement that reads a member and their reach, in two dialects; no Django.

It comes as one JSON value for the member and one for each pair, so that no number of licences makes more rows.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from namens.mandates.columns import as_day, as_instant, as_uuid, if_there
from namens.mandates.licences import Assigned, FormerTeam, Interval, Licence, Membership, Opened, Reach

Found = Mapping[str, Any]
Column = str | bytes | Found | None
_NO_REACH = Reach()


class Dialect(StrEnum):
    """How a database writes parameters, identifiers and JSON."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"

    def json_object(self, *names: str, prefix: str = "", **columns: str) -> str:
        """Give an object of the columns `prefix.name`, and of other expressions by name."""
        parts = {**{name: f"{prefix}{name}" for name in names}, **columns}
        function = "json_object" if self is Dialect.SQLITE else "json_build_object"
        pairs = ", ".join(f"'{name}', {expression}" for name, expression in parts.items())
        return f"{function}({pairs})"

    def json_array(self, value: str, *, rest: str) -> str:
        """Give an array with `value` for each row of `FROM …`, empty when there are none."""
        if self is Dialect.SQLITE:
            return f"json((SELECT json_group_array({value}) {rest}))"
        return f"(SELECT coalesce(json_agg({value}), '[]'::json) {rest})"


def member_column(dialect: Dialect, *, member: str, organisation: str, past: str = "1 = 0") -> str:
    """Give the column that holds the member, else null. Both are names of columns with the ids of parties.

    `past` is the condition under which the former teams are read too; without it they are not.
    """
    pauses = intervals_column(dialect, rest="FROM organisations_licencepause WHERE licence_id = licence.id")
    one = dialect.json_object(
        "first_day", "last_day", "given_at", "ended_at", prefix="licence.",
        team="licence.team_id", service="service_of.key", pauses=pauses,
    )  # fmt: skip
    licences = dialect.json_array(
        one,
        rest="FROM organisations_licence AS licence"
        " JOIN organisations_licence_services AS covers ON covers.licence_id = licence.id"
        " JOIN services_service AS service_of ON service_of.id = covers.service_id"
        " WHERE licence.member_id = member.party_id",
    )
    blocks = intervals_column(
        dialect,
        rest="FROM organisations_block WHERE organisation_id = organisation.party_id"
        " AND (member_id IS NULL OR member_id = member.party_id)",
    )
    teams = dialect.json_array(
        dialect.json_object("until", team="team_id"),
        rest=f"FROM organisations_formerteam WHERE member_id = member.party_id AND {past}",
    )
    whole = dialect.json_object(
        "bound_at", "ended_at", prefix="member.", team="member.team_id", former_teams=teams,
        licences=licences, blocks=blocks,
        organisation_since="organisation.admitted_at", organisation_last_day="organisation.last_day",
    )  # fmt: skip
    return (
        f"(SELECT {whole} FROM organisations_member AS member"  # noqa: S608 - only names that stand in our code
        " JOIN organisations_organisation AS organisation ON organisation.party_id = member.organisation_id"
        f" WHERE member.party_id = {member} AND organisation.party_id = {organisation}"
        " AND organisation.status = 'admitted')"
    )


def reach_column(dialect: Dialect, *, member: str, organisation: str, client: str) -> str:
    """Give the column that holds what lies between a member and a client. All are names of columns with ids."""
    assigned = dialect.json_array(
        dialect.json_object("since", "until", team="team_id"),
        rest=f"FROM organisations_assignment WHERE organisation_id = {organisation} AND client_id = {client}",
    )
    of_both = f"WHERE member_id = {member} AND client_id = {client}"
    opened = dialect.json_array(
        dialect.json_object("day", at="opened_at"), rest=f"FROM organisations_opening {of_both}"
    )
    left_out = intervals_column(dialect, rest=f"FROM organisations_leftout {of_both}")
    return dialect.json_object(assigned=assigned, opened=opened, left_out=left_out)


def membership(value: Column) -> Membership | None:
    """Read the column of the member."""
    found = parsed(value)
    if found is None:
        return None
    return Membership(
        organisation_since=as_instant(found["organisation_since"]),
        organisation_last_day=if_there(as_day)(found["organisation_last_day"]),
        bound_at=as_instant(found["bound_at"]),
        ended_at=as_instant(found["ended_at"]),
        team=if_there(as_uuid)(found["team"]),
        former_teams=tuple(_former(one) for one in found["former_teams"]),
        blocks=tuple(interval(one) for one in found["blocks"]),
        licences=tuple(_licence(one) for one in found["licences"]),
    )


def reach(value: Column) -> Reach:
    """Read the column of one pair."""
    found = parsed(value)
    if found is None:
        return _NO_REACH
    return Reach(
        assigned=tuple(
            Assigned(team=if_there(as_uuid)(one["team"]), interval=interval(one)) for one in found["assigned"]
        ),
        opened=tuple(Opened(day=as_day(one["day"]), at=_surely(one["at"])) for one in found["opened"]),
        left_out=tuple(interval(one) for one in found["left_out"]),
    )


def _former(found: Found) -> FormerTeam:
    return FormerTeam(team=if_there(as_uuid)(found["team"]), until=_surely(found["until"]))


def _licence(found: Found) -> Licence:
    return Licence(
        service=str(found["service"]),
        first_day=as_day(found["first_day"]),
        last_day=as_day(found["last_day"]),
        given_at=_surely(found["given_at"]),
        ended_at=as_instant(found["ended_at"]),
        team=if_there(as_uuid)(found["team"]),
        pauses=tuple(interval(one) for one in found["pauses"]),
    )


def intervals_column(dialect: Dialect, *, rest: str) -> str:
    """Give the column that holds the intervals of these rows."""
    return dialect.json_array(dialect.json_object("since", "until"), rest=rest)


def interval(found: Found) -> Interval:
    """Read one interval."""
    return Interval(since=_surely(found["since"]), until=as_instant(found["until"]))


def _surely(value: object) -> datetime:
    read = as_instant(value)
    if read is None:
        raise ValueError("an instant is missing")
    return read


def parsed(value: Column) -> Found | None:
    """Read an object; None where there is none."""
    read: Found | None = json.loads(value) if isinstance(value, str | bytes) else value
    return read
