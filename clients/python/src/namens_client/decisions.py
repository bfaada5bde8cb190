"""May somebody, for somebody else, at this service? What is asked, and what is heard."""

from dataclasses import KW_ONLY, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from namens_client.people import Helper, Person


class Reason(StrEnum):
    """Why not. Only where there is or was a mandate between the two; else it is always NO_MANDATE."""

    ASSURANCE_TOO_LOW = "assurance_too_low"
    ACTION_LEFT_OUT = "action_left_out"
    NO_LICENCE = "no_licence"
    PERSON_LEFT_OUT = "person_left_out"
    SUSPENDED = "suspended"
    NOT_STARTED = "not_started"
    NOT_ACTIVATED = "not_activated"
    EXPIRED = "expired"
    STOPPED = "stopped"
    WRONG_SERVICE = "wrong_service"
    NO_MANDATE = "no_mandate"
    UNKNOWN = "unknown"

    @classmethod
    def _missing_(cls, _value: object) -> "Reason":
        # A newer Namens may know more reasons: that is a no all the same.
        return cls.UNKNOWN


@dataclass(frozen=True)
class Question:
    """May `subject` use `service` on behalf of somebody, or do one sensitive action of it?

    `assurance` is how sure the login was (the `acr`); left out, a service that asks for a level says no. `at` is a
    moment in the past: what was so then.
    """

    subject: Helper
    _: KW_ONLY
    service: str
    on_behalf_of: Person
    action: str = ""
    assurance: str = ""
    at: datetime | None = None

    def __post_init__(self) -> None:
        if not self.service or "#" in self.service:
            raise ValueError("service is the key of a service")
        if self.at is not None and self.at.tzinfo is None:
            raise ValueError("at needs a time zone")


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What Namens said at this moment. It is true or false as `allowed` is. Do not keep it: the next click asks again.

    `reason` stands at a no, where the portal hears reasons. `error` says that this was no question (in a row of many).
    `valid_until` is the last day; `as_of` the moment in the past that was asked about.
    """

    allowed: bool
    reason: Reason | None = None
    mandate: UUID | None = field(default=None, repr=False)
    valid_until: date | None = None
    as_of: datetime | None = None
    error: str = ""
    request_id: str = ""

    def __bool__(self) -> bool:
        return self.allowed
