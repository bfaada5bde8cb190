"""The typeface of the letters: what it can show, and how wide it is.

A letter must never fail because of somebody's name, and a tagged PDF must not hold a character without a glyph. So text
is made fit first: what the typeface lacks (emoji, other scripts) becomes `MISSING`, visible to everybody; characters
that only steer (direction marks, controls) are left out, since they could turn around what stands beside a name.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it comes without types

FAMILY = "Noto Sans"
REGULAR, BOLD = "NotoSans_400Regular.ttf", "NotoSans_700Bold.ttf"
MISSING = "\ufffd"
WIDEST_WORD, PIECE = 24_000, 12
"""In thousandths of the size: what fits in a line of large print; how many symbols of a wider word stay together."""
MAY_BREAK = "\u200b"

_word = re.compile(r"\S{20,}")
_space = re.compile(r"[^\S\u00a0]+")
_left_out = ("Cc", "Cf")
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
        if unicodedata.category(character) in _left_out or code in _variation_selectors:
            return None
        return character if code in self._glyphs or character == " " else MISSING


@dataclass(frozen=True, eq=False)
class Typeface:
    """One weight of the typeface. Widths are in thousandths of the size."""

    widths: dict[int, float]
    shown: _Shown

    @classmethod
    def load(cls, path: Path) -> "Typeface":
        """Read a font file."""
        with TTFont(path, lazy=True) as font:
            scale = 1000 / font["head"].unitsPerEm
            advances, names = font["hmtx"].metrics, font.getBestCmap()
            widths = {code: advances[name][0] * scale for code, name in names.items()}
        return cls(widths=widths, shown=_Shown(frozenset(widths)))

    def fit(self, text: str) -> str:
        """Give the text with one space between words, without what steers, and with `MISSING` for what is missing."""
        spaced = _space.sub(" ", unicodedata.normalize("NFC", text))
        return _space.sub(" ", spaced.translate(self.shown)).strip()

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
def load(folder: Path, name: str = REGULAR) -> Typeface:
    """Give a weight from this folder, read once. Raises TypefaceAbsent."""
    if not (folder / name).is_file():
        raise TypefaceAbsent(folder)
    return Typeface.load(folder / name)
