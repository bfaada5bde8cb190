"""The parts an answer of the BRP Personen API is made of. What does not look as described is refused, not guessed."""

import re
from collections.abc import Mapping
from typing import Any

from namens.lib.partial_date import PartialDate

# Control characters, and those that turn the direction of the text after them.
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HALF_A_CHARACTER = re.compile(r"[\ud800-\udfff]")

Part = Mapping[str, Any]


class RecordError(ValueError):
    """The answer is not as the API describes it. The message never repeats any of it."""

    def __init__(self) -> None:
        super().__init__("the population register gave an answer that cannot be read")


def date_of(written: object) -> PartialDate | None:
    """Read one of the four date types; None when the date is wholly unknown or not registered."""
    if written is None:
        return None
    part = part_of(written)
    try:
        match part.get("type"):
            case "Datum":
                return PartialDate.parse(text_of(part["datum"]))
            case "JaarMaandDatum":
                return PartialDate(number_of(part["jaar"]), number_of(part["maand"]))
            case "JaarDatum":
                return PartialDate(number_of(part["jaar"]))
            case "DatumOnbekend":
                return None
    except (KeyError, ValueError, OverflowError):
        raise RecordError from None
    raise RecordError


def part_of(value: object) -> Part:
    """Read a group of fields. Raises RecordError."""
    if not isinstance(value, Mapping):
        raise RecordError
    return value


def text_of(value: object) -> str:
    """Read a text, without what cannot be seen. Raises RecordError."""
    # Half a surrogate pair is valid JSON, and nothing that can be stored.
    if not isinstance(value, str) or _HALF_A_CHARACTER.search(value):
        raise RecordError
    return " ".join(_INVISIBLE.sub("", value).split())


def number_of(value: object) -> int:
    """Read a whole number. Raises RecordError."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise RecordError
    return value


def is_true(value: object) -> bool:
    """Read a yes or no. Raises RecordError."""
    if not isinstance(value, bool):
        raise RecordError
    return value
