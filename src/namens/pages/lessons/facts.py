"""What a text says as `{name}`: numbers that are settings, and dates that count from today. They cannot grow old."""

from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.utils.formats import date_format

from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates.letters import letter_by


def _written(day: date) -> str:
    return date_format(day, "j F Y")


FACTS: dict[str, Callable[[], str]] = {
    "working_days": lambda: str(settings.LETTER_WORKING_DAYS),
    "code_days": lambda: str(settings.CODE_DAYS),
    "letter_code_days": lambda: str(settings.LETTER_CODE_LIFE.days),
    "request_days": lambda: str(settings.REQUEST_DAYS),
    "open_code_months": lambda: str(settings.OPEN_CODE_MONTHS),
    "by_letter_months": lambda: str(settings.BY_LETTER_MONTHS),
    "licence_months": lambda: str(settings.LICENCE_MONTHS),
    "days_ahead": lambda: str(settings.DAYS_AHEAD),
    "refused_codes": lambda: str(settings.REFUSED_CODES.times),
    "idle_minutes": lambda: str(settings.SESSION_IDLE_SECONDS // 60),
    "visit_minutes": lambda: str(settings.VISIT_IDLE_SECONDS // 60),
    "hand_off_minutes": lambda: str(settings.HAND_OFF_OPENED_WITHIN // timedelta(minutes=1)),
    "reminder_days": lambda: str(settings.REMINDER_DAYS),
    "unseen_days": lambda: str(settings.UNSEEN_DAYS),
    "today": lambda: _written(clock.today()),
    "letter_by": lambda: _written(letter_by(clock.today())),
    "month_until": lambda: _written(Duration.ONE_MONTH.last_day(clock.today())),
    "site": lambda: settings.BASE_URL.partition("://")[2],
}
