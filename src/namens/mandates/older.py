"""Which lines of other mandates a mandate is newer or older than. Only reading: `actions.replacing` changes them."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from namens.mandates.models import Mandate, MandateService
from namens.mandates.states import State
from namens.organisations.models import Organisation
from namens.parties.models import Kind, Party

RUNNING = (State.ACTIVE.value, State.SUSPENDED.value)


def older_lines(mandate: Mandate, helper: Party, *, today: date) -> QuerySet[MandateService]:
    """Give the lines that this mandate replaces: older, same parties and services, still waiting or with days to go."""
    older = of_pair(mandate, helper).filter(before(mandate))
    return giving_way(older, from_day=max(mandate.first_day, today))


def giving_way(lines: QuerySet[MandateService], *, from_day: date) -> QuerySet[MandateService]:
    """Leave only the lines that give way to a newer mandate from this day on: waiting or running, with days to go."""
    return lines.filter(
        mandate__state__in=[State.OFFERED.value, State.REQUESTED.value, *RUNNING],
        stopped_at__isnull=True,
        last_day__gte=from_day,
    )


def of_pair(mandate: Mandate, helper: Party) -> QuerySet[MandateService]:
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


def before(mandate: Mandate) -> Q:
    """Give what is older: what the client said yes to before this mandate."""
    same = Q(mandate__offered_at=mandate.offered_at, mandate_id__lt=mandate.id)
    return Q(mandate__offered_at__lt=mandate.offered_at) | same


def after(mandate: Mandate) -> Q:
    """Give what is newer: what the client said yes to after this mandate."""
    same = Q(mandate__offered_at=mandate.offered_at, mandate_id__gt=mandate.id)
    return Q(mandate__offered_at__gt=mandate.offered_at) | same
