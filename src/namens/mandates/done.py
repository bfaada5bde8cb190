"""Reading the journal for who wants to know what was done: for a client by others, and by a helper for others.

Both are query sets of entries, newest first; `stretch_of` reads one stretch of them, from where the one before ended.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.lib.periods import next_month
from namens.mandates.models import Mandate, MandateService
from namens.organisations.models import Member
from namens.parties.models import Party
from namens.services.models import Service

# What somebody does at a portal for themselves was not done for them by another.
_AT_PORTALS = frozenset({Event.MANDATE_USED, Event.USE_REFUSED, Event.ACT_REPORTED, Event.ACT_REFUSED})
# What says itself about which services it is, is about those only; the rest is about all services of its mandate.
_SAYS_WHICH = Q(details__has_key="service") | Q(details__has_key="services")


@dataclass(frozen=True)
class Chosen:
    """Which part of it: with one other party, about one service (its key), in one month (its first day). None: all."""

    other: UUID | None = None
    service: str = ""
    month: date | None = None


@dataclass(frozen=True)
class Place:
    """Where an entry stands in the order: by its moment, and among those of one moment by its id."""

    at: datetime
    id: UUID


@dataclass(frozen=True)
class Stretch:
    """Entries that stand together, newest first; whether there are newer and older ones than these."""

    entries: list[JournalEntry]
    has_newer: bool
    has_older: bool


def done_for(client: Party, *, events: Collection[Event], wanted: Chosen) -> QuerySet[JournalEntry]:
    """Give what of these events happened for or about this client: by others, and by the client."""
    own = JournalEntry.objects.filter(subject=client.id, event__in=list(events))
    own = own.exclude(actor=client.id, event__in=list(_AT_PORTALS))
    if wanted.other is not None:
        members = Member.objects.filter(organisation=wanted.other)
        mandates = Mandate.objects.filter(representee=client, representative=wanted.other)
        by_other = Q(actor=wanted.other) | Q(actor__in=members.values("party"))
        own = own.filter(by_other | Q(mandate__in=mandates.values("id")))
    return _narrowed(own, wanted, lines=MandateService.objects.filter(representee=client))


def done_by(actor: Party, *, helper: Party, events: Collection[Event], wanted: Chosen) -> QuerySet[JournalEntry]:
    """Give what of these events `actor` did for others, in the name of `helper`: itself, or a member's organisation.

    Only for clients of whom `helper` activated a mandate, and nothing about a mandate that never was.
    """
    held = Mandate.objects.filter(representative=helper, activated_at__isnull=False)
    own = JournalEntry.objects.filter(actor=actor.id, event__in=list(events))
    own = own.filter(Q(mandate__isnull=True) | Q(mandate__in=held.values("id")))
    own = own.filter(subject__in=held.values("representee"))
    if wanted.other is not None:
        own = own.filter(subject=wanted.other)
    return _narrowed(own, wanted, lines=MandateService.objects.filter(representative=helper))


def place_of(entries: QuerySet[JournalEntry], *, entry: UUID) -> Place | None:
    """Give where one of these entries stands; None for any other. One statement."""
    found = entries.filter(id=entry).values_list("at", flat=True).first()
    return None if found is None else Place(at=found, id=entry)


def stretch_of(
    entries: QuerySet[JournalEntry], *, most: int, after: Place | None = None, before: Place | None = None
) -> Stretch:
    """Give the newest of these entries; `after` a place those that are older, `before` one those that are newer.

    One statement, however many there are.
    """
    if before is not None:
        newer = entries.filter(Q(at__gt=before.at) | Q(at=before.at, id__gt=before.id), at__gte=before.at)
        found = list(newer.order_by("at", "id")[: most + 1])
        return Stretch(found[:most][::-1], has_newer=len(found) > most, has_older=True)
    if after is not None:
        entries = entries.filter(Q(at__lt=after.at) | Q(at=after.at, id__lt=after.id), at__lte=after.at)
    found = list(entries.order_by("-at", "-id")[: most + 1])
    return Stretch(found[:most], has_newer=after is not None, has_older=len(found) > most)


def helpers_of(client: Party) -> list[Party]:
    """Give everybody to whom this client ever gave a mandate, or who asked for one and was told of. One statement."""
    held = Mandate.objects.filter(representee=client, representative__isnull=False)
    return list(_named().filter(id__in=held.values("representative")))


def clients_of_helper(helper: Party) -> list[Party]:
    """Give everybody of whom this helper ever activated a mandate. One statement."""
    held = Mandate.objects.filter(representative=helper, activated_at__isnull=False)
    return list(_named().filter(id__in=held.values("representee")))


def services_between(*, client: Party | None = None, helper: Party | None = None) -> list[Service]:
    """Give the services of every mandate of this client, or that this helper activated, in catalogue order."""
    lines = MandateService.objects.filter(representee=client) if client else _activated(helper)
    return list(Service.objects.filter(id__in=lines.values("service")).order_by("position", "key"))


def oldest_for(client: Party) -> datetime | None:
    """Give the moment of the oldest entry about this client. One statement, and one row of an index."""
    return JournalEntry.objects.filter(subject=client.id).order_by("at").values_list("at", flat=True).first()


def oldest_of(helper: Party) -> datetime | None:
    """Give when the oldest mandate that this helper activated was made. One statement."""
    held = Mandate.objects.filter(representative=helper, activated_at__isnull=False)
    return held.order_by("offered_at").values_list("offered_at", flat=True).first()


def _activated(helper: Party | None) -> QuerySet[MandateService]:
    return MandateService.objects.filter(representative=helper, mandate__activated_at__isnull=False)


def _named() -> QuerySet[Party]:
    return Party.objects.select_related("person", "organisation")


def _narrowed(
    entries: QuerySet[JournalEntry], wanted: Chosen, *, lines: QuerySet[MandateService]
) -> QuerySet[JournalEntry]:
    if wanted.month is not None:
        until = clock.start_of(next_month(wanted.month))
        entries = entries.filter(at__gte=clock.start_of(wanted.month), at__lt=until)
    if wanted.service:
        # As text, which both databases know: a key holds no quotation mark.
        of_it = Q(details__service=wanted.service) | Q(details__services__icontains=f'"{wanted.service}"')
        mandates = lines.filter(service__key=wanted.service).values("mandate")
        entries = entries.filter(of_it | (~_SAYS_WHICH & Q(mandate__in=mandates)))
    return entries
