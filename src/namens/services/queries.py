"""Reading portals and what they offer: at every step of every login, so that the statements are made once."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import CharField, QuerySet, UUIDField

from namens.made_once import made_once
from namens.services.models import Portal, Service, Status


def approved_portal(client_id: str) -> Portal | None:
    """Give the approved portal of this name. One statement."""
    return approved.first(client_id=client_id)


def active_services(portal: Portal) -> list[Service]:
    """Give the services that this portal offers and that are not switched off, in their order. One statement."""
    return active.all(portal=portal.id)


def services_at(portal: Portal, *, keys: Sequence[str]) -> list[Service]:
    """Give those with these keys that this portal has, active or not, as a login needs them. One statement."""
    return of_keys.all(portal=portal.id, keys=list(keys))


@made_once(client_id=CharField())
def approved(client_id: str) -> QuerySet[Portal]:
    """Find the approved portal of this name."""
    return Portal.objects.filter(client_id=client_id, status=Status.APPROVED)


@made_once(portal=UUIDField())
def active(portal: UUID) -> QuerySet[Service]:
    """Find the active services of this portal."""
    return Service.objects.filter(portals=portal, active=True)


@made_once(portal=UUIDField(), keys=CharField())
def of_keys(portal: UUID, keys: list[str]) -> QuerySet[Service]:
    """Find the services with these keys of this portal."""
    return Service.objects.filter(portals=portal, key__in=keys).only("key", "name", "minimum_level", "active")
