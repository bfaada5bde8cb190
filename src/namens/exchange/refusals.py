"""Why a report of an act is not taken."""

from datetime import timedelta
from enum import StrEnum


class Wrong(StrEnum):
    """What is wrong with the report itself, whoever did the act. The portal repairs it and sends it again."""

    ACT_UNKNOWN = "act-unknown"
    SERVICE_MISSING = "act-service-missing"
    SERVICE_UNKNOWN = "act-service-unknown"
    IN_THE_FUTURE = "act-in-the-future"
    TOO_OLD = "act-too-old"
    REFERENCE_MALFORMED = "act-reference-malformed"
    REFERENCE_IS_BSN = "act-reference-is-bsn"
    ONESELF = "act-for-oneself"
    LOGIN_UNKNOWN = "act-login-unknown"
    LOGIN_NOT_THEN = "act-login-not-then"
    LOGIN_NOT_FOR_SERVICE = "act-login-not-for-service"


class Flood(StrEnum):
    """Of what there was too much."""

    ACTS = "too-many-acts"
    REFUSED = "too-many-refused-acts"


class TooMany(Exception):
    """This portal sends too much. Nothing of it was taken; it may come again after `wait`."""

    def __init__(self, flood: Flood, *, wait: timedelta) -> None:
        super().__init__(flood.value)
        self.flood = flood
        self.wait = wait
