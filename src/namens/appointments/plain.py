"""What opens a hand-off, as values that do not print themselves."""

import re
import secrets
from dataclasses import dataclass

# For what their digests and seals are.
ID, NUMBER = "hand-off-id", "hand-off-number"
DIGITS = 8
GROUP = 4
# What was typed is cut off far beyond any number of ours, before anything is done with it.
LONGEST_INPUT = 100
_ID = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{8}", re.ASCII)
_BETWEEN = re.compile(r"[\s.\-]+")


class InvalidHandOff(ValueError):
    """What came cannot be an id or a number of a hand-off."""

    def __init__(self) -> None:
        super().__init__("does not open a hand-off")


@dataclass(frozen=True, repr=False)
class PlainId:
    """What stands in the QR: 128 random bits. Prints as `<id>`; only `reveal` gives it away."""

    text: str

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.text):
            raise InvalidHandOff

    @classmethod
    def generate(cls) -> "PlainId":
        """Make a new one."""
        return cls(secrets.token_urlsafe(16))

    def reveal(self) -> str:
        """Give the id as it stands in an address."""
        return self.text

    def __repr__(self) -> str:
        return "<id>"

    __str__ = __repr__


@dataclass(frozen=True, repr=False)
class PlainNumber:
    """The eight digits that can be typed instead. Prints as `<number>`; only `reveal` gives it away."""

    digits: str

    def __post_init__(self) -> None:
        if not _NUMBER.fullmatch(self.digits):
            raise InvalidHandOff

    @classmethod
    def generate(cls) -> "PlainNumber":
        """Make a new random number."""
        return cls(f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}")

    @classmethod
    def parse(cls, text: str) -> "PlainNumber":
        """Read what a person typed: spaces, dots and dashes do not count. Raises InvalidHandOff."""
        return cls(_BETWEEN.sub("", text[:LONGEST_INPUT]))

    def reveal(self) -> str:
        """Give the number as people read it: `1234 5678`."""
        return f"{self.digits[:GROUP]} {self.digits[GROUP:]}"

    def __repr__(self) -> str:
        return "<number>"

    __str__ = __repr__
