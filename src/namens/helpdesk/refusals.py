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


class CallRefused(Exception):
    """What the caller asks cannot be done, and nothing was written."""

    def __init__(self, reason: CallerRefusal) -> None:
        super().__init__(reason)
        self.reason = reason
