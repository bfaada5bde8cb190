"""The only place that reads the wall clock.

Instants are aware datetimes in UTC. Days are dates in Europe/Amsterdam: that is where a mandate begins and ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_frozen: list[datetime] = []


def now() -> datetime:
    """Give this instant, in UTC."""
    return _frozen[-1] if _frozen else datetime.now(UTC)


def today() -> date:
    """Give today's date in Amsterdam."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """Give the Amsterdam date on which `instant` falls."""
    return _day_of(instant)


def start_of(day: date) -> datetime:
    """Give the first instant of `day` in Amsterdam, in UTC."""
    return datetime.combine(day, time(), tzinfo=AMSTERDAM).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Give the first instant after `day` in Amsterdam, in UTC."""
    return start_of(day + timedelta(days=1))


@lru_cache(maxsize=256)
def _day_of(instant: datetime) -> date:
    # A thousand decisions are about one instant.
    return instant.astimezone(AMSTERDAM).date()


@contextmanager
def frozen(instant: datetime) -> Iterator[datetime]:
    """Let the clock stand still at `instant` (for tests and rehearsed calculations)."""
    if instant.tzinfo is None:
        raise ValueError("a frozen instant needs a time zone")
    _frozen.append(instant.astimezone(UTC))
    try:
        yield _frozen[-1]
    finally:
        _frozen.pop()
