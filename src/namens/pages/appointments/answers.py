"""What a helper has answered so far about an appointment, as a draft keeps it. Never a BSN, and no date of birth."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from namens.pages.helper.answers import Person

ONLY_DURING = "only-during"


@dataclass(frozen=True)
class Moment:
    """When, for how long and where."""

    day: date
    at: time
    minutes: int
    place: str


@dataclass(frozen=True)
class Answers:
    """The answers. None and empty mean: not answered yet. `known` is a client who was chosen for it."""

    label: str = ""
    known: UUID | None = None
    moment: Moment | None = None
    chosen: tuple[str, ...] = ()
    has_partner: bool | None = None
    partner_label: str = ""
    way: str = ""
    duration: str = ""
    client: Person | None = None
    partner: Person | None = None

    @classmethod
    def parse(cls, kept: Mapping[str, Any]) -> "Answers":
        """Read what `as_kept` gave."""
        return cls(
            label=str(kept.get("label", "")),
            known=UUID(kept["known"]) if kept.get("known") else None,
            moment=_moment(kept.get("moment")),
            chosen=tuple(kept.get("chosen", ())),
            has_partner=kept.get("has_partner"),
            partner_label=str(kept.get("partner_label", "")),
            way=str(kept.get("way", "")),
            duration=str(kept.get("duration", "")),
            client=Person.parse(kept.get("client")),
            partner=Person.parse(kept.get("partner")),
        )

    def as_kept(self) -> dict[str, Any]:
        """Give the answers as JSON can hold them."""
        moment = self.moment
        return {
            "label": self.label,
            "known": str(self.known) if self.known else None,
            "moment": [moment.day.isoformat(), moment.at.isoformat(), moment.minutes, moment.place] if moment else None,
            "chosen": list(self.chosen),
            "has_partner": self.has_partner,
            "partner_label": self.partner_label,
            "way": self.way,
            "duration": self.duration,
            "client": self.client.as_kept() if self.client else None,
            "partner": self.partner.as_kept() if self.partner else None,
        }

    @property
    def people(self) -> list[Person]:
        """Give who was stated: the client first, then the partner when there is one."""
        stated = [self.client, self.partner if self.has_partner else None]
        return [person for person in stated if person is not None]


def _moment(kept: list[Any] | None) -> Moment | None:
    if not kept:
        return None
    day, at, minutes, place = kept
    return Moment(day=date.fromisoformat(day), at=time.fromisoformat(at), minutes=int(minutes), place=str(place))
