"""A newer mandate takes the place of an older one for the same two parties and the same service.

Newer is what the client said yes to later, whatever was activated first.
"""

from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Q, QuerySet

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.mandates.actions.endings import announce, bring_in_line, end
from namens.mandates.models import Mandate, MandateService
from namens.mandates.states import EndReason, State, Verb
from namens.organisations.models import Organisation
from namens.parties.models import Kind, Party

_RUNNING = (State.ACTIVE.value, State.SUSPENDED.value)


def take_place(mandate: Mandate, *, helper: Party, now: datetime) -> bool:
    """Make the lines of this mandate, active from now on, the current ones, and let older ones give way to it.

    Where the client said yes to a newer one already, this one gives way itself. False when nothing is left of it.
    """
    lines = MandateService.objects.filter(mandate=mandate, stopped_at__isnull=True)
    if not _of_pair(mandate, helper).exists():
        return bool(lines.update(representative=helper, current=True))
    _give_way_to_newer(mandate, helper, now)
    if not lines.exists():
        return False
    older = list(older_lines(mandate, helper, today=clock.day_of(now)).select_related("mandate").order_by("mandate_id"))
    for _, of_one in groupby(older, key=lambda line: line.mandate_id):
        _replace(list(of_one), successor=mandate, now=now)
    newer = _of_pair(mandate, helper).filter(_after(mandate), current=True)
    ahead = set(newer.values_list("service_id", flat=True))
    _of_pair(mandate, helper).filter(_before(mandate), current=True).update(current=None)
    lines.update(representative=helper)
    lines.exclude(service_id__in=ahead).update(current=True)
    return True


def older_lines(mandate: Mandate, helper: Party, *, today: date) -> QuerySet[MandateService]:
    """Give the lines that this mandate replaces: older, same parties and services, still waiting or with days to go."""
    older = _of_pair(mandate, helper).filter(_before(mandate))
    return giving_way(older, from_day=max(mandate.first_day, today))


def giving_way(lines: QuerySet[MandateService], *, from_day: date) -> QuerySet[MandateService]:
    """Leave only the lines that give way to a newer mandate from this day on: waiting or running, with days to go."""
    return lines.filter(
        mandate__state__in=[State.OFFERED.value, State.REQUESTED.value, *_RUNNING],
        stopped_at__isnull=True,
        last_day__gte=from_day,
    )


def _give_way_to_newer(mandate: Mandate, helper: Party, now: datetime) -> None:
    newer = _of_pair(mandate, helper).filter(
        _after(mandate), mandate__state__in=_RUNNING, stopped_at__isnull=True, last_day__gte=clock.day_of(now)
    )
    for line in newer.select_related("mandate"):
        for own in MandateService.objects.filter(mandate=mandate, service=line.service_id, stopped_at__isnull=True):
            own.mandate = mandate
            _give_way(own, successor=line.mandate, now=now)
    bring_in_line(mandate.id)


def _replace(lines: list[MandateService], *, successor: Mandate, now: datetime) -> None:
    """Let these lines of one older mandate give way; end that mandate when nothing is left of it."""
    predecessor = lines[0].mandate
    stopped = [line for line in lines if _give_way(line, successor=successor, now=now)]
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
    _note(predecessor, successor=successor, event=event, now=now)
    if stopped:
        announce(mandate=predecessor.id, now=now)


def _give_way(line: MandateService, *, successor: Mandate, now: datetime) -> bool:
    """Stop this line, or let it run to the eve of a successor that starts later. True when it was stopped."""
    eve = successor.first_day - timedelta(days=1)
    runs_until_then = line.mandate.state != State.SUSPENDED and line.mandate.first_day <= eve
    if runs_until_then and line.mandate.activated_at is not None and successor.first_day > clock.day_of(now):
        MandateService.objects.filter(id=line.id).update(last_day=min(line.last_day, eve), current=None)
        return False
    MandateService.objects.filter(id=line.id).update(stopped_at=now, current=None)
    return True


def _of_pair(mandate: Mandate, helper: Party) -> QuerySet[MandateService]:
    """Give the lines of other mandates between these two for the services that this mandate still has."""
    services = MandateService.objects.filter(mandate=mandate, stopped_at__isnull=True).values("service_id")
    return MandateService.objects.filter(
        representee=mandate.representee_id, representative__in=_same_helpers(helper), service_id__in=services
    ).exclude(mandate=mandate)


def _same_helpers(helper: Party) -> list[UUID]:
    """Give who counts as this helper: an organisation goes on in the place of the one that it took over."""
    if helper.kind != Kind.ORGANISATION:
        return [helper.id]
    return [helper.id, *Organisation.objects.filter(successor=helper.id).values_list("party", flat=True)]


def _before(mandate: Mandate) -> Q:
    same = Q(mandate__offered_at=mandate.offered_at, mandate_id__lt=mandate.id)
    return Q(mandate__offered_at__lt=mandate.offered_at) | same


def _after(mandate: Mandate) -> Q:
    same = Q(mandate__offered_at=mandate.offered_at, mandate_id__gt=mandate.id)
    return Q(mandate__offered_at__gt=mandate.offered_at) | same


def _note(predecessor: Mandate, *, successor: Mandate, event: Event, now: datetime) -> None:
    by: UUID = successor.representee_id
    write(
        event,
        at=now,
        channel=Channel.PAGES,
        actor=by,
        subject=by,
        mandate=predecessor.id,
        details={"by": str(successor.id)},
    )
