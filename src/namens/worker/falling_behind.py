"""Which replicas are behind, and for how long: arithmetic, without a clock and without a database.

A place in the write-ahead log is a number of bytes. Instants are monotonic seconds of this process.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# A server answers 503 when its heartbeat is older. What reads it has the same number.
OLDEST_BEAT = 2.0
# What a replica has applied without having said so yet: it speaks of a beat when the next one comes.
UNSAID = 0.5
# How far clocks of servers may be apart. More is told, for one that is behind.
CLOCKS = 0.5
# Later than a replica refuses by itself, whatever it did not say: who is out has refused already.
OUT_AFTER = OLDEST_BEAT + UNSAID + CLOCKS
# Sooner than it answers again, as far as can be: nobody waits for who is out.
BACK_WITHIN = 1.5
REMEMBERED = 60
NOTHING = -1


@dataclass(frozen=True, kw_only=True)
class Row:
    """What the primary server says of one that follows: how far it has applied, and its clock less ours, in seconds."""

    name: str
    reached: int
    clock: float


class Lags:
    """What is known of every listed replica since this process connected. Who was never seen is behind since then."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._marks: deque[tuple[float, int]] = deque(maxlen=REMEMBERED)
        self._reached: dict[str, int] = {}
        self._heard_at = 0.0
        self.slow_clocks: frozenset[str] = frozenset()

    def mark(self, *, at: float, reached: int) -> None:
        """Keep that the primary server had written up to here at this instant."""
        self._marks.append((at, reached))

    def hear(self, rows: Iterable[Row], *, at: float) -> None:
        """Keep how far each had come, asked at this instant.

        Of two under one name the one that is behind counts: the other may be anybody.
        """
        found: dict[str, Row] = {}
        for row in rows:
            known = found.get(row.name)
            found[row.name] = row if known is None or row.reached < known.reached else known
        spoke = [row for row in found.values() if row.reached > self._reached.get(row.name, row.reached)]
        # Who came further since we asked last spoke since then: its clock cannot say much longer ago.
        passed = at - self._heard_at
        self.slow_clocks = frozenset(row.name for row in spoke if row.clock < -passed - CLOCKS)
        self._heard_at = at
        self._reached |= {name: row.reached for name, row in found.items()}

    def behind(self, name: str) -> float:
        """For how many seconds this replica had lacked something when it was last asked for; 0 when nothing."""
        reached = self._reached.get(name, NOTHING)
        lacking = next((instant for instant, place in self._marks if place > reached), self._heard_at)
        return max(0.0, self._heard_at - lacking)

    def is_back(self, name: str) -> bool:
        """Say whether it has applied what was written a moment ago, as far as this process saw itself."""
        reached, since = self._reached.get(name, NOTHING), self._heard_at - BACK_WITHIN
        return any(place <= reached and instant >= since for instant, place in self._marks)

    def belonging(self, listed: Iterable[str]) -> list[str]:
        """Give who belongs in the list, of those there now and of the others."""
        there = frozenset(listed)
        return [
            name for name in self._names if (self.behind(name) < OUT_AFTER if name in there else self.is_back(name))
        ]
