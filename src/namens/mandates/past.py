"""A snapshot as it was at an earlier instant, so that `decide()` answers about the past by the same rules. Pure.

What happened since is taken away again: mandates that were not there yet, activations, ends, stops, suspensions, the
actions that a second yes added, licences, pauses, blocks, members' comings and goings and their teams, whose client
somebody is, the reasons that were given, and who was left out. For that everything is kept with its instant.

Some of it stays as it is today. Of the portal: whether it is approved, what it offers, and what the catalogue says of
that (the level, the sensitive actions, whether it is offered at all). Of the organisation: whether it is admitted, and
its last day. Last days: they move, but never to before the day on which that is done, and never when they have passed,
so they say the same of every instant before; only the last day in a permit was another one then.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from msgspec import structs

from namens.mandates.decision import Line, Snapshot
from namens.mandates.licences import Interval, Licence, Membership, Reach
from namens.mandates.states import State


def as_it_was(snapshot: Snapshot, at: datetime) -> Snapshot:
    """Give the snapshot that the database would have given at the earlier instant `at`, asked the same.

    The lines must have been read with their suspensions (`Asked.past`). Raises ValueError for an instant without a time
    zone.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return replace(
        snapshot,
        lines=tuple(_line(line, at) for line in snapshot.lines if _passed(line.known_since, at)),
        member=_member(snapshot.member, at) if snapshot.member else None,
        reach=_reach(snapshot.reach, at),
    )


def _line(line: Line, at: datetime) -> Line:
    has_granted = line.granted_since is None or line.granted_since <= at
    return structs.replace(
        line,
        state=_state(line, at),
        activated_at=_if_passed(line.activated_at, at),
        ended_at=_if_passed(line.ended_at, at),
        stopped_at=_if_passed(line.stopped_at, at),
        granted_actions=line.granted_actions if has_granted else frozenset(),
        granted_since=_if_passed(line.granted_since, at),
        suspensions=_begun(line.suspensions, at),
    )


def _state(line: Line, at: datetime) -> str:
    """Give the state then. What waits for a yes or a code is one here, and a state that nobody knows stays."""
    if line.state not in set(State) or _passed(line.ended_at, at):
        return line.state
    if not _passed(line.activated_at, at):
        return State.OFFERED
    # Its end came after, or it never ended: then it ran, or rested.
    return State.SUSPENDED if any(one.until is None for one in _begun(line.suspensions, at)) else State.ACTIVE


def _member(member: Membership, at: datetime) -> Membership:
    return replace(
        member,
        bound_at=_if_passed(member.bound_at, at),
        ended_at=_if_passed(member.ended_at, at),
        team=_team(member, at),
        former_teams=tuple(one for one in member.former_teams if one.until <= at),
        blocks=_begun(member.blocks, at),
        licences=tuple(_licence(one, at) for one in member.licences if one.given_at <= at),
    )


def _team(member: Membership, at: datetime) -> UUID | None:
    """Give the own team then: the first that was left since, or the one that never was."""
    left_since = [one for one in member.former_teams if one.until > at]
    return min(left_since, key=lambda one: one.until).team if left_since else member.team


def _licence(licence: Licence, at: datetime) -> Licence:
    return replace(licence, ended_at=_if_passed(licence.ended_at, at), pauses=_begun(licence.pauses, at))


def _reach(reach: Reach, at: datetime) -> Reach:
    return replace(
        reach,
        assigned=tuple(
            replace(one, interval=_as_begun(one.interval, at)) for one in reach.assigned if one.interval.since <= at
        ),
        opened=tuple(one for one in reach.opened if one.at <= at),
        left_out=_begun(reach.left_out, at),
    )


def _begun(intervals: Iterable[Interval], at: datetime) -> tuple[Interval, ...]:
    return tuple(_as_begun(one, at) for one in intervals if one.since <= at)


def _as_begun(interval: Interval, at: datetime) -> Interval:
    return replace(interval, until=_if_passed(interval.until, at))


def _if_passed(instant: datetime | None, at: datetime) -> datetime | None:
    return instant if _passed(instant, at) else None


def _passed(instant: datetime | None, at: datetime) -> bool:
    return instant is not None and instant <= at
