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


class AppointmentReason(StrEnum):
    """Why something with an appointment cannot be done."""

    NOT_YOURS = "appointment-not-yours"
    PAST = "appointment-past"
    TOO_FAR = "appointment-too-far"
    OVER_MIDNIGHT = "over-midnight"
    NO_SUCH_TIME = "no-such-time"
    TIME_TWICE = "time-twice"
    LETTER_TOO_LATE = "letter-too-late"
    LETTER_TOO_FAR = "letter-too-far"
    NOT_COVERED = "not-covered"
    NOTHING_ASKED = "nothing-asked"
    NOT_TODAY = "appointment-not-today"
    OVER = "appointment-over"
    OPEN = "appointment-open"


class AppointmentRefused(Exception):
    """An action on an appointment was refused and nothing was written."""

    def __init__(self, reason: AppointmentReason) -> None:
        super().__init__(reason)
        self.reason = reason
