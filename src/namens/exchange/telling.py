"""Telling portals what changed: one event for every portal that it concerns, in that portal's own ids.

Whoever comes first tells all that was not told yet, in its order; whoever comes later finds nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from namens.exchange.concerning import (
    Hearer,
    acted_there,
    as_member,
    as_person,
    as_representative,
    hearers,
    used_there,
)
from namens.exchange.stream import Draft, EventKind, append
from namens.lib import clock
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.changes import Change, MandateChange, concerning
from namens.mandates.left_out import left_out
from namens.mandates.models import Mandate, MandateService
from namens.organisations.models import LeftOut, Licence, Member
from namens.organisations.queries import at_work
from namens.organisations.reach import grounds_of
from namens.parties.actions import hold
from namens.parties.models import Party


def tell_mandate(mandate: UUID, *, now: datetime) -> int:
    """Write down for portals what changed of this mandate and was not told yet. Gives how many changes that were."""
    with transaction.atomic():
        held = hold_mandate(mandate)
        known = list(MandateChange.objects.filter(mandate=mandate).order_by("number"))
        changes = [change for change in known if change.told_at is None]
        if held is None or held.representative_id is None or not changes:
            return 0
        lines = list(MandateService.objects.filter(mandate=mandate).select_related("service").order_by("service__key"))
        helper = Party.objects.select_related("organisation").get(id=held.representative_id)
        about = [(change, _lines_of(change, lines)) for change in changes]
        services = {line.service_id for _, concerned in about for line in concerned}
        for hearer in hearers(services=services, seen=used_there(mandate)):
            append(hearer.portal, _drafts(held, helper, about, hearer, known=known), now=now)
        MandateChange.objects.filter(id__in=[change.id for change in changes]).update(told_at=now)
        return len(changes)


def tell_member(member: UUID, *, licence: UUID | None, since: datetime, now: datetime) -> None:
    """Write down for portals what this member may use there now: those that offer what that licence is, or was, for.

    Without one it is about all their licences that had not ended before `since`.
    """
    with transaction.atomic():
        # Two who tell of one member do it one by one: what a portal hears last is how it is.
        hold(party=Party(id=member))
        known = Member.objects.select_related("organisation").get(party=member)
        if known.bound_at is None:
            return
        services = _licensed(known, licence=licence, since=since)
        usable = {ground.service for ground in grounds_of(known, now=now)} if at_work(known, now=now) else set()
        for hearer in hearers(services=services, seen=acted_there(member)):
            may_use = [key for key, one in hearer.services.items() if one.active and one.id in usable]
            data = {"medewerker": as_member(known, portal=hearer.portal), "diensten": sorted(may_use)}
            append(hearer.portal, [Draft(member, EventKind.LICENCE, data)], now=now)


def tell_exclusion(*, client: UUID, member: UUID, now: datetime) -> None:
    """Write down for portals whether this client leaves this member out now. A portal without a basis hears of it only
    where that member logged in for that client."""
    with transaction.atomic():
        hold(party=Party(id=client))
        known = Member.objects.select_related("organisation").get(party=member)
        running = MandateService.objects.filter(
            representee=client,
            representative=known.organisation_id,
            mandate__activated_at__isnull=False,
            stopped_at__isnull=True,
            last_day__gte=clock.day_of(now),
        )
        is_out = LeftOut.objects.filter(client=client, member=member, until__isnull=True).exists()
        services = set(running.values_list("service", flat=True))
        # A line of its own: what a portal does not take of it holds up nothing else of this member.
        about = uuid5(client, str(member))
        for hearer in hearers(services=services, seen=acted_there(member, client=client)):
            data = {
                "vertegenwoordigde": as_person(client, portal=hearer.portal),
                "medewerker": as_member(known, portal=hearer.portal),
                "uitgesloten": is_out,
            }
            append(hearer.portal, [Draft(about, EventKind.EXCLUSION, data)], now=now)


def _lines_of(change: MandateChange, lines: Sequence[MandateService]) -> list[MandateService]:
    """Give the lines that a change is about: those that it names, or all that still ran, and whose days were not over.

    The end of a last day is a change itself: noted before whatever happens on a later day.
    """
    if change.services:
        return [line for line in lines if line.service.key in change.services]
    running = [line for line in lines if line.stopped_at is None or line.stopped_at >= change.at]
    if change.what == Change.ENDED and all(line.last_day < clock.day_of(change.at) for line in running):
        return running
    return [line for line in running if line.last_day >= clock.day_of(change.at)]


def _drafts(
    mandate: Mandate,
    helper: Party,
    about: Iterable[tuple[MandateChange, Sequence[MandateService]]],
    hearer: Hearer,
    *,
    known: Sequence[MandateChange],
) -> list[Draft]:
    """Give what this portal hears: of its own services only, and nothing where none of those is concerned.

    `known` are all changes of the mandate: this portal counts those that are about its services, as its list does.
    """
    drafts = []
    counted = [change.number for change in concerning(known, services=hearer.services)]
    for change, lines in about:
        own = [line for line in lines if line.service.key in hearer.services]
        if own:
            data = {
                "machtiging": str(mandate.id),
                "volgnummer": counted.index(change.number) + 1,
                "vertegenwoordigde": as_person(mandate.representee_id, portal=hearer.portal),
                "gemachtigde": as_representative(helper, portal=hearer.portal),
                **_terms(mandate, own),
            }
            drafts.append(Draft(mandate.id, EventKind[Change(change.what).name], data, at=change.at))
    return drafts


def _terms(mandate: Mandate, lines: Sequence[MandateService]) -> dict[str, Any]:
    """Give services, days and left-out actions of these lines, loaded with their services, as they go over the wire."""
    return {
        "diensten": [line.service.key for line in lines],
        "eersteDag": mandate.first_day.isoformat(),
        "laatsteDag": max(line.last_day for line in lines).isoformat(),
        "uitgezonderd": left_out(mandate, [(line, line.service) for line in lines]),
    }


def _licensed(member: Member, *, licence: UUID | None, since: datetime) -> set[UUID]:
    """Give the services of these licences, also of what such a licence was before it was changed."""
    held = Licence.objects.filter(member=member)
    if licence is not None:
        held = held.filter(id=licence) | held.filter(later=licence)
    else:
        held = held.filter(ended_at__isnull=True) | held.filter(ended_at__gte=since)
    return set(held.filter(services__isnull=False).values_list("services", flat=True))
