"""When an appointment can be, on Dutch clocks, and when a letter is there in time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from namens.appointments.letter_days import first_day_with_letter, letter_days
from namens.appointments.refusals import AppointmentReason, AppointmentRefused
from namens.appointments.times import check_when, instant_of, remind_at
from tests.people import NOW, TODAY

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [(TODAY, 10, 9), (date(2027, 6, 1), 10, 8), (SPRING, 1, 0), (SPRING, 3, 1), (AUTUMN, 1, -1), (AUTUMN, 3, 2)],
)
def test_it_reads_a_time_as_clocks_here_show_it(day: date, hour: int, utc: int) -> None:
    assert instant_of(day, at=time(hour)) == datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=utc)


@pytest.mark.parametrize(
    ("day", "reason"), [(SPRING, AppointmentReason.NO_SUCH_TIME), (AUTUMN, AppointmentReason.TIME_TWICE)]
)
def test_it_says_when_a_time_is_not_there_or_twice(day: date, reason: AppointmentReason) -> None:
    with pytest.raises(AppointmentRefused, match=reason):
        instant_of(day, at=time(2, 30))


@pytest.mark.parametrize(
    ("starts_at", "minutes", "reason"),
    [
        (NOW - timedelta(minutes=1), 60, AppointmentReason.PAST),
        (NOW + timedelta(days=91), 60, AppointmentReason.TOO_FAR),
        (instant_of(TODAY, at=time(23, 30)), 45, AppointmentReason.OVER_MIDNIGHT),
    ],
)
def test_it_refuses_what_cannot_be(starts_at: datetime, minutes: int, reason: AppointmentReason) -> None:
    with pytest.raises(AppointmentRefused, match=reason):
        check_when(starts_at, minutes=minutes, now=NOW)


def test_it_may_end_at_midnight_also_on_the_day_of_25_hours() -> None:
    check_when(instant_of(TODAY, at=time(23)), minutes=60, now=NOW)
    late = instant_of(AUTUMN, at=time(23))
    check_when(late, minutes=60, now=late - timedelta(days=1))


@pytest.mark.parametrize(
    ("day", "reminded"),
    [
        (date(2026, 12, 3), date(2026, 12, 2)),
        (date(2026, 12, 7), date(2026, 12, 4)),
        (date(2026, 12, 28), date(2026, 12, 24)),
        (TODAY + timedelta(days=1), None),
    ],
)
def test_it_reminds_on_the_working_day_before(day: date, reminded: date | None) -> None:
    found = remind_at(instant_of(day, at=time(14)), now=NOW + timedelta(hours=1))
    assert found == (instant_of(reminded, at=time(9)) if reminded else None)


def test_it_sends_a_letter_three_weeks_before_at_the_earliest() -> None:
    days = letter_days(date(2027, 1, 4), today=TODAY)
    assert (days.begins_on, days.letter_by) == (date(2026, 12, 14), date(2026, 12, 21))


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 11, 30), AppointmentReason.LETTER_TOO_LATE),
        (TODAY + timedelta(days=43), AppointmentReason.LETTER_TOO_FAR),
    ],
)
def test_it_says_when_a_letter_cannot_do(day: date, reason: AppointmentReason) -> None:
    with pytest.raises(AppointmentRefused, match=reason):
        letter_days(day, today=TODAY)


def test_it_says_from_which_day_on_a_letter_can_do() -> None:
    first = first_day_with_letter(TODAY)
    assert letter_days(first, today=TODAY).letter_by < first
