"""Reading a JSON object that a stranger wrote: no name twice, no number that JSON does not know (RFC 8259, 4 and 6)."""

import json
from collections.abc import Sequence
from typing import Any


class NotStrict(ValueError):
    """This is no such object. The message says what is wrong, and never what stood there."""


def read_object(text: str | bytes) -> dict[str, Any]:
    """Give a JSON object. Raises NotStrict, for a name that comes twice too: two readers would read two things."""
    try:
        read = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
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


def _no_number(_name: str) -> None:
    raise NotStrict("has a number that JSON does not know")
