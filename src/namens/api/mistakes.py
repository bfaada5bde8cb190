"""What does not fit a form: all of it at once, in Dutch (API Design Rules, /core/error-handling/all-errors).

It names the place and what was expected there, never what stood there.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

_MOST = 20
_KINDS = {
    "array": "een lijst",
    "object": "een object",
    "str": "tekst",
    "int": "een geheel getal",
    "float": "een getal",
    "bool": "ja of nee (true of false)",
    "null": "leeg (null)",
    "uuid": "een UUID",
    "datetime": "een moment",
    "date": "een dag",
}
_BOUNDS = {"<=": "hoogstens", ">=": "minstens", "<": "minder dan", ">": "meer dan", "==": "precies"}


def _kind(found: re.Match[str]) -> str:
    return "verwacht: " + " of ".join(_KINDS.get(kind, kind) for kind in found[1].split(" | "))


def _length(found: re.Match[str]) -> str:
    return f"verwacht: {_KINDS.get(found[1], found[1])}, lengte {_BOUNDS[found[2]]} {found[3]}"


def _number(found: re.Match[str]) -> str:
    return f"verwacht: {_KINDS.get(found[1], found[1])}, {_BOUNDS[found[2]]} {found[3]}"


_WORDS: Sequence[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
    (re.compile(pattern), dutch)
    for pattern, dutch in (
        (r"Object missing required field `([^`]+)`", r"`\1` ontbreekt"),
        (r"Object contains unknown field `[^`]*`", "er staat een naam in die hier niet bekend is"),
        (r"Expected `([^`]+)` with a timezone component", "verwacht: een moment met tijdzone"),
        (r"Expected `([^`]+)`, got `[^`]+`", _kind),
        (r"Expected `(\w+)` of length (<=|>=|==) (\d+)", _length),
        (r"Expected `(\w+)` (<=|>=|<|>) (-?\d+)", _number),
        (r"Expected `(\w+)` matching regex .*?(?= - at |$)", "verwacht: tekst in de vorm van de beschrijving"),
        (r"Invalid enum value '.*?'(?= - at |$)", "dit is geen van de mogelijke woorden"),
        (r"Invalid value '.*?'(?= - at |$)", "dit is geen van de mogelijke woorden"),
        (r"Invalid (RFC3339 encoded datetime|date|UUID)", "geen geldige waarde"),
        (r" - at ", " bij "),
    )
]


def mistakes(given: Mapping[str, Any], form: type[Struct], *, strict: bool) -> list[str]:
    """Give what is wrong, one line for each name at the top of the form; the first mistake inside each."""
    fields = msgspec.structs.fields(form)
    found = []
    for field in fields:
        if field.encode_name not in given:
            if field.required:
                found.append(f"`{field.encode_name}` ontbreekt")
            continue
        try:
            msgspec.convert(given[field.encode_name], field.type, strict=strict)
        except msgspec.ValidationError as problem:
            found.append(in_dutch(str(problem), under=field.encode_name))
    if form.__struct_config__.forbid_unknown_fields and set(given) - {field.encode_name for field in fields}:
        names = ", ".join(f"`{field.encode_name}`" for field in fields)
        found.append(f"er staat een naam in die hier niet bekend is; bekend zijn: {names}")
    return found[:_MOST]


def in_dutch(text: str, *, under: str = "") -> str:
    """Give what the reader of JSON says, in Dutch, with the place below `under`."""
    for pattern, dutch in _WORDS:
        text = pattern.sub(dutch, text)
    words, _, place = text.partition(" bij ")
    whole = place.strip("`").removeprefix("$")
    return f"{words} bij `$.{under}{whole}`" if under else text
