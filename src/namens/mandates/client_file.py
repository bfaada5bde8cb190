"""One client of an organisation as one member of it may see them, and what stands in the way of that."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from namens.lib import clock
from namens.mandates import licences, queries
from namens.mandates.licences import Gap, Reach
from namens.mandates.models import Mandate
from namens.mandates.reaching import Reached, reached_by
from namens.mandates.states import State
from namens.organisations.models import Assignment, Member
from namens.parties.models import Party

# From the nearest to a yes to the farthest.
_ORDER = list(Gap)


@dataclass(frozen=True)
class ClientFile:
    """The running mandates by which the organisation helps `client`, and how far `member` comes with them.

    `gap` is None when a licence reaches the client now; nothing of the rest is for the member to see before. `moves`:
    it does so only because of the reason that was given today.
    """

    client: Party
    mandates: list[Mandate]
    keeper: Member | None
    team: str
    gap: Gap | None
    is_left_out: bool
    moves: bool
    beyond: frozenset[str]

    @property
    def is_open(self) -> bool:
        """Say whether the member may see and do everything that the licences are for."""
        return self.gap is None and not self.is_left_out

    def may_end(self, mandate: Mandate) -> bool:
        """Say whether licences of this member are for all that this mandate still has."""
        running = {line.service.key for line in mandate.shown_lines if line.stopped_at is None}
        return self.is_open and not running & self.beyond


def file_of(member: Member, *, client: UUID, now: datetime) -> ClientFile | None:
    """Give the file of a client of this member's organisation; None for whom it helps with nothing. Four statements."""
    today = clock.day_of(now)
    running = queries.overview_of(member.organisation.party).filter(
        representee=client, representative=member.organisation_id, state=State.ACTIVE, last_day__gte=today
    )
    mandates = queries.with_lines(list(running))
    if not mandates:
        return None
    reached = reached_by(member, client=client)
    keys = {
        line.service.key
        for mandate in mandates
        for line in mandate.shown_lines
        if line.stopped_at is None and line.last_day >= today
    }
    gaps = {key: _gap(reached, reached.between, key, now) for key in keys}
    unopened = replace(reached.between, opened=())
    assigned = (
        Assignment.objects.select_related("member", "team")
        .filter(organisation=member.organisation_id, client=client, until__isnull=True)
        .first()
    )
    return ClientFile(
        client=mandates[0].representee,
        mandates=mandates,
        keeper=assigned.member if assigned else None,
        team=assigned.team.name if assigned and assigned.team else "",
        gap=_nearest(gaps),
        is_left_out=reached.is_left_out(now),
        moves=_nearest({key: _gap(reached, unopened, key, now) for key in keys}) is not None,
        beyond=frozenset(key for key, gap in gaps.items() if gap is not None),
    )


def _gap(reached: Reached, between: Reach, key: str, now: datetime) -> Gap | None:
    found = licences.missing(reached.held, reach=between, service=key, at=now)
    return found.gap if found else None


def _nearest(gaps: dict[str, Gap | None]) -> Gap | None:
    """Give the gap of the service that is nearest to a yes; None when a licence reaches the client for one."""
    found = [gap for gap in gaps.values() if gap is not None]
    return None if len(found) < len(gaps) else min(found, key=_ORDER.index)
