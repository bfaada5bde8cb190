"""The list of replicas that commits wait for, as PostgreSQL writes it in `synchronous_standby_names`. No Django."""

import re
from collections.abc import Iterable, Sequence

# PostgreSQL compares without regard to case, and takes `*` for everybody, within quotes too.
NAME = re.compile(r"[a-z][a-z0-9_-]{0,62}")
WORDS = frozenset({"first", "any"})
_LISTED = re.compile(r"[A-Za-z0-9_-]+")


def is_name(text: str) -> bool:
    """Say whether this can be the name of a replica."""
    return NAME.fullmatch(text) is not None and text not in WORDS


def write(names: Sequence[str]) -> str:
    """Give the setting by which a commit waits for all of these; for nobody when there are none."""
    if not names:
        return ""
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"FIRST {len(names)} ({quoted})"


def read(setting: str, *, names: Iterable[str]) -> frozenset[str]:
    """Give which of these names stand in the setting."""
    return frozenset(names) & {word.lower() for word in _LISTED.findall(setting)}
