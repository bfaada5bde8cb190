"""Holding a call, so that what is done in it is done one by one, and nothing once it is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import F

from namens.helpdesk.models import Call, Caller
from namens.helpdesk.refusals import CallerRefusal, CallRefused


@contextmanager
def held(call: Call, *, caller: Caller, now: datetime) -> Iterator[None]:
    """Hold this call with this kind of caller until the transaction ends. Raises CallRefused when it is over."""
    with transaction.atomic():
        # An UPDATE, since SQLite ignores `select_for_update`.
        alive = Call.objects.filter(id=call.id, caller=caller, ends_at__gt=now, staff__is_active=True)
        if not alive.update(caller=F("caller")):
            raise CallRefused(CallerRefusal.CALL_OVER)
        yield
