"""Who gave whom which mandate, by arithmetic alone: the same for the rows, for the questions and for pgbench.

Mandate `i` is the first (even) or second (odd) one of client `i // 2`. It goes to a helper of the same neighbourhood of
500 clients and 100 helpers; of every tenth client the first one goes to an organisation. The ids look like those of
RFC 9562, version 7: they sort by number, as real ones sort by time, and their last half is scattered.
"""

from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

CLIENTS, HELPERS = 500, 100
"""In one neighbourhood."""
OF_ORGANISATION, MEMBERS, TEAMS = 5_000, 10, 2
"""The clients among whom one organisation finds its own, and what it has. Members of even numbers are in team 0."""
WITHOUT_LICENCE = 8
"""From this member on licences have ended."""

_BEGAN_MS, _STEP_MS = 1_672_531_200_000, 4_000
_VERSION, _VARIANT, _SCATTER = 0x7000, 0x8000_0000_0000_0000, 42_468_513_175


class Sort(IntEnum):
    """What an id is of."""

    CLIENT = 1
    HELPER = 2
    ORGANISATION = 3
    MEMBER = 4
    TEAM = 5
    LICENCE = 6
    ASSIGNMENT = 7
    MANDATE = 8
    LINE = 9
    SUSPENSION = 10


class Course(IntEnum):
    """How it went with a mandate."""

    RUNS = 0
    STOPPED = 1
    EXPIRED = 2
    SUSPENDED = 3
    BEGINS_LATER = 4
    WAITS = 5


_COURSES = (
    *[Course.RUNS] * 12,
    *[Course.STOPPED] * 3,
    *[Course.EXPIRED] * 2,
    Course.SUSPENDED,
    Course.BEGINS_LATER,
    Course.WAITS,
)


@dataclass(frozen=True)
class Question:
    """What a portal asks: the numbers of who acts (perhaps by a member) for whom, and which of its two services."""

    client: int
    service: int
    helper: int = -1
    organisation: int = -1
    member: int = -1


def id_of(sort: Sort, number: int) -> str:
    """Give an id as 32 digits."""
    return f"{(_BEGAN_MS + number * _STEP_MS) << 16 | _VERSION | sort:016x}{_VARIANT + number * _SCATTER:016x}"


def uuid_of(sort: Sort, number: int) -> UUID:
    """Give the same as an id."""
    return UUID(id_of(sort, number))


def id_in_pgbench(variable: str) -> str:
    """Give the id whose halves stand in variables of pgbench, as an expression in SQL."""
    return f"(lpad(to_hex(:{variable}_high::bigint), 16, '0') || to_hex(:{variable}_low::bigint))::uuid"


def halves_in_pgbench(sort: Sort, variable: str) -> list[str]:
    """Give the lines of a script that make the halves of the id of the number in this variable."""
    return [
        rf"\set {variable}_high ({_BEGAN_MS} + :{variable} * {_STEP_MS}) * 65536 + {_VERSION | sort}",
        rf"\set {variable}_low (-9223372036854775807 - 1) + :{variable} * {_SCATTER}",
    ]


def course_of(mandate: int) -> Course:
    """Say how it went with a mandate."""
    return _COURSES[(mandate + mandate // 20) % 20]


def has_both(mandate: int) -> bool:
    """Say whether a mandate is for both services, and not the first alone."""
    return mandate % 4 < 2


def is_at_organisation(mandate: int) -> bool:
    """Say whether it was given to an organisation."""
    return mandate % 20 == 18


def helper_of(mandate: int) -> int:
    """Give the number of the helper, where it is no organisation."""
    client = mandate // 2
    return client // CLIENTS * HELPERS + (client * 7 + mandate % 2) % HELPERS


def stranger_to(mandate: int) -> int:
    """Give the number of a helper of the same neighbourhood who has no mandate of this client."""
    client = mandate // 2
    return client // CLIENTS * HELPERS + (client * 7 + 50) % HELPERS


def organisation_of(client: int) -> int:
    """Give the number of the organisation that this client's first mandate is for, where it is for one."""
    return client // OF_ORGANISATION


def team_of(client: int) -> int:
    """Give the number, within the organisation, of the team whose client this is."""
    return client // 10 % TEAMS


def question_about(mandate: int, turn: int) -> Question:
    """Give what is asked about a mandate: one in ten asks for a stranger, one in eight for the second service."""
    client, service = mandate // 2, int(turn % 8 == 0)
    if turn % 10 == 5:
        return Question(client=client, service=service, helper=stranger_to(mandate))
    if is_at_organisation(mandate):
        member = (team_of(client) + TEAMS * (turn % 5)) % MEMBERS
        return Question(client=client, service=service, organisation=organisation_of(client), member=member)
    return Question(client=client, service=service, helper=helper_of(mandate))


def truth_about(mandate: int, turn: int) -> str:
    """Give what is true about it: the id of the mandate for yes, else the reason."""
    asked = question_about(mandate, turn)
    if turn % 10 == 5:
        return "no_mandate"
    if asked.service == 1 and not has_both(mandate):
        return "wrong_service"
    reason = _REASONS[course_of(mandate)]
    if not reason and asked.member >= WITHOUT_LICENCE:
        return "no_licence"
    return reason or str(uuid_of(Sort.MANDATE, mandate))


_REASONS = {
    Course.RUNS: "",
    Course.STOPPED: "stopped",
    Course.EXPIRED: "expired",
    Course.SUSPENDED: "suspended",
    Course.BEGINS_LATER: "not_started",
    Course.WAITS: "not_activated",
}
