"""What comes of asking the population register. Failures are values: the doors say what they mean for a person."""

from dataclasses import dataclass
from enum import StrEnum

from namens.parties.facts import PersonFacts


class Reason(StrEnum):
    """Why there is no answer."""

    NOT_SET_UP = "not-set-up"
    CONNECTION = "connection"
    TIMEOUT = "timeout"
    BUSY = "busy"
    FAILING = "failing"
    REFUSED = "refused"
    REJECTED = "rejected"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Found:
    """The register knows this person."""

    facts: PersonFacts


@dataclass(frozen=True)
class NotFound:
    """The register does not give anybody under this number (unknown, or a record that was wrong and is removed)."""


@dataclass(frozen=True)
class Unavailable:
    """The register cannot say anything now. Nothing may be concluded from it."""

    reason: Reason

    @property
    def is_about_one(self) -> bool:
        """Say whether the register did answer, only not in a way that is of use for this one person."""
        return self.reason in {Reason.REJECTED, Reason.UNREADABLE}


Answer = Found | NotFound | Unavailable
