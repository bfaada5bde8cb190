"""A newer mandate takes the place of an older one for the same two parties and the same service.

Newer is what the client said yes to later, whatever was activated first.
"""

from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.mandates.actions.endings import announce, bring_in_line, end
from namens.mandates.actions.noting import note_change
from namens.mandates.changes import Change
from namens.mandates.models import Mandate, MandateService
from namens.mandates.older import RUNNING, after, before, of_pair, older_lines
from namens.mandates.states import EndReason, State, Verb
from namens.parties.models import Party


def take_place(mandate: Mandate, *, helper: Party, now: datetime) -> bool:
    """Make the lines of this mandate, active from now on, the current ones, and let older ones give way to it. Portals
    hear of it.

    Where the client said yes to a newer one already, this one gives way itself. False when nothing is left of it.
    """
    lines = MandateService.objects.filter(mandate=mandate, stopped_at__isnull=True)
    if not of_pair(mandate, helper).exists():
        note_change(Change.ACTIVE, mandate=mandate, now=now)
        return bool(lines.update(representative=helper, current=True))
    gave_way = _give_way_to_newer(mandate, helper, now)
    if not lines.exists():
        return False
    older = list(_giving_way(mandate, helper, now))
    for _, of_one in groupby(older, key=lambda line: line.mandate_id):
        _replace(list(of_one), successor=mandate, now=now)
    newer = of_pair(mandate, helper).filter(after(mandate), current=True)
    ahead = set(newer.values_list("service_id", flat=True))
    of_pair(mandate, helper).filter(before(mandate), current=True).update(current=None)
    lines.update(representative=helper)
    lines.exclude(service_id__in=ahead).update(current=True)
    left = list(lines.select_related("service")) if gave_way else []
    note_change(Change.ACTIVE, mandate=mandate, now=now, services=_keys(left))
    return True


def _giving_way(mandate: Mandate, helper: Party, now: datetime) -> QuerySet[MandateService]:
    older = older_lines(mandate, helper, today=clock.day_of(now))
    return older.select_related("mandate", "service").order_by("mandate_id")


def _give_way_to_newer(mandate: Mandate, helper: Party, now: datetime) -> bool:
    """Let lines of this mandate give way to what the client said yes to later. True when one was stopped by it."""
    stopped = []
    newer = of_pair(mandate, helper).filter(
        after(mandate), mandate__state__in=RUNNING, stopped_at__isnull=True, last_day__gte=clock.day_of(now)
    )
    for line in newer.select_related("mandate"):
        for own in MandateService.objects.filter(mandate=mandate, service=line.service_id, stopped_at__isnull=True):
            own.mandate = mandate
            stopped.append(_give_way(own, successor=line.mandate, now=now))
    bring_in_line(mandate.id)
    return any(stopped)


def _replace(lines: list[MandateService], *, successor: Mandate, now: datetime) -> None:
    """Let these lines of one older mandate give way; end that mandate when nothing is left of it."""
    predecessor = lines[0].mandate
    stopped = [line for line in lines if _give_way(line, successor=successor, now=now)]
    shorter = [line for line in lines if line not in stopped]
    if not MandateService.objects.filter(mandate=predecessor, stopped_at__isnull=True).exists():
        end(
            mandate=predecessor.id,
            reason=EndReason.REPLACED,
            verb=Verb.REPLACE,
            event=Event.MANDATE_REPLACED,
            by=successor.representee_id,
            now=now,
            details={"by": str(successor.id)},
        )
        return
    bring_in_line(predecessor.id)
    event = Event.SERVICE_STOPPED if stopped else Event.MANDATE_SHORTENED
    _note(predecessor, successor=successor, event=event, services=_keys(lines), now=now)
    if stopped:
        announce(mandate=predecessor.id, now=now)
        note_change(Change.ENDED, mandate=predecessor, now=now, services=_keys(stopped))
    if shorter:
        note_change(Change.CHANGED, mandate=predecessor, now=now, services=_keys(shorter))


def _keys(lines: list[MandateService]) -> list[str]:
    return sorted(line.service.key for line in lines)


def _give_way(line: MandateService, *, successor: Mandate, now: datetime) -> bool:
    """Stop this line, or let it run to the eve of a successor that starts later. True when it was stopped."""
    eve = successor.first_day - timedelta(days=1)
    runs_until_then = line.mandate.state != State.SUSPENDED and line.mandate.first_day <= eve
    if runs_until_then and line.mandate.activated_at is not None and successor.first_day > clock.day_of(now):
        MandateService.objects.filter(id=line.id).update(last_day=min(line.last_day, eve), current=None)
        return False
    MandateService.objects.filter(id=line.id).update(stopped_at=now, current=None)
    return True


def _note(predecessor: Mandate, *, successor: Mandate, event: Event, services: list[str], now: datetime) -> None:
    by: UUID = successor.representee_id
    write(
        event,
        at=now,
        channel=Channel.PAGES,
        actor=by,
        subject=by,
        mandate=predecessor.id,
        details={"by": str(successor.id), "services": services},
    )
