"""The portals at which somebody can log in as themselves."""

from django.db.models import QuerySet

from namens.services.models import Portal, Representation, Status


def portals_for_oneself() -> QuerySet[Portal]:
    """Give the approved portals where people come for themselves, by name."""
    approved = Portal.objects.filter(status=Status.APPROVED)
    return approved.exclude(representation=Representation.OTHERS).order_by("name", "client_id")
