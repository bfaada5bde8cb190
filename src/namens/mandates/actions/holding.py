"""One client's mandates change one at a time.

Every verb takes the client's row first and only then a mandate, its lines or its code. So two verbs wait for one
another in one order, and never each for the other.
"""

from uuid import UUID

from namens.mandates.models import Mandate
from namens.parties.actions import hold


def hold_mandate(mandate: UUID) -> Mandate | None:
    """Give this mandate once nobody else can change it until the transaction ends; None when unknown."""
    known = Mandate.objects.select_related("representee").filter(id=mandate).first()
    if known is None:
        return None
    hold(party=known.representee)
    return Mandate.objects.select_related("representee__person").get(id=mandate)
