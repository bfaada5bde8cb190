"""How long a mandate runs. First and last day are both included."""

import calendar
from datetime import date, timedelta
from enum import StrEnum

# What time alone ended or began longer ago than portals can read back is no news: also after an upgrade, of all before.
NEWS_FOR = timedelta(days=30)


class Duration(StrEnum):
    """The lengths that people choose from; an own last day is not one of them."""

    TODAY = "today"
    ONE_MONTH = "1-month"
    SIX_MONTHS = "6-months"
    ONE_YEAR = "1-year"
    THREE_YEARS = "3-years"
    FIVE_YEARS = "5-years"

    @property
    def months(self) -> int:
        """Give the length in months; 0 for one day only."""
        return _MONTHS[self]

    def last_day(self, first_day: date) -> date:
        """Give the last day that is included: one month from 23 November runs to and including 22 December."""
        return first_day if self is Duration.TODAY else last_day_of(first_day, months=self.months)


def last_day_of(first_day: date, *, months: int) -> date:
    """Give the day before the same day `months` later; where that month has no such day, its last day.

    31 January plus one month is to and including 28 (or 29) February.
    """
    year, month_index = divmod(first_day.month - 1 + months, 12)
    year, month = first_day.year + year, month_index + 1
    longest = calendar.monthrange(year, month)[1]
    if first_day.day > longest:
        return date(year, month, longest)
    return date(year, month, first_day.day) - timedelta(days=1)


def next_month(month: date) -> date:
    """Give the first day of the month after the one that begins on this day."""
    return last_day_of(month, months=1) + timedelta(days=1)


_MONTHS = {
    Duration.TODAY: 0,
    Duration.ONE_MONTH: 1,
    Duration.SIX_MONTHS: 6,
    Duration.ONE_YEAR: 12,
    Duration.THREE_YEARS: 36,
    Duration.FIVE_YEARS: 60,
}
