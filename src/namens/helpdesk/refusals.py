"""Why an agent does not get a caller, or cannot do what the caller asks."""

from enum import StrEnum


class CallerRefusal(StrEnum):
    """The reasons. Whatever did not fit in a look-up, it is one and the same."""

    NO_MATCH = "no-match"
    PAUSED = "look-ups-paused"
    REGISTER_AWAY = "register-away"
    CALL_OVER = "call-over"
    LETTER_CANNOT_GO = "letter-cannot-go"
    CALLER_PROMPTED = "caller-prompted"
    MOVE_NOT_REPORTED = "move-not-reported"
    OWN_PROPOSAL = "own-proposal"
    OWN_LINE = "own-line"
    LINE_CLOSED = "line-closed"
    ANSWER_DOES_NOT_FIT = "answer-does-not-fit"


class DisputeRefusal(StrEnum):
    """Why a line cannot be disputed, or a dispute not be taken back."""

    NOT_YOUR_LINE = "not-your-line"
    ALREADY_DISPUTED = "line-disputed-already"
    TOO_MANY = "too-many-disputes"
    TOO_MANY_OPEN = "too-many-open-disputes"
    CLOSED = "dispute-closed"


class CallRefused(Exception):
    """What the caller asks cannot be done, and nothing was written."""

    def __init__(self, reason: CallerRefusal) -> None:
        super().__init__(reason)
        self.reason = reason


class DisputeRefused(Exception):
    """This line cannot be disputed now, or the dispute cannot be taken back, and nothing was written."""

    def __init__(self, reason: DisputeRefusal) -> None:
        super().__init__(reason)
        self.reason = reason
