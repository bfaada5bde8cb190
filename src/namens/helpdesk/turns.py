"""An agent's look-ups are counted before the question is asked, so that many at one moment count one by one."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from namens.helpdesk.models import Caller, LookUp, Outcome
from namens.helpdesk.refusals import CallerRefusal
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.signin.models import Staff


def take(*, agent: Staff, caller: Caller, now: datetime) -> LookUp | None:
    """Give this agent a turn to look somebody up. None, written down, after too many misses or an ended account."""
    with transaction.atomic():
        # An UPDATE holds the row until the transaction ends, on both databases.
        is_here = Staff.objects.filter(id=agent.id, is_active=True).update(name=F("name"))
        if not is_here or settings.MISSED_CALLERS.is_reached(_misses(agent, now)):
            details = {"caller": caller.value}
            result = CallerRefusal.PAUSED
            write(
                Event.CALLER_LOOKED_UP, at=now, channel=Channel.HELPDESK, actor=agent.id, result=result, details=details
            )
            return None
        return LookUp.objects.create(staff=agent, at=now)


def settle(turn: LookUp, *, outcome: Outcome) -> None:
    """Keep what came of a turn."""
    LookUp.objects.filter(id=turn.id).update(outcome=outcome)


def _misses(agent: Staff, now: datetime) -> int:
    since = settings.MISSED_CALLERS.since(now)
    return LookUp.objects.filter(
        staff=agent, at__gt=since, outcome__in=[Outcome.ASKED.value, Outcome.MISSED.value]
    ).count()
