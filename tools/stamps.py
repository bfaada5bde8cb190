"""Remember what was done last time, so that it is not done again when nothing changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(paths: Iterable[Path]) -> str:
    """A digest over the names and contents of files (folders: all files in them)."""
    total = hashlib.sha256()
    for path in sorted(_files(paths)):
        total.update(str(path).encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def is_current(stamp: Path, *, value: str) -> bool:
    """Whether the stamp holds this value."""
    return stamp.exists() and stamp.read_text(encoding="utf-8") == value


def write(stamp: Path, *, value: str) -> None:
    """Put the value in the stamp."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value, encoding="utf-8")


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from (found for found in path.rglob("*") if found.is_file() and "__pycache__" not in found.parts)
        elif path.exists():
            yield path
