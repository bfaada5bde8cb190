"""The typeface of the letters: what it can show, and how wide it is.

A letter must never fail because of somebody's name, and a tagged PDF must not hold a character without a glyph. So text
is made fit first: what the typeface lacks (emoji, other scripts) becomes `MISSING`, visible to everybody; characters
that only steer (direction marks, controls) are left out, since they could turn around what stands beside a name. What
runs the other way, such as an Arabic name in a Dutch sentence, is set apart by ourselves: see `direction`.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it comes without types

FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew")
"""In this order: the first that has a character shows it."""
REGULAR, BOLD = "400Regular", "700Bold"
MISSING = "\ufffd"
WIDEST_WORD, PIECE = 24_000, 12
"""In thousandths of the size: what fits in a line of large print; how many symbols of a wider word stay together."""
MAY_BREAK = "\u200b"

_word = re.compile(r"\S{20,}")
_space = re.compile(r"[^\S\u00a0]+")
_left_out = ("Cc", "Cf")
_keeps_apart = 0x200C
"""Persian writes it inside words; between other letters it does nothing but hide."""
_stray = re.compile(r"(?<![\u0600-\u06ff])\u200c|\u200c(?![\u0600-\u06ff])")
_variation_selectors = range(0xFE00, 0xFE10)


class TypefaceAbsent(RuntimeError):
    """The font files are not where the settings say."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"no fonts in {folder}: `make setup` puts them there, NAMENS_LETTER_FONTS says where they are")


class _Shown(dict[int, str | None]):
    """A table for `str.translate`: what stands on paper for each character; filled as characters come by."""

    def __init__(self, glyphs: frozenset[int]) -> None:
        super().__init__()
        self._glyphs = glyphs

    def __missing__(self, code: int) -> str | None:
        self[code] = self._on_paper(code)
        return self[code]

    def _on_paper(self, code: int) -> str | None:
        character = chr(code)
        if code == _keeps_apart and code in self._glyphs:
            return character
        if unicodedata.category(character) in _left_out or code in _variation_selectors:
            return None
        return character if code in self._glyphs or character == " " else MISSING


@dataclass(frozen=True, eq=False)
class Typeface:
    """One weight of the typeface, all families together. Widths are in thousandths of the size."""

    widths: dict[int, float]
    shown: _Shown

    @classmethod
    def load(cls, paths: Iterable[Path]) -> "Typeface":
        """Read the font files; of a character that several have the first counts."""
        widths: dict[int, float] = {}
        for path in paths:
            widths = {**_widths_in(path), **widths}
        return cls(widths=widths, shown=_Shown(frozenset(widths)))

    def fit(self, text: str) -> str:
        """Give the text with one space between words, without what steers, and with `MISSING` for what is missing."""
        spaced = _space.sub(" ", unicodedata.normalize("NFC", text))
        return _space.sub(" ", _stray.sub("", spaced.translate(self.shown))).strip()

    def breakable(self, text: str) -> str:
        """Give the fitted text, with places inside very long words where a line may end."""
        return _word.sub(self._in_pieces, self.fit(text))

    def width(self, text: str, *, size: float) -> float:
        """Give the width of fitted text in points."""
        return sum(self.widths.get(ord(character), 0) for character in text) * size / 1000

    def _in_pieces(self, found: re.Match[str]) -> str:
        word = found[0]
        if self.width(word, size=1000) <= WIDEST_WORD:
            return word
        return MAY_BREAK.join(word[start : start + PIECE] for start in range(0, len(word), PIECE))


@lru_cache(maxsize=4)
def load(folder: Path, weight: str = REGULAR) -> Typeface:
    """Give a weight from this folder, read once. Raises TypefaceAbsent."""
    paths = [folder / f"{family.replace(' ', '')}_{weight}.ttf" for family in FAMILIES]
    if not all(path.is_file() for path in paths):
        raise TypefaceAbsent(folder)
    return Typeface.load(paths)


def _widths_in(path: Path) -> dict[int, float]:
    with TTFont(path, lazy=True) as font:
        scale = 1000 / font["head"].unitsPerEm
        advances, names = font["hmtx"].metrics, font.getBestCmap()
        return {code: advances[name][0] * scale for code, name in names.items()}
