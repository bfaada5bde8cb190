"""Whether a mandate still waits for somebody: the one place that says so for codes, letters and a yes."""

from datetime import date, timedelta

from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.states import State
from namens.parties.models import Kind, Party


def needs_code(*, representee: Party, representative: Party | None) -> bool:
    """Say whether a mandate that a client gives waits for a code.

    Not for an organisation that this client mandated before: then that somebody was really there needs no more proof.
    One statement for an organisation, none for others.
    """
    if representative is None or representative.kind != Kind.ORGANISATION:
        return True
    before = Mandate.objects.filter(representee=representee, representative=representative)
    return not before.filter(activated_at__isnull=False).exists()


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
