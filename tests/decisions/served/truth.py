"""What was true when, so that an answer can be held against it. Kept simple: it has to be trusted.

Whoever changes something notes when it began and when it was certain. Somewhere in between the truth became another
one. An answer is possible when its value was, or may have been, the truth at some moment between sending and receiving.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

Pair = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """From some moment between `began` and `certain` on, this was the answer."""

    value: bool
    began: float
    certain: float


@dataclass(frozen=True)
class Said:
    """An answer about a pair."""

    pair: Pair
    value: bool
    sent: float
    received: float


class Truth:
    """The changes of each pair, in their order. Before the first one the answer was no."""

    def __init__(self) -> None:
        self._changes: dict[Pair, list[Change]] = defaultdict(lambda: [Change(value=False, began=0, certain=0)])

    def changed(self, pair: Pair, *, value: bool, began: float, certain: float) -> None:
        """Note a change that is certain."""
        assert self._changes[pair][-1].certain <= began <= certain
        self._changes[pair].append(Change(value, began, certain))

    def possible(self, said: Said) -> set[bool]:
        """Give what could be answered to a question of then."""
        changes = self._changes[said.pair]
        return {
            change.value
            for change, following in zip_longest(changes, changes[1:])
            if change.began <= said.received and (following is None or said.sent <= following.certain)
        }

    def wrong(self, answers: Iterable[Said]) -> list[Said]:
        """Give the answers that were never true in their time."""
        return [said for said in answers if said.value not in self.possible(said)]
