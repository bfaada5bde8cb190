"""Reading a JSON object that a stranger wrote: no name twice, no number that no computer holds, no half of a symbol.

RFC 8259, 4 and 6; I-JSON (RFC 7493, 2).
"""

import json
import math
from collections.abc import Sequence
from typing import Any


class NotStrict(ValueError):
    """This is no such object. The message says what is wrong, and never what stood there."""


def read_object(text: str | bytes) -> dict[str, Any]:
    """Give a JSON object. Raises NotStrict, for a name that comes twice too: two readers would read two things."""
    try:
        written = text.decode("utf-8") if isinstance(text, bytes) else text
        read = _decoder.decode(written)
        if "\\u" in written:
            _check_is_text(read)
    except NotStrict:
        raise
    except (ValueError, RecursionError):
        raise NotStrict("is no JSON") from None
    if not isinstance(read, dict):
        raise NotStrict("is no JSON object")
    return read


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise NotStrict("has a name twice")
    return read


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise NotStrict("has a number that is too large")
    return number


def _check_is_text(read: object) -> None:
    """Raise NotStrict for half of a pair of surrogates: it is no symbol, and nothing can be written with it."""
    try:
        json.dumps(read, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise NotStrict("has a text that is no Unicode") from None


def _no_number(_name: str) -> None:
    raise NotStrict("has a number that JSON does not know")


_decoder = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite)
