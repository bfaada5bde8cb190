"""What a helper has answered so far at the table, as a draft keeps it between two pages. Nothing of the client's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Answers:
    """The answers. None and empty mean: not answered yet. `renews` is the mandate that has to go on, if one has."""

    chosen: tuple[str, ...] = ()
    duration: str = ""
    label: str = ""
    has_partner: bool | None = None
    renews: UUID | None = None

    @classmethod
    def parse(cls, kept: Mapping[str, Any]) -> "Answers":
        """Read what `as_kept` gave."""
        return cls(
            chosen=tuple(kept.get("chosen", ())),
            duration=str(kept.get("duration", "")),
            label=str(kept.get("label", "")),
            has_partner=kept.get("has_partner"),
            renews=UUID(kept["renews"]) if kept.get("renews") else None,
        )

    def as_kept(self) -> dict[str, Any]:
        """Give the answers as JSON can hold them."""
        return {
            "chosen": list(self.chosen),
            "duration": self.duration,
            "label": self.label,
            "has_partner": self.has_partner,
            "renews": str(self.renews) if self.renews else None,
        }
