"""The only place that says yes or no. Pure: a snapshot and an instant in, a Permit or a Refusal out."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from namens.lib import assurance, clock
from namens.lib.assurance import AssuranceLevel
from namens.mandates import licences
from namens.mandates.licences import Interval, Membership, Missing, Reach
from namens.mandates.states import State


class Reason(StrEnum):
    """Why not. Ordered from the most to the least that had to be in order for a yes."""

    ASSURANCE_TOO_LOW = "assurance_too_low"
    ACTION_LEFT_OUT = "action_left_out"
    NO_LICENCE = "no_licence"
    PERSON_LEFT_OUT = "person_left_out"
    SUSPENDED = "suspended"
    NOT_STARTED = "not_started"
    NOT_ACTIVATED = "not_activated"
    EXPIRED = "expired"
    STOPPED = "stopped"
    WRONG_SERVICE = "wrong_service"
    NO_MANDATE = "no_mandate"


@dataclass(frozen=True)
class Representative:
    """Who acts: a private person by themselves, or an organisation through one `member` of it (both are parties)."""

    party: UUID
    member: UUID | None = None


@dataclass(frozen=True)
class Question:
    """May the person at the keyboard use `service` for the other, perhaps its sensitive `action`, at this assurance?"""

    service: str
    assurance: AssuranceLevel | None
    action: str | None = None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One service of one mandate between the two parties.

    `granted_actions` and `sensitive_seen` are of the whole mandate; `minimum_level` and `service_seen` are what this
    service asked and had when the client said yes.

    For looking back there is also since when the mandate was there between these two (`known_since`), since when the
    actions are granted when that was later than the rest (`granted_since`), and when it was suspended.
    """

    mandate: UUID
    service: str
    state: str
    first_day: date
    last_day: date
    minimum_level: AssuranceLevel
    known_since: datetime | None = None
    activated_at: datetime | None = None
    ended_at: datetime | None = None
    stopped_at: datetime | None = None
    granted_actions: frozenset[str] = frozenset()
    granted_since: datetime | None = None
    sensitive_seen: frozenset[str] = frozenset()
    service_seen: frozenset[str] = frozenset()
    suspensions: tuple[Interval, ...] = ()


@dataclass(frozen=True)
class Offered:
    """A service as the asking portal offers it today."""

    key: str
    minimum_level: AssuranceLevel
    sensitive_actions: frozenset[str] = frozenset()
    active: bool = True


@dataclass(frozen=True)
class Snapshot:
    """All that a decision rests on, read in one statement. `lines` are those for this portal's services only.

    `needs_licence`: the representative is an organisation, or a member was named. `member` is who acts for it.
    """

    question: Question
    portal_approved: bool
    services: tuple[Offered, ...] = ()
    lines: tuple[Line, ...] = field(default=())
    needs_licence: bool = False
    member: Membership | None = None
    reach: Reach = field(default_factory=Reach)


@dataclass(frozen=True)
class Permit:
    """Yes: by this mandate, to and including `last_day`, without the actions in `left_out`."""

    mandate: UUID
    service: str
    last_day: date
    left_out: frozenset[str]


@dataclass(frozen=True)
class Refusal:
    """No, and why. A portal that was not approved, or does not offer the service, learns only `no_mandate`.

    `missing` says to a member what a licence lacks; it is for nobody else.
    """

    reason: Reason
    missing: Missing | None = None


Decision = Permit | Refusal

_ORDER = list(Reason)


def decide(snapshot: Snapshot, at: datetime) -> Decision:
    """Say whether the question in `snapshot` is answered with yes at the instant `at`: now, by some clock.

    A stop that the snapshot has counts whatever that clock says; what gives access counts from its instant on. An
    earlier instant is asked about with `past.as_it_was(snapshot, at)`.

    Any mandate that holds is enough. Otherwise the refusal names the reason that was nearest to a yes. Raises
    ValueError for an instant without a time zone: it could be another day in Amsterdam.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    service = next((one for one in snapshot.services if one.key == snapshot.question.service), None)
    if not snapshot.portal_approved or service is None or not service.active:
        return Refusal(Reason.NO_MANDATE)
    person = _person_obstacle(snapshot, at)
    answers = [_judge(line, service, snapshot.question, at, person) for line in snapshot.lines]
    permits = [answer for answer in answers if isinstance(answer, Permit)]
    if permits:
        return max(permits, key=lambda permit: (permit.last_day, permit.mandate))
    refusals = [answer for answer in answers if isinstance(answer, Refusal)]
    return min(refusals, key=lambda refusal: _ORDER.index(refusal.reason), default=Refusal(Reason.NO_MANDATE))


def _person_obstacle(snapshot: Snapshot, at: datetime) -> Refusal | None:
    """Give what keeps this person, in an organisation's name, from using any mandate for the asked service."""
    if not snapshot.needs_licence:
        return None
    if snapshot.reach.is_left_out(at):
        return Refusal(Reason.PERSON_LEFT_OUT)
    missing = licences.missing(snapshot.member, reach=snapshot.reach, service=snapshot.question.service, at=at)
    return Refusal(Reason.NO_LICENCE, missing) if missing else None


def _judge(line: Line, service: Offered, question: Question, at: datetime, person: Refusal | None) -> Decision:
    """Judge one line by itself: service, state, dates, who acts, action, assurance, in that order."""
    if line.service != service.key:
        return Refusal(Reason.WRONG_SERVICE)
    obstacle = _obstacle(line, at)
    if obstacle is not None:
        return Refusal(obstacle)
    if person is not None:
        return person
    allowed = line.granted_actions & line.service_seen
    if question.action is not None and question.action not in allowed:
        return Refusal(Reason.ACTION_LEFT_OUT)
    # The catalogue can ask more than it did at the yes, and that counts at once; less never does.
    minimum = max(service.minimum_level, line.minimum_level, key=lambda level: level.rank)
    if not assurance.meets(question.assurance, minimum=minimum):
        return Refusal(Reason.ASSURANCE_TOO_LOW)
    excluded = line.sensitive_seen - line.granted_actions
    left_out = (excluded | service.sensitive_actions | line.service_seen) - allowed
    return Permit(mandate=line.mandate, service=line.service, last_day=line.last_day, left_out=left_out)


def _obstacle(line: Line, at: datetime) -> Reason | None:
    """Give what keeps this line from holding at `at`; an unknown state is an obstacle too."""
    if line.state == State.ENDED or line.ended_at is not None or line.stopped_at is not None:
        return Reason.STOPPED
    if line.state in {State.OFFERED, State.REQUESTED}:
        return Reason.NOT_ACTIVATED
    if line.state == State.SUSPENDED:
        return Reason.SUSPENDED
    if line.state != State.ACTIVE or line.activated_at is None or at < line.activated_at:
        return Reason.NOT_ACTIVATED
    return _outside_dates(line, clock.day_of(at))


def _outside_dates(line: Line, day: date) -> Reason | None:
    if day < line.first_day:
        return Reason.NOT_STARTED
    return Reason.EXPIRED if day > line.last_day else None
