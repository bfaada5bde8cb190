"""Days in Amsterdam."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namens.lib import clock

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_it_changes_the_day_at_midnight_in_amsterdam(instant: datetime, day: date) -> None:
    assert clock.day_of(instant) == day


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 12, 31), 24)]
)
def test_it_knows_how_long_a_day_is(day: date, hours: int) -> None:
    assert clock.end_of(day) - clock.start_of(day) == timedelta(hours=hours)


@given(day=DAYS)
def test_it_begins_and_ends_a_day_within_it(day: date) -> None:
    assert clock.day_of(clock.start_of(day)) == day
    assert clock.day_of(clock.end_of(day) - timedelta(microseconds=1)) == day
    assert clock.day_of(clock.end_of(day)) == day + timedelta(days=1)


def test_it_stands_still_when_frozen() -> None:
    instant = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    with clock.frozen(instant):
        assert (clock.now(), clock.today()) == (instant, date(2027, 1, 1))


def test_it_runs_again_afterwards() -> None:
    instant = datetime(2020, 1, 1, tzinfo=UTC)
    with clock.frozen(instant):
        pass
    assert clock.now() > instant


def test_it_refuses_an_instant_without_a_zone() -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - what is refused
    with pytest.raises(ValueError, match="time zone"), clock.frozen(naive):
        pass


def test_it_gives_instants_in_utc() -> None:
    assert clock.now().tzinfo is UTC
