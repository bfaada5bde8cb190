"""Why an agent does not get a caller."""

from enum import StrEnum


class CallerRefusal(StrEnum):
    """The reasons. Whatever did not fit, it is one and the same."""

    NO_MATCH = "no-match"
    PAUSED = "look-ups-paused"
    REGISTER_AWAY = "register-away"
