"""Whom a change concerns: the portals that hear of it, and how each of them knows the people in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from namens.grants.pairwise import pairwise_id
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.organisations.models import Member
from namens.parties.models import Kind, Party
from namens.services.models import Portal, Service, Status
from namens.services.profiles import MachineScope

Who = Mapping[str, str]


@dataclass(frozen=True)
class Hearer:
    """A portal that hears of it, with all services that it offers, by key."""

    portal: Portal
    services: Mapping[str, Service]


def hearers(*, services: Iterable[UUID], seen: Q | Exists) -> list[Hearer]:
    """Give the portals that hear of what is about these services, in the order of their ids. Two statements.

    Approved, with a machine that may ask, and with a registered basis; or else where it was seen before (`seen`): who
    helps whom is nobody's business but of those who were there.
    """
    offering = Portal.services.through.objects.filter(service__in=list(services)).values("portal")
    portals = Portal.objects.filter(~Q(search_basis="") | Q(seen), id__in=offering, status=Status.APPROVED)
    return [
        Hearer(portal, {service.key: service for service in portal.services.all()})
        for portal in portals.order_by("id").prefetch_related("services")
        if MachineScope.PORTALS in portal.machine_scopes
    ]


def used_there(mandate: UUID) -> Exists:
    """Give the condition that this mandate was used at a portal."""
    used = JournalEntry.objects.filter(event=Event.MANDATE_USED, portal=OuterRef("id"), mandate=mandate)
    return Exists(used)


def acted_there(member: UUID, *, client: UUID | None = None) -> Q:
    """Give the condition that this member logged in at a portal: for this client, or for anybody."""
    acted = JournalEntry.objects.filter(actor=member, event=Event.MANDATE_USED)
    if client is not None:
        acted = acted.filter(subject=client)
    return Q(id__in=acted.values("portal"))


def as_person(party: UUID, *, portal: Portal) -> Who:
    """Give a person as this portal knows them."""
    return {"id": pairwise_id(party, sector=portal.sector), "soort": "persoon"}


def as_member(member: Member, *, portal: Portal) -> Who:
    """Give a member of an organisation, loaded with it, as this portal knows them."""
    known = pairwise_id(member.party_id, sector=portal.sector)
    return {"id": known, "soort": "medewerker", "kvkNummer": member.organisation.kvk_number}


def as_representative(party: Party, *, portal: Portal) -> Who:
    """Give a person, or an organisation (loaded with its number), as this portal knows them."""
    if party.kind == Kind.ORGANISATION:
        return {"soort": "organisatie", "kvkNummer": party.organisation.kvk_number}
    return as_person(party.id, portal=portal)
