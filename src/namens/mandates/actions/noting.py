"""Writing down that a mandate changed, for the portals that it concerns: in the transaction of the change itself."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from namens.mandates.changes import Change, MandateChange
from namens.outbox.actions import put
from namens.outbox.models import Kind


def note_change(what: Change, *, mandate: UUID, now: datetime, services: Sequence[str] = ()) -> None:
    """Write the next change of a held mandate, and an outbox row by which the worker tells portals of it.

    `services` are the keys of those that it is about; none for all of them. The client's row is held, so that no two
    changes of one mandate get the same number. Raises OutsideTransaction.
    """
    last = MandateChange.objects.filter(mandate=mandate).aggregate(number=Max("number"))["number"] or 0
    MandateChange.objects.create(mandate_id=mandate, number=last + 1, what=what, services=list(services), at=now)
    put(Kind.MANDATE_CHANGED, payload={"mandate": str(mandate)}, now=now)
