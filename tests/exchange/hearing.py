"""Portals that hear of mandates, and what each of them heard."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from namens.exchange.models import PortalEvent
from namens.grants.pairwise import pairwise_id
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.mandates.models import Mandate
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.services.actions import approve_portal, propose_portal
from namens.services.models import Portal
from namens.services.profiles import MachineScope
from namens.worker import telling
from tests.people import NOW, portal_terms

BASIS = "Awir, art. 38"


def hearing(client_id: str, *keys: str, basis: str = BASIS) -> Portal:
    """Register a portal for these services whose machine may hear of mandates."""
    terms = portal_terms(client_id, *keys)
    whole = {**vars(terms), "machine_scopes": (MachineScope.PORTALS.value,), "search_basis": basis}
    propose_portal(terms=type(terms)(**whole), by="olga", now=NOW)
    return approve_portal(client_id=client_id, by="otto", now=NOW)


def used(mandate: Mandate, at: Portal, *, by: Party | None = None) -> None:
    """Let this mandate have been used at a portal."""
    with transaction.atomic():
        write(
            Event.MANDATE_USED,
            at=NOW,
            channel=Channel.PORTAL,
            actor=by.id if by else mandate.representative_id,
            subject=mandate.representee_id,
            mandate=mandate.id,
            portal=at.id,
        )


def tell(*, at: datetime = NOW) -> None:
    """Let the worker tell all that has to be told."""
    with clock.frozen(at):
        while telling.turn():
            pass
    told = (Kind.MANDATE_CHANGED, Kind.LICENCE_CHANGED, Kind.EXCLUSION_CHANGED)
    assert not OutboxRow.objects.filter(kind__in=told, settled_at__isnull=True).exists()


def heard(portal: Portal) -> list[PortalEvent]:
    """Give what this portal heard, in the order of its numbers."""
    return list(PortalEvent.objects.filter(portal=portal).order_by("number"))


def kinds(portal: Portal) -> list[str]:
    """Give the kinds of what this portal heard."""
    return [event.kind for event in heard(portal)]


def id_at(portal: Portal, party: Party | UUID) -> str:
    """Give the id by which this portal knows somebody."""
    return pairwise_id(party if isinstance(party, UUID) else party.id, sector=portal.sector)
