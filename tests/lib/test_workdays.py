"""Working days, against a table that was written by hand from the calendars of these years."""

from datetime import date, timedelta

import holidays as other_holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from namens.lib.workdays import (
    after_working_days,
    easter_sunday,
    holidays,
    is_working_day,
    kings_day,
    working_day_before,
)

# Good Friday, Easter Monday, King's Day, Ascension Day, Whit Monday (day, month).
TABLE = {
    2024: ("29-3", "1-4", "27-4", "9-5", "20-5"),
    2025: ("18-4", "21-4", "26-4", "29-5", "9-6"),
    2026: ("3-4", "6-4", "27-4", "14-5", "25-5"),
    2027: ("26-3", "29-3", "27-4", "6-5", "17-5"),
    2028: ("14-4", "17-4", "27-4", "25-5", "5-6"),
    2029: ("30-3", "2-4", "27-4", "10-5", "21-5"),
    2030: ("19-4", "22-4", "27-4", "30-5", "10-6"),
    2031: ("11-4", "14-4", "26-4", "22-5", "2-6"),
    2032: ("26-3", "29-3", "27-4", "6-5", "17-5"),
    2033: ("15-4", "18-4", "27-4", "26-5", "6-6"),
    2034: ("7-4", "10-4", "27-4", "18-5", "29-5"),
    2035: ("23-3", "26-3", "27-4", "3-5", "14-5"),
}
EVERY_YEAR = ("1-1", "5-5", "25-12", "26-12")
YEARS = st.integers(min_value=2014, max_value=2299)
DAYS = st.dates(min_value=date(2014, 1, 1), max_value=date(2299, 1, 1))


def day_of(written: str, *, year: int) -> date:
    day, month = map(int, written.split("-"))
    return date(year, month, day)


@pytest.mark.parametrize("year", TABLE)
def test_it_knows_the_holidays_of_every_year_in_the_table(year: int) -> None:
    assert holidays(year) == {day_of(written, year=year) for written in (*TABLE[year], *EVERY_YEAR)}


@pytest.mark.parametrize("year", TABLE)
def test_it_works_on_every_other_weekday(year: int) -> None:
    every_day = (date(year, 1, 1) + timedelta(days=days) for days in range(365))
    for day in every_day:
        assert is_working_day(day) == (day.weekday() < 5 and day not in holidays(year))


@pytest.mark.parametrize(
    ("year", "easter"), [(1961, "2-4"), (2000, "23-4"), (2008, "23-3"), (2038, "25-4"), (2049, "18-4"), (2076, "19-4")]
)
def test_it_finds_easter_in_the_years_that_are_easily_got_wrong(year: int, easter: str) -> None:
    assert easter_sunday(year) == day_of(easter, year=year)


@pytest.mark.parametrize("year", [2025, 2031, 2036])
def test_it_keeps_the_birthday_of_the_king_on_saturday_when_it_is_a_sunday(year: int) -> None:
    assert kings_day(year) == date(year, 4, 26)


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2026, 11, 25), 5, date(2026, 12, 2)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # past Good Friday, the weekend and Easter Monday
        (date(2026, 12, 24), 2, date(2026, 12, 29)),
        (date(2027, 12, 31), 1, date(2028, 1, 3)),
        (date(2026, 5, 4), 1, date(2026, 5, 6)),  # 5 May counts as a holiday outside the lustrum years too
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # from a Saturday
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
    ],
)
def test_it_counts_working_days_without_the_day_itself(day: date, number: int, expected: date) -> None:
    assert after_working_days(day, number=number) == expected


@given(day=DAYS, number=st.integers(min_value=1, max_value=60))
def test_it_ends_on_a_working_day_with_exactly_so_many_between(day: date, number: int) -> None:
    end = after_working_days(day, number=number)
    passed = (day + timedelta(days=days) for days in range(1, (end - day).days + 1))
    assert is_working_day(end)
    assert sum(map(is_working_day, passed)) == number


@given(day=DAYS, first=st.integers(min_value=0, max_value=20), second=st.integers(min_value=0, max_value=20))
def test_it_can_count_in_two_parts(day: date, first: int, second: int) -> None:
    half_way = after_working_days(day, number=first)
    assert after_working_days(half_way, number=second) == after_working_days(day, number=first + second)


@given(year=YEARS)
def test_it_puts_easter_on_a_sunday_within_its_five_weeks(year: int) -> None:
    easter = easter_sunday(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


@pytest.mark.parametrize("year", range(2014, 2100))
def test_it_agrees_with_the_holidays_that_others_keep(year: int) -> None:
    # They leave 5 May out, but for once in five years, and have Easter and Whit Sunday, which are Sundays anyway.
    kinds = (other_holidays.PUBLIC, other_holidays.OPTIONAL)
    theirs = set(other_holidays.country_holidays("NL", years=year, categories=kinds))
    assert {day for day in theirs if day.weekday() != 6} == {day for day in holidays(year) if day.weekday() != 6}


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 24), date(2026, 11, 23)),
        (date(2026, 11, 23), date(2026, 11, 20)),
        (date(2026, 12, 28), date(2026, 12, 24)),
    ],
)
def test_it_gives_the_working_day_before(day: date, before: date) -> None:
    assert working_day_before(day) == before
