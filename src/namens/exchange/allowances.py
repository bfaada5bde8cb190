"""How much a portal may send. What counts is one conditional UPDATE, and stays counted whatever comes after it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from namens.exchange.models import Allowance, RefusedActs
from namens.exchange.refusals import Flood, TooMany
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.services.models import Portal

MINUTE = timedelta(minutes=1)
ALLOWANCES_KEPT = timedelta(hours=1)
REFUSED_IN = timedelta(hours=1)
# From so many on nothing more is taken in that hour.
MOST_REFUSED = 200


def admit(portal: Portal, *, now: datetime) -> timedelta | None:
    """Count a question of this minute, and give None; or after how long the portal may ask again. One statement."""
    minute = now.replace(second=0, microsecond=0)
    if _ask(portal, minute):
        return None
    Allowance.objects.bulk_create([Allowance(portal=portal, minute=minute)], ignore_conflicts=True)
    return None if _ask(portal, minute) else minute + MINUTE - now


def spend(portal: Portal, *, acts: int, now: datetime) -> None:
    """Count so many acts of this minute. Raises TooMany: then none of them is counted, and nothing may be taken."""
    _check_refused(portal, now=now)
    minute = now.replace(second=0, microsecond=0)
    if _add(portal, minute, acts):
        return
    Allowance.objects.bulk_create([Allowance(portal=portal, minute=minute)], ignore_conflicts=True)
    if not _add(portal, minute, acts):
        raise TooMany(Flood.ACTS, wait=minute + MINUTE - now)


def count_refused(portal: Portal, *, acts: int, now: datetime) -> None:
    """Count acts that nobody was allowed to do, in the hour that began with the first of them. In their transaction."""
    counted = RefusedActs.objects.filter(portal=portal)
    if counted.filter(_this_hour(now)).update(acts=F("acts") + acts):
        return
    RefusedActs.objects.bulk_create([RefusedActs(portal=portal, since=now)], ignore_conflicts=True)
    begun = counted.exclude(_this_hour(now)).update(since=now, acts=acts, told_at=None)
    if not begun:
        # The row is new, or somebody began the hour just before.
        counted.update(acts=F("acts") + acts)


def forget_spent(*, now: datetime) -> int:
    """Erase the minutes that are over, and say how many those were."""
    return Allowance.objects.filter(minute__lte=now - ALLOWANCES_KEPT).delete()[0]


def _ask(portal: Portal, minute: datetime) -> bool:
    most = settings.EXCHANGE.requests_a_minute
    return bool(
        Allowance.objects.filter(portal=portal, minute=minute, requests__lt=most).update(requests=F("requests") + 1)
    )


def _add(portal: Portal, minute: datetime, acts: int) -> bool:
    most = settings.EXCHANGE.acts_a_minute
    room = Allowance.objects.filter(portal=portal, minute=minute, acts__lte=most - acts)
    return bool(room.update(acts=F("acts") + acts))


def _check_refused(portal: Portal, *, now: datetime) -> None:
    """Raise TooMany for a portal of which too much was refused. The first time in an hour it is noted."""
    over = RefusedActs.objects.filter(_this_hour(now), portal=portal, acts__gte=MOST_REFUSED).first()
    if over is None:
        return
    if over.told_at is None:
        with transaction.atomic():
            if RefusedActs.objects.filter(portal=portal, since=over.since, told_at=None).update(told_at=now):
                write(Event.ACT_REFUSED, at=now, channel=Channel.PORTAL, result=Flood.REFUSED, portal=portal.id)
    raise TooMany(Flood.REFUSED, wait=min(over.since, now) + REFUSED_IN - now)


def _this_hour(now: datetime) -> Q:
    """An hour that runs. One that begins much later than now was written by a clock that was wrong."""
    return Q(since__gt=now - REFUSED_IN, since__lte=now + REFUSED_IN)
