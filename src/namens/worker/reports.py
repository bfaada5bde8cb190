"""Reports of something wrong that wait too long for the helpdesk."""

from datetime import datetime

import structlog

from namens.lib import clock
from namens.mandates.cases import is_late, open_cases

log = structlog.get_logger()


def tell_late(*, now: datetime) -> None:
    """Raise the alarm when a reported mandate waits longer than the one working day that was promised."""
    today = clock.day_of(now)
    late = [str(case.id) for case in open_cases() if is_late(case, today=today)]
    if late:
        log.error("reports late", number=len(late), reports=late)
