"""The letters in a print house's folder. Only what stands there is read: directories, manifests and PDFs."""

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it comes without types

PLACES = ("ready", "taken")
PIXELS_IN_POINT = 1.6
WINDOW = (25.0, 57.0, 91.0, 88.5)
"""What shows through the envelope, in millimetres: left, top, right, bottom."""
MARKS = {"Persoonlijk"}

_reference = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,79}", re.ASCII)
_points = 72 / 25.4


@dataclass(frozen=True)
class Letter:
    """One letter: where it lies, what its manifest says, and what shows through the window."""

    folder: Path
    kind: str
    pages: int
    made_at: datetime
    window: tuple[str, ...]

    @property
    def reference(self) -> str:
        """Give the name of its directory."""
        return self.folder.name

    @property
    def is_taken(self) -> bool:
        """Say whether the print house has taken it."""
        return self.folder.parent.name == PLACES[1]

    @property
    def pdf(self) -> bytes:
        """Give the letter itself."""
        return (self.folder / "letter.pdf").read_bytes()


@dataclass(frozen=True)
class Box:
    """One person's letters, newest first."""

    window: tuple[str, ...]
    letters: tuple[Letter, ...]


def boxes(root: Path, *, shown: Callable[[Letter], bool] = lambda _: True) -> list[Box]:
    """Give every letter box that is shown; the one with the newest letter first."""
    found: dict[tuple[str, ...], list[Letter]] = {}
    for letter in sorted(filter(shown, letters(root)), key=lambda one: one.made_at, reverse=True):
        found.setdefault(letter.window, []).append(letter)
    return [Box(window=window, letters=tuple(theirs)) for window, theirs in found.items()]


def letters(root: Path) -> Iterator[Letter]:
    """Give every letter that can be read; one that is taken away or emptied meanwhile is left out."""
    for place in PLACES:
        for manifest in (root / place).glob("*/manifest.json"):
            letter = _read(manifest.parent)
            if letter is not None:
                yield letter


def find(root: Path, reference: str) -> Letter | None:
    """Give one letter; None when it is not there."""
    if not _reference.fullmatch(reference):
        return None
    return next(filter(None, (_read(root / place / reference) for place in PLACES)), None)


def picture(pdf: bytes, page: int) -> bytes | None:
    """Give a page as a PNG; None when there is no such page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        if not 1 <= page <= len(document):
            return None
        drawn = io.BytesIO()
        document[page - 1].render(scale=PIXELS_IN_POINT).to_pil().save(drawn, "PNG")
        return drawn.getvalue()
    finally:
        document.close()


def _read(folder: Path) -> Letter | None:
    try:
        told = json.loads((folder / "manifest.json").read_bytes())
        file = folder / "letter.pdf"
        window = _window(file, file.stat().st_mtime_ns)
        made_at = datetime.fromisoformat(told["made_at"])
        return Letter(folder, kind=str(told["kind"]), pages=int(told["pages"]), made_at=made_at, window=window)
    except (OSError, ValueError, KeyError, TypeError, pypdfium2.PdfiumError):
        return None


@lru_cache(maxsize=4096)
def _window(file: Path, changed_at: int) -> tuple[str, ...]:
    del changed_at  # only there so that another letter in its place is read anew
    document = pypdfium2.PdfDocument(file.read_bytes())
    try:
        page = document[0]
        left, top, right, bottom = (side * _points for side in WINDOW)
        height = page.get_height()
        text = str(page.get_textpage().get_text_bounded(left, height - bottom, right, height - top))
        lines = (" ".join(line.split()) for line in text.splitlines())
        return tuple(line for line in lines if line and line not in MARKS)
    finally:
        document.close()
