"""What a helper has answered so far, as a draft keeps it between two pages. Never a BSN, and no date of birth."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Person:
    """Somebody for whom a helper asks: the own name for them, where what was stated is kept, and how the BSN ends."""

    label: str
    kept: UUID
    ends_in: str

    @classmethod
    def parse(cls, kept: Mapping[str, str] | None) -> "Person | None":
        """Read what `as_kept` gave."""
        return cls(label=kept["label"], kept=UUID(kept["kept"]), ends_in=kept["ends_in"]) if kept else None

    def as_kept(self) -> dict[str, str]:
        """Give it as JSON can hold it."""
        return {**asdict(self), "kept": str(self.kept)}


@dataclass(frozen=True)
class Answers:
    """The answers. None and empty mean: not answered yet."""

    chosen: tuple[str, ...] = ()
    duration: str = ""
    client: Person | None = None
    has_partner: bool | None = None
    partner: Person | None = None

    @classmethod
    def parse(cls, kept: Mapping[str, Any]) -> "Answers":
        """Read what `as_kept` gave."""
        return cls(
            chosen=tuple(kept.get("chosen", ())),
            duration=str(kept.get("duration", "")),
            client=Person.parse(kept.get("client")),
            has_partner=kept.get("has_partner"),
            partner=Person.parse(kept.get("partner")),
        )

    def as_kept(self) -> dict[str, Any]:
        """Give the answers as JSON can hold them."""
        return {
            "chosen": list(self.chosen),
            "duration": self.duration,
            "client": self.client.as_kept() if self.client else None,
            "has_partner": self.has_partner,
            "partner": self.partner.as_kept() if self.partner else None,
        }

    @property
    def people(self) -> list[Person]:
        """Give for whom is asked: the client first, then the partner when there is one."""
        asked = [self.client, self.partner if self.has_partner else None]
        return [person for person in asked if person is not None]
