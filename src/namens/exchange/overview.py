"""How it stands between a portal and us: what operators see at a portal, and in the list of all."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet

from namens.exchange.models import PortalEvent, ReportedAct
from namens.exchange.queries import LATE_AFTER, LOOKED_BACK
from namens.journal.events import Event
from namens.journal.models import JournalEntry

REFUSED_LATELY = timedelta(hours=24)
MOST_COUNTED = 10_000


@dataclass(frozen=True)
class Acts:
    """How many acts a portal reported in the last 30 days, and of how many reports nobody was allowed to do it.

    Counted as far as `MOST_COUNTED`: one more says that there are more.
    """

    reported: int
    refused: int


def acts_of(portal: UUID, *, now: datetime) -> Acts:
    """Give the acts of this portal: two statements, each along an index and no further than needed."""
    since = now - LOOKED_BACK
    return Acts(
        reported=_counted(ReportedAct.objects.filter(portal=portal, reported_at__gte=since)),
        refused=_counted(JournalEntry.objects.filter(portal=portal, event=Event.ACT_REFUSED, at__gte=since)),
    )


def waits_too_long(*, now: datetime) -> Exists:
    """Say of each portal of a question whether an event for it waits longer than an hour."""
    of_portal = PortalEvent.objects.filter(portal=OuterRef("id"), delivered_at__isnull=True, given_up_at__isnull=True)
    return Exists(of_portal.filter(at__lt=now - LATE_AFTER))


def was_refused_lately(*, now: datetime) -> Exists:
    """Say of each portal of a question whether it reported in the last 24 hours what nobody was allowed to do."""
    of_portal = JournalEntry.objects.filter(portal=OuterRef("id"), event=Event.ACT_REFUSED)
    return Exists(of_portal.filter(at__gte=now - REFUSED_LATELY))


def _counted(found: QuerySet[Model]) -> int:
    return found[: MOST_COUNTED + 1].count()
