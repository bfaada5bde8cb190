"""Dates of which a part may be unknown."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namens.lib.partial_date import PartialDate

WHOLE = st.dates(min_value=date(1900, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize("written", ["1951", "1951-03", "1951-03-27", "2028-02-29", "0001-01-01"])
def test_it_writes_what_it_read(written: str) -> None:
    assert str(PartialDate.parse(written)) == written


@pytest.mark.parametrize(
    "written",
    [
        "",
        "51",
        "1951-3",
        "1951-00",
        "1951-13",
        "1951-03-00",
        "1951-00-00",
        "1951-02-29",
        "0000",
        "1951-03-27 ",
        "1951-03-27T00:00",
        "\u0661\u0669\u0665\u0661",
        "1951--27",
    ],
)
def test_it_refuses_what_is_no_date(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.parse(written)


def test_it_refuses_a_day_without_a_month() -> None:
    with pytest.raises(ValueError, match="a day needs a month"):
        PartialDate(1951, None, 27)


@given(born=WHOLE)
def test_it_comes_of_age_on_the_eighteenth_birthday(born: date) -> None:
    birthday = date(born.year + 18, 3, 1) if (born.month, born.day) == (2, 29) else born.replace(year=born.year + 18)
    if (born.month, born.day) == (2, 29) and birthday.year % 4 == 0:
        birthday = date(birthday.year, 2, 29)
    partial = PartialDate(born.year, born.month, born.day)
    assert partial.is_adult_on(birthday)
    assert not partial.is_adult_on(birthday - timedelta(days=1))


@given(born=WHOLE, day=WHOLE)
def test_it_calls_nobody_adult_who_could_be_a_child(born: date, day: date) -> None:
    known = PartialDate(born.year, born.month, born.day).is_adult_on(day)
    for less in (PartialDate(born.year, born.month), PartialDate(born.year)):
        assert known or not less.is_adult_on(day)


def test_it_takes_the_last_possible_day_for_an_unknown_one() -> None:
    april = PartialDate(2008, 4)
    assert (april.is_adult_on(date(2026, 4, 29)), april.is_adult_on(date(2026, 4, 30))) == (False, True)


def test_it_takes_the_last_day_of_the_year_for_an_unknown_month() -> None:
    year = PartialDate(2008)
    assert (year.is_adult_on(date(2026, 12, 30)), year.is_adult_on(date(2026, 12, 31))) == (False, True)
