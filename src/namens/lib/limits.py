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

    def is_reached(self, count: int) -> bool:
        """Say whether `count` within the window leaves no room for another try."""
        return count >= self.times
