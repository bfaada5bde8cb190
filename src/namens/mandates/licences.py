"""What a member of an organisation needs beside the mandate: a licence that reaches this client. Pure: no Django.

What takes access away counts as soon as it is there, also where the clock of who asks runs behind that of who wrote it;
what gives access counts from its instant on. So clocks that differ can delay a yes, and never a no.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from namens.lib import clock


class Gap(StrEnum):
    """What is missing. Ordered from the most to the least that had to be in order for a yes."""

    REASON_NEEDED = "reason-needed"
    OTHER_TEAM = "other-team"
    PAUSED = "paused"
    NOT_STARTED = "not-started"
    EXPIRED = "expired"
    ENDED = "ended"
    OTHER_SERVICE = "other-service"
    NONE_HELD = "none-held"
    BLOCKED = "blocked"
    NOT_A_MEMBER = "not-a-member"
    ORGANISATION_GONE = "organisation-gone"


@dataclass(frozen=True)
class Interval:
    """From `since` to, but not including, `until`; open when that is None."""

    since: datetime
    until: datetime | None = None

    def restricts(self, at: datetime) -> bool:
        """Say whether what this interval takes away is away at `at`: from when it is there to its end."""
        return self.until is None or at < self.until

    def gives(self, at: datetime) -> bool:
        """Say whether what this interval gives is there at `at`: from `since` to when its end is there."""
        return self.until is None and self.since <= at


@dataclass(frozen=True)
class Licence:
    """One service of one licence. Without a `team` it reaches every client of the organisation."""

    service: str
    first_day: date
    last_day: date
    given_at: datetime
    ended_at: datetime | None = None
    team: UUID | None = None
    pauses: tuple[Interval, ...] = ()


@dataclass(frozen=True)
class FormerTeam:
    """The team (None: no team) that a member was in, until then."""

    team: UUID | None
    until: datetime


@dataclass(frozen=True)
class Membership:
    """A member as the decision sees one. `team` is the own team; `blocks` are the switch of the operator.

    For looking back there are also the teams before: each with the instant until which it was the own one.
    """

    organisation_since: datetime | None
    organisation_last_day: date | None
    bound_at: datetime | None
    ended_at: datetime | None = None
    team: UUID | None = None
    former_teams: tuple[FormerTeam, ...] = ()
    blocks: tuple[Interval, ...] = ()
    licences: tuple[Licence, ...] = ()


@dataclass(frozen=True)
class Assigned:
    """Whose client somebody was within the organisation, and when."""

    team: UUID | None
    interval: Interval


@dataclass(frozen=True)
class Opened:
    """The day for which a member gave a reason to help a client of another team, and when that was."""

    day: date
    at: datetime


@dataclass(frozen=True)
class Reach:
    """What lies between one member and one client: teams, days opened with a reason, and being left out."""

    assigned: tuple[Assigned, ...] = ()
    opened: tuple[Opened, ...] = ()
    left_out: tuple[Interval, ...] = ()

    @property
    def keeper(self) -> Assigned | None:
        """Give whose client this is; None when nobody looks after them."""
        return next((one for one in self.assigned if one.interval.until is None), None)

    def is_opened(self, at: datetime) -> bool:
        """Say whether the member gave a reason, by then, for that day."""
        return any(one.at <= at and one.day == clock.day_of(at) for one in self.opened)

    def is_left_out(self, at: datetime) -> bool:
        """Say whether the client does not want to be helped by this member."""
        return any(one.restricts(at) for one in self.left_out)


@dataclass(frozen=True)
class Missing:
    """The gap that was nearest to a yes, and the day that it is about."""

    gap: Gap
    day: date | None = None


_ORDER = list(Gap)


def missing(member: Membership | None, *, reach: Reach, service: str, at: datetime) -> Missing | None:
    """Give what this member lacks to use `service` for this client at `at`; None when a licence reaches.

    No membership at all is `not-a-member`: who acts for an organisation has to be somebody of it.
    """
    if member is None:
        return Missing(Gap.NOT_A_MEMBER)
    shut = _shut(member, at)
    if shut is not None:
        return Missing(shut)
    gaps = [_gap(licence, member, reach, service, at) for licence in member.licences]
    if any(gap is None for gap in gaps):
        return None
    found = [gap for gap in gaps if gap is not None]
    return min(found, key=lambda one: (_ORDER.index(one.gap), *_nearest_day(one)), default=Missing(Gap.NONE_HELD))


def _shut(member: Membership, at: datetime) -> Gap | None:
    """Give what keeps every licence of this member from counting."""
    since, last_day = member.organisation_since, member.organisation_last_day
    if since is None or at < since or (last_day is not None and clock.day_of(at) > last_day):
        return Gap.ORGANISATION_GONE
    if member.bound_at is None or at < member.bound_at or member.ended_at is not None:
        return Gap.NOT_A_MEMBER
    return Gap.BLOCKED if any(block.restricts(at) for block in member.blocks) else None


def _gap(licence: Licence, member: Membership, reach: Reach, service: str, at: datetime) -> Missing | None:
    """Judge one licence by itself: service, end, days, pause, reach, in that order."""
    day = clock.day_of(at)
    if licence.service != service or at < licence.given_at:
        return Missing(Gap.OTHER_SERVICE)
    if licence.ended_at is not None:
        return Missing(Gap.ENDED, clock.day_of(licence.ended_at))
    if day > licence.last_day:
        return Missing(Gap.EXPIRED, licence.last_day)
    if day < licence.first_day:
        return Missing(Gap.NOT_STARTED, licence.first_day)
    if any(pause.restricts(at) for pause in licence.pauses):
        return Missing(Gap.PAUSED)
    return _out_of_reach(licence, member, reach, at)


def _out_of_reach(licence: Licence, member: Membership, reach: Reach, at: datetime) -> Missing | None:
    """A licence for a team reaches that team's clients; one without asks a reason outside the own team."""
    keeper = reach.keeper
    of_client = keeper.team if keeper else None
    is_theirs = keeper is not None and keeper.interval.gives(at)
    if licence.team is not None:
        return None if is_theirs and of_client == licence.team else Missing(Gap.OTHER_TEAM)
    if of_client is None or (is_theirs and of_client == member.team) or reach.is_opened(at):
        return None
    return Missing(Gap.REASON_NEEDED)


def _nearest_day(one: Missing) -> Sequence[int]:
    """Let the latest end count, and the earliest beginning."""
    if one.day is None:
        return (0,)
    ordinal = one.day.toordinal()
    return (ordinal,) if one.gap is Gap.NOT_STARTED else (-ordinal,)
