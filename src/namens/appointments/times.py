"""When an appointment can be. People type a day and a time as clocks in the Netherlands have it."""

from datetime import UTC, date, datetime, time, timedelta

from namens.appointments.refusals import AppointmentReason, AppointmentRefused
from namens.lib import clock, workdays
from namens.mandates.terms import latest_first_day

REMINDED_AT = time(9)


def instant_of(day: date, *, at: time) -> datetime:
    """Give the instant, in UTC, at which clocks in Amsterdam show this day and time.

    Raises AppointmentRefused for a time that the change to summer time leaves out, or that the change back has twice.
    """
    first = datetime.combine(day, at, tzinfo=clock.AMSTERDAM)
    second = first.replace(fold=1)
    if first.astimezone(UTC).astimezone(clock.AMSTERDAM).time() != at:
        raise AppointmentRefused(AppointmentReason.NO_SUCH_TIME)
    if first.utcoffset() != second.utcoffset():
        raise AppointmentRefused(AppointmentReason.TIME_TWICE)
    return first.astimezone(UTC)


def check_when(starts_at: datetime, *, minutes: int, now: datetime) -> None:
    """Raise AppointmentRefused for an appointment that began already, is too far away, or ends after midnight."""
    day = clock.day_of(starts_at)
    if starts_at < now:
        raise AppointmentRefused(AppointmentReason.PAST)
    if day > latest_first_day(clock.day_of(now)):
        raise AppointmentRefused(AppointmentReason.TOO_FAR)
    if starts_at + timedelta(minutes=minutes) > clock.end_of(day):
        raise AppointmentRefused(AppointmentReason.OVER_MIDNIGHT)


def remind_at(starts_at: datetime, *, now: datetime) -> datetime | None:
    """Give nine in the morning of the working day before; None when that is past."""
    eve = workdays.working_day_before(clock.day_of(starts_at))
    at = instant_of(eve, at=REMINDED_AT)
    return at if at > now else None
