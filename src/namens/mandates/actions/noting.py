"""Writing down that a mandate changed, for the portals that it concerns: in the transaction of the change itself."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.db.models import UUIDField
from django.db.models.expressions import RawSQL

from namens.lib import clock
from namens.mandates.changes import Change, MandateChange
from namens.mandates.models import Mandate
from namens.outbox.actions import put
from namens.outbox.models import Kind

# In the statement that writes: a change costs two statements, and not three.
_NEXT = "(SELECT coalesce(max(number), 0) + 1 FROM mandates_mandatechange WHERE mandate_id = %s)"


def note_change(what: Change, *, mandate: Mandate, now: datetime, services: Sequence[str] = ()) -> None:
    """Write the next change of a held mandate, and an outbox row by which the worker tells portals of it.

    Nothing of one that nobody could use yet, and nothing more once its last day is over: what happens to it then is
    not for portals. `services` are the keys of those that it is about; none for all of them.

    The client's row is held, so that no two changes of one mandate get the same number. Raises OutsideTransaction.
    """
    if mandate.activated_at is None or mandate.last_day < clock.day_of(now):
        return
    note_anyway(what, mandate=mandate, now=now, services=services)


def note_anyway(what: Change, *, mandate: Mandate, now: datetime, services: Sequence[str] = ()) -> None:
    """Write it also of a mandate whose last day is over: that it is over."""
    number = RawSQL(_NEXT, [UUIDField().get_db_prep_value(mandate.id, connection)])  # noqa: S611 - a constant text
    put(Kind.MANDATE_CHANGED, payload={"mandate": str(mandate.id)}, now=now)
    MandateChange.objects.create(mandate=mandate, number=number, what=what, services=list(services), at=now)
