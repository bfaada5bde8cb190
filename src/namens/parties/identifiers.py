"""Numbers that name a party. What has been parsed is another type than what was typed."""

import re
from dataclasses import dataclass
from typing import NewType

from namens.lib import friendly
from namens.parties.keys import digest_all, digest_now

BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
HELPER_NUMBER_SYMBOLS = 9
LONGEST_PSEUDONYM = 256

SoundHelperNumber = NewType("SoundHelperNumber", str)
EstablishmentNumber = NewType("EstablishmentNumber", str)

_NINE_DIGITS = re.compile(r"[0-9]{9}", re.ASCII)
_EIGHT_DIGITS = re.compile(r"[0-9]{8}", re.ASCII)
_TWELVE_DIGITS = re.compile(r"[0-9]{12}", re.ASCII)


class InvalidBsn(ValueError):
    """What was typed is not a BSN. The message never repeats it."""

    def __init__(self) -> None:
        super().__init__("not a BSN")


class InvalidKvkNumber(ValueError):
    """What was typed is not a KvK number."""

    def __init__(self) -> None:
        super().__init__("not a KvK number")


class InvalidEstablishmentNumber(ValueError):
    """What came in is not the number of an establishment."""

    def __init__(self) -> None:
        super().__init__("not an establishment number")


class InvalidPseudonym(ValueError):
    """What came in is not a pseudonym. The message never repeats it."""

    def __init__(self) -> None:
        super().__init__("not a pseudonym")


class InvalidHelperNumber(ValueError):
    """What was typed is not a helper number: wrong length, wrong symbol or wrong check symbol."""

    def __init__(self) -> None:
        super().__init__("not a helper number")


@dataclass(frozen=True, repr=False)
class Bsn:
    """A burgerservicenummer: nine digits that pass the eleven-test. Prints as `<bsn>`."""

    digits: str

    def __post_init__(self) -> None:
        if not _NINE_DIGITS.fullmatch(self.digits) or self.digits == "0" * 9 or not _passes_eleven_test(self.digits):
            raise InvalidBsn

    @classmethod
    def parse(cls, text: str) -> "Bsn":
        """Read what a person typed; spaces, dots and dashes are fine. Raises InvalidBsn."""
        if len(text) > friendly.LONGEST_INPUT:
            raise InvalidBsn
        return cls(re.sub(r"[ .\-\u00a0]", "", text))

    @property
    def last_three(self) -> str:
        """Give the last three digits: the most that a screen may show."""
        return self.digits[-3:]

    def __repr__(self) -> str:
        return "<bsn>"

    __str__ = __repr__


@dataclass(frozen=True)
class KvkNumber:
    """A number in the trade register: eight digits."""

    digits: str

    def __post_init__(self) -> None:
        if not _EIGHT_DIGITS.fullmatch(self.digits):
            raise InvalidKvkNumber


@dataclass(frozen=True, repr=False)
class Pseudonym:
    """How eHerkenning names somebody within one organisation: 1 to 256 visible characters. Prints as `<pseudonym>`.

    Says nothing without the organisation: elsewhere the same pseudonym is somebody else.
    """

    text: str

    def __post_init__(self) -> None:
        is_visible = self.text.isprintable() and " " not in self.text
        if not 0 < len(self.text) <= LONGEST_PSEUDONYM or not is_visible:
            raise InvalidPseudonym

    @classmethod
    def parse(cls, text: str) -> "Pseudonym":
        """Read what a broker sent; spaces around it are fine. Raises InvalidPseudonym."""
        return cls(text.strip(" "))

    def __repr__(self) -> str:
        return "<pseudonym>"

    __str__ = __repr__


def digest(bsn: Bsn) -> str:
    """Give the keyed digest under the newest key, as `key id:hex`."""
    return digest_now("bsn", bsn.digits)


def digests(bsn: Bsn) -> list[str]:
    """Give the keyed digests under every key that is still held, newest first: what a look-up compares with."""
    return digest_all("bsn", bsn.digits)


def parse_establishment_number(text: str) -> EstablishmentNumber:
    """Read a vestigingsnummer: twelve digits. Raises InvalidEstablishmentNumber."""
    if not _TWELVE_DIGITS.fullmatch(text):
        raise InvalidEstablishmentNumber
    return EstablishmentNumber(text)


def parse_helper_number(text: str) -> SoundHelperNumber:
    """Read a helper number as typed. Raises InvalidHelperNumber."""
    number = friendly.tidy(text)
    if not friendly.is_sound(number, symbols=HELPER_NUMBER_SYMBOLS):
        raise InvalidHelperNumber
    return SoundHelperNumber(number)


def _passes_eleven_test(digits: str) -> bool:
    return sum(weight * int(digit) for weight, digit in zip(BSN_WEIGHTS, digits, strict=True)) % 11 == 0
