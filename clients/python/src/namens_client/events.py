"""What Namens tells a portal, each kind with its own type."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from namens_client.people import Member, Party, Person


class EventType(StrEnum):
    """The kinds, as they go over the wire."""

    ACTIVE = "machtiging.actief"
    STOPPED = "machtiging.gestopt"
    SUSPENDED = "machtiging.onderbroken"
    RESTORED = "machtiging.hersteld"
    ENDED = "machtiging.beeindigd"
    CHANGED = "machtiging.gewijzigd"
    LICENCE = "licentie.gewijzigd"
    EXCLUSION = "uitsluiting.gewijzigd"
    DISPUTED = "handeling.betwist"
    TRIAL = "proef"


OVER = frozenset({EventType.STOPPED, EventType.SUSPENDED, EventType.ENDED})


@dataclass(frozen=True, kw_only=True)
class Happened:
    """What every event has. `number` counts for this portal: read on from the last one that you have."""

    id: UUID = field(repr=False)
    number: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MandateEvent(Happened):
    """Something became of a mandate, for `services` of this portal; of others it says nothing.

    `sequence` counts for this mandate: a lower one than you have is old news.
    """

    type: EventType
    mandate: UUID = field(repr=False)
    sequence: int
    represented: Person
    representative: Party
    services: tuple[str, ...]
    first_day: date | None
    last_day: date | None
    left_out: tuple[str, ...]

    @property
    def is_over(self) -> bool:
        """Whether nobody may act by it at `services` now: end the logins there that go by it."""
        return self.type in OVER


@dataclass(frozen=True, kw_only=True)
class LicenceEvent(Happened):
    """What a member may use of this portal changed; with no `services` that is nothing any more."""

    member: Member
    services: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ExclusionEvent(Happened):
    """A client does not want this member to help any more, or does so again."""

    represented: Person
    member: Member
    excluded: bool


@dataclass(frozen=True, kw_only=True)
class DisputeEvent(Happened):
    """A client says that an act is not right. `reference` is the one that it was reported under."""

    act: UUID = field(repr=False)
    reference: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class TrialEvent(Happened):
    """A trial: nothing happened."""


@dataclass(frozen=True, kw_only=True)
class UnknownEvent(Happened):
    """A kind that this version does not know. Take it, and do nothing."""

    type: str
    content: Mapping[str, object] = field(repr=False)


Event = MandateEvent | LicenceEvent | ExclusionEvent | DisputeEvent | TrialEvent | UnknownEvent
