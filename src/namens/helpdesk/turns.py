"""An agent's look-ups are counted before the question is asked, so that many at one moment count one by one."""

from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q

from namens.helpdesk.models import Caller, LookUp, Outcome
from namens.helpdesk.refusals import CallerRefusal
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.signin.models import Staff

log = structlog.get_logger()


def take(*, agent: Staff, caller: Caller, now: datetime) -> LookUp | None:
    """Give this agent a turn to look somebody up.

    None, written down, after too many misses, too many look-ups or an ended account; too many also raise an alarm.
    """
    with transaction.atomic():
        # An UPDATE holds the row until the transaction ends, on both databases.
        is_here = Staff.objects.filter(id=agent.id, is_active=True).update(name=F("name"))
        misses, asked = _counted(agent, now)
        if settings.LOOK_UPS.is_reached(asked) or settings.MISSED_CALLERS.is_reached(misses):
            log.error("many look-ups by one agent", agent=str(agent.id), misses=misses, asked=asked)
            is_here = 0
        if not is_here:
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


def _counted(agent: Staff, now: datetime) -> tuple[int, int]:
    """Give how many misses and how many look-ups count against this agent now. One statement."""
    for_misses, for_all = settings.MISSED_CALLERS.since(now), settings.LOOK_UPS.since(now)
    missed = Q(at__gt=for_misses, outcome__in=[Outcome.ASKED.value, Outcome.MISSED.value])
    found = LookUp.objects.filter(staff=agent, at__gt=min(for_misses, for_all)).aggregate(
        misses=Count("id", filter=missed), asked=Count("id", filter=Q(at__gt=for_all))
    )
    return found["misses"], found["asked"]
