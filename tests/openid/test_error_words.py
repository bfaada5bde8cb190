"""What portals read when something is wrong stays within the symbols of the norm (RFC 6749, 4.1.2.1 and 5.2)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import namens.openid

ROOM = Path(namens.openid.__file__).parent
SAYS = {"AskRefused", "TokenRefused", "error", "PortalRefused"}
ALLOWED = re.compile(r"[\x20\x21\x23-\x5b\x5d-\x7e]*", re.ASCII)


def words() -> Iterator[str]:
    """Give every text that is handed to what makes an answer of an error."""
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYS:
                yield from texts_in(node)


def texts_in(call: ast.Call) -> Iterator[str]:
    inside = (part for argument in call.args for part in ast.walk(argument))
    return (part.value for part in inside if isinstance(part, ast.Constant) and isinstance(part.value, str))


def test_it_finds_what_is_said() -> None:
    said = set(words())
    assert {"invalid_request", "response_type is missing", "parameters belong in the body"} <= said


def test_it_says_what_is_wrong_in_plain_symbols() -> None:
    assert [text for text in words() if not ALLOWED.fullmatch(text)] == []
