"""Whether a letter can do for an appointment: it has to be there before, and its code still has to work."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from namens.appointments.refusals import AppointmentReason, AppointmentRefused
from namens.mandates.letters import letter_by

# A letter that comes long before gets lost; and a code by letter lives for a few weeks only.
LONG_BEFORE = timedelta(days=21)


@dataclass(frozen=True)
class LetterDays:
    """From which day on the letter is made, and the day on which it is there at the latest."""

    begins_on: date
    letter_by: date


def letter_days(day: date, *, today: date) -> LetterDays:
    """Give the days of a letter for an appointment on `day`. Raises AppointmentRefused: too late for it, or too far."""
    if day > today + timedelta(days=settings.REQUEST_DAYS):
        raise AppointmentRefused(AppointmentReason.LETTER_TOO_FAR)
    begins_on = max(today, day - min(LONG_BEFORE, settings.LETTER_CODE_LIFE))
    by = letter_by(begins_on)
    if by >= day:
        raise AppointmentRefused(AppointmentReason.LETTER_TOO_LATE)
    return LetterDays(begins_on=begins_on, letter_by=by)


def first_day_with_letter(today: date) -> date:
    """Give the first day for which a letter that is asked for today comes in time."""
    return letter_by(today) + timedelta(days=1)
