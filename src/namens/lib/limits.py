"""The arithmetic of limits: how many times within how long."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """At most `times` within `window`."""

    times: int
    window: timedelta

    def since(self, now: datetime) -> datetime:
        """Give the first instant that still counts at `now`."""
        return now - self.window

    def until(self, now: datetime) -> datetime:
        """Give the last instant that counts at `now`. What is later was written by a clock that was wrong."""
        return now + self.window

    def wait(self, moment: datetime, *, now: datetime) -> timedelta:
        """Give how long it takes until a moment counts no more; never longer than the window."""
        return min(moment, now) + self.window - now

    def is_reached(self, count: int) -> bool:
        """Say whether `count` within the window leaves no room for another try."""
        return count >= self.times
