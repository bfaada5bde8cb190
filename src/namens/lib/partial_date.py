"""Dates of which the day or the month may be unknown, as the population register has them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_WRITTEN = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?", re.ASCII)


@dataclass(frozen=True)
class PartialDate:
    """A year, perhaps with a month, perhaps with a day. Raises ValueError when no such day exists."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def parse(cls, written: str) -> "PartialDate":
        """Read `1951`, `1951-03` or `1951-03-27`. Raises ValueError."""
        match = _WRITTEN.fullmatch(written)
        if match is None:
            raise ValueError("a partial date is written as 1951, 1951-03 or 1951-03-27")
        year, month, day = (match[name] for name in ("year", "month", "day"))
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def latest(self) -> date:
        """Give the last day that this can be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def is_adult_on(self, day: date, *, age: int = 18) -> bool:
        """Say whether somebody born on this date is surely `age` on `day`; unknown parts count as late as possible."""
        return (day.year - self.year, day.month, day.day) >= (age, self.latest.month, self.latest.day)
