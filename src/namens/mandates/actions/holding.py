"""One client's mandates change one at a time.

Every verb takes the client's row first and only then a mandate, its lines or its code. So two verbs wait for one
another in one order, and never each for the other.
"""

from uuid import UUID

from django.db.models import F

from namens.mandates.models import Mandate
from namens.parties.models import Party


def hold_mandate(mandate: UUID) -> Mandate | None:
    """Give this mandate once nobody else can change it until the transaction ends; None when unknown."""
    # An UPDATE for the same reason as `parties.actions.hold`, and one statement for finding and holding.
    Party.objects.filter(mandates_given=mandate).update(kind=F("kind"))
    return Mandate.objects.select_related("representee__person", "representative").filter(id=mandate).first()
