"""What a member's licences reach, beside a mandate that is only just coming about. The rules are in `licences`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import connection

from namens.lib.ids import new_id
from namens.mandates import licences
from namens.mandates.licences import Assigned, Gap, Interval, Membership, Reach
from namens.mandates.membership import Dialect, member_column, membership, reach, reach_column
from namens.organisations.models import Member

# What these gaps lack, the holder of a licence can get.
_HOLDS_A_LICENCE = frozenset({Gap.REASON_NEEDED, Gap.OTHER_TEAM})


@dataclass(frozen=True)
class Reached:
    """A member with licences, and what lies between that member and one client, or a new one."""

    member: Member
    held: Membership | None
    between: Reach

    def is_left_out(self, at: datetime) -> bool:
        """Say whether the client does not want to be helped by this member."""
        return self.between.is_left_out(at)

    def lacking(self, services: Iterable[str], *, at: datetime) -> dict[str, Gap]:
        """Give those of these services (keys) for which no licence reaches the client, and why not.

        A client whom nobody looks after becomes one of the member's own team. A reason can be given later.
        """
        own = self._as_own_client(at)
        found = {one: licences.missing(self.held, reach=own, service=one, at=at) for one in services}
        return {one: gap.gap for one, gap in found.items() if gap is not None and gap.gap is not Gap.REASON_NEEDED}

    def has_any_licence(self, at: datetime) -> bool:
        """Say whether a licence of this member holds now, for whatever service and team."""
        every = self.held.licences if self.held else ()
        gaps = [licences.missing(self.held, reach=Reach(), service=one.service, at=at) for one in every]
        return any(gap is None or gap.gap in _HOLDS_A_LICENCE for gap in gaps)

    def _as_own_client(self, at: datetime) -> Reach:
        if self.between.keeper is not None:
            return self.between
        own = Assigned(team=self.member.team_id, interval=Interval(since=at))
        return replace(self.between, assigned=(own,))


_PLACES = {"member": "%s", "organisation": "%s"}


def reached_by(member: Member, *, client: UUID | None = None) -> Reached:
    """Read a member's licences, and what lies between that member and this client. One statement."""
    dialect = Dialect(connection.vendor)
    place = "%s" if dialect is Dialect.SQLITE else "%s::uuid"
    columns = f"{member_column(dialect, **_PLACES)}, {reach_column(dialect, client='line.representee_id', **_PLACES)}"
    asked = f"SELECT {columns} FROM (SELECT {place} AS representee_id) AS line"  # noqa: S608 - only names that stand in our own files
    who, works_for = member.party_id, member.organisation_id
    ids = [who, works_for, works_for, who, who, client or new_id()]
    with connection.cursor() as cursor:
        cursor.execute(asked, [one.hex if dialect is Dialect.SQLITE else one for one in ids])
        row = cursor.fetchone()
    return Reached(member=member, held=membership(row[0]), between=reach(row[1]))
