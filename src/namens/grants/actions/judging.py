"""Judging a login that was found again: what nothing holds up any more ends on the spot."""

from datetime import datetime

from namens.grants.actions.end import end_family
from namens.grants.actions.visits import is_over
from namens.grants.models import EndedBy, Family
from namens.grants.standing import Standing, standing_of
from namens.journal.events import Channel


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
