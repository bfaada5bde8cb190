"""Judging a login that was found again: what nothing holds up any more ends on the spot."""

from datetime import datetime

from namens.grants.actions.end import end_family
from namens.grants.actions.visits import is_over
from namens.grants.models import EndedBy, Family
from namens.grants.refusals import GrantReason, GrantRefusal
from namens.grants.standing import Standing, standing_of
from namens.journal.events import Channel, Event
from namens.journal.write import write


def judged(family: Family, *, now: datetime, seen: bool = True) -> Standing | None:
    """Say what a family, loaded with portal and people, is worth now; None when it ended, just now or before.

    One statement, one more for a visit. `seen` is false for what a portal does by itself.
    """
    if is_over(family, now=now, seen=seen):
        end_family(family, by=EndedBy.VISIT_ENDED, channel=Channel.PORTAL, now=now)
        return None
    worth = standing_of(family, now=now)
    if worth is None:
        end_family(family, by=EndedBy.ACCESS_ENDED, channel=Channel.PORTAL, now=now)
    return worth


def access_gone(family: Family, *, now: datetime) -> GrantRefusal:
    """Note with both parties that a portal got no tokens for a login that nothing holds up any more."""
    write(
        Event.USE_REFUSED,
        at=now,
        channel=Channel.PORTAL,
        actor=family.party_id,
        subject=family.subject,
        portal=family.portal_id,
        result=GrantReason.ACCESS_GONE,
        details={"services": sorted(family.services_asked)},
    )
    return GrantRefusal(GrantReason.ACCESS_GONE)
