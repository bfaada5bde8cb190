"""What a client has answered so far, as a draft keeps it between two pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from namens.lib.periods import Duration

OWN_DAY = "own-day"


@dataclass(frozen=True)
class Answers:
    """The answers. None and empty mean: not answered yet. `request` is the mandate that was asked for, if one was.

    `there`: who asked at the table sits with the client, now.
    """

    helper: UUID | None = None
    open_code: bool = False
    confirmed: bool = False
    chosen: tuple[str, ...] = ()
    granted: Mapping[str, bool] = field(default_factory=dict)
    granted_for: tuple[str, ...] = ()
    first_day: date | None = None
    duration: str = ""
    own_last_day: date | None = None
    not_administered: bool = False
    partner: bool | None = None
    others_stop: Mapping[str, bool] = field(default_factory=dict)
    request: UUID | None = None
    there: bool = False

    @classmethod
    def parse(cls, kept: Mapping[str, Any]) -> "Answers":
        """Read what `as_kept` gave."""
        return cls(
            helper=UUID(kept["helper"]) if kept.get("helper") else None,
            open_code=bool(kept.get("open_code")),
            confirmed=bool(kept.get("confirmed")),
            chosen=tuple(kept.get("chosen", ())),
            granted=dict(kept.get("granted", {})),
            granted_for=tuple(kept.get("granted_for", ())),
            first_day=_day(kept.get("first_day")),
            duration=str(kept.get("duration", "")),
            own_last_day=_day(kept.get("own_last_day")),
            not_administered=bool(kept.get("not_administered")),
            partner=kept.get("partner"),
            others_stop=dict(kept.get("others_stop", {})),
            request=UUID(kept["request"]) if kept.get("request") else None,
            there=bool(kept.get("there")),
        )

    def as_kept(self) -> dict[str, Any]:
        """Give the answers as JSON can hold them."""
        return {
            "helper": str(self.helper) if self.helper else None,
            "open_code": self.open_code,
            "confirmed": self.confirmed,
            "chosen": list(self.chosen),
            "granted": dict(self.granted),
            "granted_for": list(self.granted_for),
            "first_day": self.first_day.isoformat() if self.first_day else None,
            "duration": self.duration,
            "own_last_day": self.own_last_day.isoformat() if self.own_last_day else None,
            "not_administered": self.not_administered,
            "partner": self.partner,
            "others_stop": dict(self.others_stop),
            "request": str(self.request) if self.request else None,
            "there": self.there,
        }

    @property
    def last_day(self) -> date | None:
        """Give the last day that was chosen, as a length or as a day of one's own."""
        if self.first_day is None or not self.duration:
            return None
        if self.duration == OWN_DAY:
            return self.own_last_day
        return Duration(self.duration).last_day(self.first_day)

    @property
    def granted_actions(self) -> frozenset[str]:
        """Give the sensitive actions with a yes."""
        return frozenset(key for key, yes in self.granted.items() if yes)

    @property
    def leaves_out(self) -> bool:
        """Say whether there is a sensitive action with a no."""
        return not all(self.granted.values())


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
