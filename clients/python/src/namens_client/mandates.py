"""Mandates that concern this portal, as it may list them for work in batches."""

from dataclasses import KW_ONLY, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from namens_client.people import Organisation, Person


class Standing(StrEnum):
    """How it stands with a mandate, or with one service of it. Only ACTIVE lets anybody do anything."""

    ACTIVE = "actief"
    SUSPENDED = "onderbroken"
    NOT_STARTED = "nog-niet-begonnen"
    EXPIRED = "verlopen"
    STOPPED = "gestopt"
    ENDED = "beeindigd"
    UNKNOWN = "onbekend"

    @classmethod
    def _missing_(cls, _value: object) -> "Standing":
        return cls.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class MandateService:
    """A service of a mandate, by its key; first and last day are both included."""

    key: str
    first_day: date
    last_day: date
    standing: Standing


@dataclass(frozen=True, kw_only=True)
class Mandate:
    """A mandate, as far as it is about services of this portal. `sequence` is that of its last event, or 0."""

    id: UUID = field(repr=False)
    sequence: int
    standing: Standing
    represented: Person
    representative: Person | Organisation
    services: tuple[MandateService, ...]
    left_out: tuple[str, ...]
    changed_at: datetime


@dataclass(frozen=True)
class Search:
    """Which mandates: whatever is left out does not matter."""

    represented: Person | None = None
    _: KW_ONLY
    representative: Person | Organisation | None = None
    services: tuple[str, ...] = ()
    standings: tuple[Standing, ...] = ()
    changed_since: datetime | None = None

    def __post_init__(self) -> None:
        if self.changed_since is not None and self.changed_since.tzinfo is None:
            raise ValueError("changed_since needs a time zone")
