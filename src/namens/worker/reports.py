"""What waits too long for the helpdesk: reports of something wrong, and lines that a client disputes."""

from datetime import datetime

import structlog

from namens.helpdesk.queries import overdue_disputes
from namens.lib import clock
from namens.mandates.cases import is_late, open_cases

NAMED = 50

log = structlog.get_logger()


def tell_late(*, now: datetime) -> None:
    """Raise the alarm when something waits longer than the one working day that was promised."""
    today = clock.day_of(now)
    late = [str(case.id) for case in open_cases() if is_late(case, today=today)]
    if late:
        log.error("reports late", number=len(late), reports=late)
    overdue = overdue_disputes(today=today)
    if number := overdue.count():
        oldest = [str(id_) for id_ in overdue.values_list("id", flat=True)[:NAMED]]
        log.error("disputes late", number=number, disputes=oldest)
