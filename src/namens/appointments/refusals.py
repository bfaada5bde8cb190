"""Why something at the table was refused. Who opens a hand-off learns as little as possible."""

from dataclasses import dataclass
from enum import StrEnum


class HandOffReason(StrEnum):
    """The reasons. `hand-off-gone` stands for unknown, too late, taken back, and opened by (or for) somebody else."""

    GONE = "hand-off-gone"
    OWN = "hand-off-own"
    SAME_PERSON_TWICE = "hand-off-same-person-twice"
    PAUSED = "hand-off-paused"
    TOO_MANY = "too-many-hand-offs"
    NOT_YOURS = "hand-off-not-yours"


@dataclass(frozen=True)
class HandOffRefusal:
    """The refusal of a try to open one: a value, so that it counts."""

    reason: HandOffReason


class HandOffRefused(Exception):
    """An action on a hand-off was refused and nothing was written."""

    def __init__(self, reason: HandOffReason) -> None:
        super().__init__(reason)
        self.reason = reason
