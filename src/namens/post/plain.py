"""An e-mail address and the code that proves it, as values that do not print themselves."""

import re
from dataclasses import dataclass

from namens.lib import friendly

CODE_SYMBOLS = 6
LONGEST_ADDRESS = 254
LONGEST_NAME = 64
# ASCII only, without quotes, comments and address literals: two addresses that look alike are the same one, and
# nothing in one can end a header. Mail servers take more (RFC 5321 4.1.2); people hardly have it.
_NAME = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"({_NAME})@(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])")


class UnsoundAddress(ValueError):
    """This is no e-mail address that we send to."""

    def __init__(self) -> None:
        super().__init__("not an e-mail address")


@dataclass(frozen=True, repr=False)
class MailAddress:
    """A sound e-mail address, in small letters. Prints as `<e-mail address>`."""

    text: str

    def __post_init__(self) -> None:
        found = _ADDRESS.fullmatch(self.text)
        if found is None or len(self.text) > LONGEST_ADDRESS or len(found[1]) > LONGEST_NAME:
            raise UnsoundAddress

    @classmethod
    def parse(cls, typed: str) -> "MailAddress":
        """Read what a person typed. Raises UnsoundAddress."""
        return cls(typed.strip(" ").lower() if typed.isascii() else "")

    def __repr__(self) -> str:
        return "<e-mail address>"

    __str__ = __repr__


@dataclass(frozen=True, repr=False)
class EmailCode:
    """A code that came by e-mail: six checked symbols, half as long as one of a mandate. Prints as `<code>`."""

    symbols: str

    def __post_init__(self) -> None:
        if not friendly.is_sound(self.symbols, symbols=CODE_SYMBOLS):
            raise ValueError("not a confirmation code")

    @classmethod
    def generate(cls) -> "EmailCode":
        """Make a new random code; 23⁵ of them are possible."""
        return cls(friendly.generate(CODE_SYMBOLS))

    def reveal(self) -> str:
        """Give the code as people read it: in two threes."""
        return f"{self.symbols[:3]} {self.symbols[3:]}"

    def __repr__(self) -> str:
        return "<code>"

    __str__ = __repr__
