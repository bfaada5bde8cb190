"""Whether what a client gave before is enough for an appointment."""

from collections.abc import Iterable
from datetime import date

from namens.mandates.models import MandateService
from namens.mandates.states import State
from namens.parties.models import Party
from namens.services.models import Service


def covers(helper: Party, *, client: Party, services: Iterable[Service], day: date) -> bool:
    """Say whether running mandates of this client are for all of these services on that day. One statement."""
    running = MandateService.objects.filter(
        representee=client,
        representative=helper,
        stopped_at__isnull=True,
        last_day__gte=day,
        mandate__state=State.ACTIVE,
        mandate__first_day__lte=day,
    )
    return {one.id for one in services} <= set(running.values_list("service", flat=True))
