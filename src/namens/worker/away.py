"""Portals that are away, as far as this worker noticed: nothing is sent there for a while. Nothing of it is kept."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

FIRST_REST = timedelta(seconds=2)
LONGEST_REST = timedelta(minutes=5)
LONG = timedelta(minutes=1)


@dataclass(frozen=True)
class _Rest:
    pause: timedelta
    until: datetime

    def lasts(self, now: datetime) -> bool:
        """Say whether it is not over. It is when it begins later than now: then the clock was ahead."""
        return self.until - self.pause <= now < self.until


@dataclass
class Away:
    """Who rests until when. The pause doubles each time that a portal is still away after it, to five minutes."""

    _rests: dict[UUID, _Rest] = field(default_factory=dict)

    def noticed(self, portal: UUID, *, now: datetime, wish: timedelta = timedelta()) -> datetime | None:
        """Let this portal rest, and give until when; None when it rests already (several tries fail at once).

        `wish` is for how long the portal wants to be left alone: kept to as far as the longest rest.
        """
        before = self._rests.get(portal)
        if before is not None and before.lasts(now):
            return None
        pause = FIRST_REST if before is None else min(before.pause * 2, LONGEST_REST)
        pause = max(pause, min(wish, LONGEST_REST))
        self._rests[portal] = _Rest(pause, now + pause)
        return now + pause

    def is_back(self, portal: UUID) -> bool:
        """Keep that this portal answers; True when it was away for so long that what waits has grown pauses."""
        before = self._rests.pop(portal, None)
        return before is not None and before.pause >= LONG

    def resting(self, *, now: datetime) -> set[UUID]:
        """Give who is not to be called now."""
        return {portal for portal, rest in self._rests.items() if rest.lasts(now)}

    def doubtful(self) -> set[UUID]:
        """Give who was away when last called: one try at a time is enough to find out."""
        return set(self._rests)
