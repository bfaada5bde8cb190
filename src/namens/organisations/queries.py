"""Reading who works where, and who may work today."""

from datetime import datetime

from namens.lib import clock
from namens.organisations.models import Block, Member, Status


def at_work(member: Member, *, now: datetime) -> bool:
    """Say whether this member, loaded with the organisation, may be here at all. One statement.

    A licence is another question: a manager without one may be here too.
    """
    organisation = member.organisation
    if member.bound_at is None or (member.ended_at is not None and member.ended_at <= now):
        return False
    if organisation.status != Status.ADMITTED:
        return False
    if organisation.last_day is not None and clock.day_of(now) > organisation.last_day:
        return False
    return not any(
        block.member_id in {None, member.party_id}
        for block in Block.objects.filter(organisation=organisation, since__lte=now, until__isnull=True)
    )
