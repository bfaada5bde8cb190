"""The code itself, as a value that does not print itself."""

from dataclasses import dataclass

from namens.lib import friendly

SYMBOLS = 12
GROUP = 4


class InvalidCode(ValueError):
    """What was typed cannot be a code: wrong length, wrong symbol or wrong check symbol."""

    def __init__(self) -> None:
        super().__init__("not a code")


@dataclass(frozen=True, repr=False)
class PlainCode:
    """A sound activation code. Prints as `<code>`; only `reveal` gives it away."""

    symbols: str

    def __post_init__(self) -> None:
        if not friendly.is_sound(self.symbols, symbols=SYMBOLS):
            raise InvalidCode

    @classmethod
    def generate(cls) -> "PlainCode":
        """Make a new random code of about 50 bits."""
        return cls(friendly.generate(SYMBOLS))

    @classmethod
    def parse(cls, text: str) -> "PlainCode":
        """Read what a person typed. Raises InvalidCode."""
        return cls(friendly.tidy(text))

    def reveal(self) -> str:
        """Give the code as people read it: `XXXX-XXXX-XXXX`."""
        return friendly.grouped(self.symbols, size=GROUP)

    def __repr__(self) -> str:
        return "<code>"

    __str__ = __repr__
