"""A visit: what the helper had at portals dies before it, and what the client had there dies with it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from namens.grants.actions.end import end_family
from namens.grants.models import EndedBy, Family
from namens.journal.events import Channel
from namens.signin import visits
from namens.signin.models import Visit


def make_room(*, helper: UUID, now: datetime) -> int:
    """End every login of this helper at portals, by the party, before a client sits down there; how many ended.

    A portal would else go on as the helper, perhaps for another client, when the next one opens it.
    """
    live = Family.objects.filter(party=helper, ended_at__isnull=True).select_related("portal")
    with transaction.atomic():
        return sum(end_family(one, by=EndedBy.VISIT_BEGAN, channel=Channel.PAGES, now=now) for one in live)


def end_visit(*, visit: UUID, now: datetime) -> int:
    """End every login at a portal that came from this visit, which is over; how many ended."""
    live = Family.objects.filter(visit=visit, ended_at__isnull=True).select_related("portal")
    with transaction.atomic():
        return sum(end_family(one, by=EndedBy.VISIT_ENDED, channel=Channel.WORKER, now=now) for one in live)


def is_over(family: Family, *, now: datetime, seen: bool = True) -> bool:
    """Say whether this login came from a visit that is over. No statement otherwise.

    Being asked is a sign of life, unless `seen` is false: what a portal does by itself keeps no visit alive.
    """
    if family.visit_id is None:
        return False
    visit = Visit.objects.filter(id=family.visit_id).first()
    if visit is None or not visits.is_alive(visit, now=now):
        return True
    if seen:
        visits.touch(visit, now=now)
    return False
