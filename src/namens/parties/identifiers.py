"""Numbers that name a party. What has been parsed is another type than what was typed."""

import re
from dataclasses import dataclass
from typing import NewType

from namens.lib import friendly
from namens.parties.keys import digest_all, digest_now

BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
HELPER_NUMBER_SYMBOLS = 9

SoundHelperNumber = NewType("SoundHelperNumber", str)

_NINE_DIGITS = re.compile(r"[0-9]{9}", re.ASCII)
_EIGHT_DIGITS = re.compile(r"[0-9]{8}", re.ASCII)


class InvalidBsn(ValueError):
    """What was typed is not a BSN. The message never repeats it."""

    def __init__(self) -> None:
        super().__init__("not a BSN")


class InvalidKvkNumber(ValueError):
    """What was typed is not a KvK number."""

    def __init__(self) -> None:
        super().__init__("not a KvK number")


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


def digest(bsn: Bsn) -> str:
    """Give the keyed digest under the newest key, as `key id:hex`."""
    return digest_now("bsn", bsn.digits)


def digests(bsn: Bsn) -> list[str]:
    """Give the keyed digests under every key that is still held, newest first: what a look-up compares with."""
    return digest_all("bsn", bsn.digits)


def parse_helper_number(text: str) -> SoundHelperNumber:
    """Read a helper number as typed. Raises InvalidHelperNumber."""
    number = friendly.tidy(text)
    if not friendly.is_sound(number, symbols=HELPER_NUMBER_SYMBOLS):
        raise InvalidHelperNumber
    return SoundHelperNumber(number)


def _passes_eleven_test(digits: str) -> bool:
    return sum(weight * int(digit) for weight, digit in zip(BSN_WEIGHTS, digits, strict=True)) % 11 == 0
