"""Whether a mandate still waits for somebody: the one place that says so for codes, letters and a yes."""

from datetime import date, timedelta

from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.states import State

# How long a request that met nobody is kept, and seen, after the last day for a yes.
UNMET_KEPT = timedelta(days=30)


def can_be_agreed_to(mandate: Mandate, *, today: date) -> bool:
    """Say whether a code or a yes can make this mandate active: it waits, in time, and the helper did not take it back.

    One statement for what was asked; none for what a client offered.
    """
    if mandate.state not in {State.OFFERED, State.REQUESTED} or mandate.last_day < today:
        return False
    if mandate.state == State.OFFERED:
        return True
    if mandate.waits_until is None or mandate.waits_until < today:
        return False
    return not MandateRequest.objects.filter(mandate=mandate, withdrawn_at__isnull=False).exists()
