"""Why a party's action was refused."""

from enum import StrEnum


class PartyRefusal(StrEnum):
    """The reasons; the doors say them in plain words."""

    UNKNOWN_HELPER_NUMBER = "unknown-helper-number"
    TOO_MANY_HELPER_NUMBERS = "too-many-helper-numbers"
    TOO_MANY_SEARCHES = "too-many-searches"
    OWN_HELPER_NUMBER = "own-helper-number"
    HELPER_UNDER_AGE = "helper-under-age"
    HELPER_BLOCKED = "helper-blocked"
