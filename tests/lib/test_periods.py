"""How long a mandate runs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namens.lib.periods import Duration, last_day_of

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31))
MONTHS = st.integers(1, 60)


@pytest.mark.parametrize(
    ("first_day", "duration", "last_day"),
    [
        (date(2026, 11, 23), Duration.TODAY, date(2026, 11, 23)),
        (date(2026, 11, 23), Duration.ONE_MONTH, date(2026, 12, 22)),
        (date(2026, 11, 23), Duration.SIX_MONTHS, date(2027, 5, 22)),
        (date(2026, 11, 23), Duration.ONE_YEAR, date(2027, 11, 22)),
        (date(2026, 11, 23), Duration.THREE_YEARS, date(2029, 11, 22)),
        (date(2026, 11, 23), Duration.FIVE_YEARS, date(2031, 11, 22)),
        (date(2027, 1, 1), Duration.ONE_YEAR, date(2027, 12, 31)),
        (date(2026, 12, 1), Duration.ONE_MONTH, date(2026, 12, 31)),
        (date(2027, 1, 31), Duration.ONE_MONTH, date(2027, 2, 28)),
        (date(2028, 1, 31), Duration.ONE_MONTH, date(2028, 2, 29)),
        (date(2028, 1, 30), Duration.ONE_MONTH, date(2028, 2, 29)),
        (date(2028, 2, 29), Duration.ONE_YEAR, date(2029, 2, 28)),
        (date(2024, 2, 29), Duration.FIVE_YEARS, date(2029, 2, 28)),
        (date(2026, 8, 31), Duration.SIX_MONTHS, date(2027, 2, 28)),
    ],
)
def test_it_includes_the_last_day(first_day: date, duration: Duration, last_day: date) -> None:
    assert duration.last_day(first_day) == last_day


@given(first_day=DAYS, months=MONTHS)
def test_it_lets_the_next_period_begin_in_the_right_month(first_day: date, months: int) -> None:
    following = last_day_of(first_day, months=months) + timedelta(days=1)
    passed = (following.year - first_day.year) * 12 + following.month - first_day.month
    assert passed == months or (passed == months + 1 and following.day == 1)


@given(first_day=DAYS, months=MONTHS)
def test_it_never_ends_earlier_for_who_begins_later(first_day: date, months: int) -> None:
    later = first_day + timedelta(days=1)
    assert last_day_of(first_day, months=months) <= last_day_of(later, months=months)


@given(first_day=DAYS)
def test_it_orders_the_durations_by_length(first_day: date) -> None:
    ends = [duration.last_day(first_day) for duration in Duration]
    assert ends == sorted(set(ends))
