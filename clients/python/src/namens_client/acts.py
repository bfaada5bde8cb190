"""Acts: what was done at this portal on behalf of somebody, told to Namens so that the client can read it there."""

from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime
from uuid import UUID

from namens_client.decisions import Reason
from namens_client.people import Helper, Person


@dataclass(frozen=True)
class Act:
    """An act of the list that this portal is registered with.

    `reference` is our own word for it, once for each act (at most 64 symbols): the same act may be reported again and
    again under it. Who did it for whom are two people, or the login in which it was done (the `jti` of the ID token).
    `service` may be left out by a portal with one service.
    """

    key: str
    _: KW_ONLY
    at: datetime
    reference: str = field(repr=False)
    service: str = ""
    on_behalf_of: Person | None = None
    by: Helper | None = None
    login: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.key or not self.reference:
            raise ValueError("an act has a key and a reference")
        if self.at.tzinfo is None:
            raise ValueError("at needs a time zone")
        people = (self.on_behalf_of is not None, self.by is not None)
        if people != (not self.login, not self.login):
            raise ValueError("name two people, or the login; not both")


@dataclass(frozen=True, kw_only=True)
class Reported:
    """Namens took it."""

    id: UUID = field(repr=False)
    mandate: UUID = field(repr=False)
    reported_at: datetime


@dataclass(frozen=True, kw_only=True)
class AlreadyReported:
    """Namens took the very same before, under this reference: as good as Reported."""

    id: UUID = field(repr=False)
    mandate: UUID = field(repr=False)
    reported_at: datetime


@dataclass(frozen=True, kw_only=True)
class NotAllowedThen:
    """Nobody was allowed to do this at that moment. It is not taken, and Namens raises an alarm: find out how.

    `reason` stands there where the portal hears reasons.
    """

    reason: Reason | None = None
    request_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """It cannot be taken as it is, now or later. `code` is the word of Namens for it, `detail` a Dutch sentence."""

    code: str
    detail: str
    request_id: str = ""


Outcome = Reported | AlreadyReported | NotAllowedThen | Rejected
