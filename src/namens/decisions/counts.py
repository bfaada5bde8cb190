"""What a process counts while it answers: plain numbers, added in the event loop and read by threads beside it.

Only words of ours become labels (endpoints, reasons, client ids of portals that proved themselves): whoever could make
labels could fill the memory. Nothing here says who asked about whom.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping
from enum import StrEnum

import msgspec

from namens.mandates.decision import Reason

PERMIT = "permit"
# Reasons that say something: that there is or was a mandate between two people.
TELLING = frozenset(Reason) - {Reason.NO_MANDATE}
SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
PAIRS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)


class Endpoint(StrEnum):
    """Where a request came in. `OTHER` is for every address that is none of ours."""

    EVALUATION = "evaluation"
    EVALUATIONS = "evaluations"
    SEARCH_SUBJECT = "search-subject"
    SEARCH_RESOURCE = "search-resource"
    SEARCH_ACTION = "search-action"
    CONFIGURATION = "configuration"
    METRICS = "metrics"
    OTHER = "other"


class Spread:
    """How values are spread: how many fell at or below each bound, and what they come to together."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def add(self, value: float) -> None:
        """Count one value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


class Numbers(msgspec.Struct, kw_only=True):
    """The numbers of one process, or of several together. They only ever grow, but those of `Standing`."""

    decisions: dict[str, int] = {}
    reasons_told: dict[str, int] = {}
    requests: dict[str, int] = {}
    seconds: dict[str, list[int]] = {}
    seconds_total: dict[str, float] = {}
    pairs: list[int] = []
    pairs_total: float = 0.0
    tokens: dict[str, int] = {}

    def add(self, other: "Numbers") -> None:
        """Add those of another process. Bounds that changed with a new version begin at nothing."""
        for mine, theirs in (
            (self.decisions, other.decisions),
            (self.reasons_told, other.reasons_told),
            (self.requests, other.requests),
            (self.tokens, other.tokens),
        ):
            for name, count in theirs.items():
                mine[name] = mine.get(name, 0) + count
        for name, counts in other.seconds.items():
            self.seconds[name] = _together(self.seconds.get(name, []), counts)
        for name, seconds in other.seconds_total.items():
            self.seconds_total[name] = self.seconds_total.get(name, 0.0) + seconds
        self.pairs = _together(self.pairs, other.pairs)
        self.pairs_total += other.pairs_total


class Standing(msgspec.Struct, kw_only=True):
    """How a process stands at this moment: look-ups that wait, and the age of each server's heartbeat in seconds."""

    waiting: int = 0
    heartbeats: dict[str, float] = {}


class Counts:
    """The numbers of this process. `waiting` and `heartbeats` are asked by a thread, about once a second."""

    def __init__(self) -> None:
        self._decisions: defaultdict[tuple[str, str, str], int] = defaultdict(int)
        self._told: defaultdict[str, int] = defaultdict(int)
        self._requests: defaultdict[tuple[str, int], int] = defaultdict(int)
        self._seconds = {endpoint: Spread(SECONDS) for endpoint in Endpoint}
        self._pairs = Spread(PAIRS)
        self._tokens = {"kept": 0, "verified": 0}
        self.waiting: Callable[[], int] = int
        self.heartbeats: Callable[[], Mapping[str, float]] = dict

    def answered(self, endpoint: Endpoint, *, status: int, seconds: float) -> None:
        """Count one request that was answered, after so many seconds."""
        self._requests[endpoint, status] += 1
        self._seconds[endpoint].add(seconds)

    def decided(self, outcome: str, *, portal: str, endpoint: Endpoint, told: bool, times: int = 1) -> None:
        """Count decisions with the same outcome: `permit` or a reason. `portal` is its client id.

        `told` says whether the reason stood in the answer: reasons that say something are counted apart.
        """
        self._decisions[portal, endpoint, outcome] += times
        if told and outcome in TELLING:
            self._told[portal] += times

    def looked_up(self, pairs: int) -> None:
        """Count one statement, for so many pairs."""
        self._pairs.add(pairs)

    def shown(self, *, known: bool) -> None:
        """Count one token: known from before, or verified now."""
        self._tokens["kept" if known else "verified"] += 1

    def numbers(self) -> Numbers:
        """Give the numbers until now. Each dictionary is copied in one step: the event loop may go on."""
        return Numbers(
            decisions={" ".join(label): count for label, count in dict(self._decisions).items()},
            reasons_told=dict(self._told),
            requests={f"{endpoint} {status}": count for (endpoint, status), count in dict(self._requests).items()},
            seconds={endpoint: list(spread.counts) for endpoint, spread in self._seconds.items()},
            seconds_total={endpoint: spread.total for endpoint, spread in self._seconds.items()},
            pairs=list(self._pairs.counts),
            pairs_total=self._pairs.total,
            tokens=dict(self._tokens),
        )

    def standing(self) -> Standing:
        """Say how this process stands now."""
        return Standing(waiting=self.waiting(), heartbeats=dict(self.heartbeats()))


def _together(mine: list[int], theirs: list[int]) -> list[int]:
    if len(mine) != len(theirs):
        return mine or list(theirs)
    return [one + other for one, other in zip(mine, theirs, strict=True)]
