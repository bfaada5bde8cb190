"""Two languages that nobody speaks, made of the English texts: they show how pages and letters hold.

One has long words (every text some 40 % longer), one is written in Arabic letters from right to left. Every text stands
in brackets, so that what is not translated is seen. They are made where they are needed and never shipped: `python -m
tools.pseudo <folder>`, then `NAMENS_LOCALE=<folder>` and `NAMENS_LANGUAGES=nl,en,en-xa,ar-xb` (practice only).
"""

import argparse
import re
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.utils.translation import to_locale

from namens.lib.languages import LONG, MIRRORED
from tools import messages
from tools.say import line

LONGER = 1.4
KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;)")
_long = str.maketrans(
    {plain: accented * 2 for plain, accented in zip("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ", strict=True)}
    | {"c": "ç", "n": "ñ", "s": "š", "z": "ž"}
)
_arabic = dict(zip("abcdefghijklmnopqrstuvwxyz", "ابكديفغهيجكلمنوبقرستوفوخيز", strict=True))
_mirrored = str.maketrans(_arabic | {plain.upper(): arabic for plain, arabic in _arabic.items()} | {"?": "؟", ",": "،"})


def main() -> None:
    """Write both into a folder."""
    parser = argparse.ArgumentParser(prog="python -m tools.pseudo", description=__doc__)
    parser.add_argument("folder", type=Path)
    write(parser.parse_args().folder)
    line("Both are there.")


def write(folder: Path) -> None:
    """Write both catalogues into a folder, as `NAMENS_LOCALE` wants it."""
    texts = messages.needed()
    for code, change in ((LONG, lengthened), (MIRRORED, mirrored)):
        catalogue = Catalog(locale="en" if code == LONG else None, charset="utf-8")
        for text in texts:
            ids, words = (text.id, text.plural), (change(text.id), change(text.plural))
            plain = not text.plural
            catalogue.add(ids[0] if plain else ids, words[0] if plain else words, context=text.context or None)
        path = folder / to_locale(code) / "LC_MESSAGES" / "django.mo"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_mo(file, catalogue)


def lengthened(text: str) -> str:
    """Give the text some 40 % longer, with long words and accents: "Stop" becomes "[Štóópóó]"."""
    long = _changed(text, lambda part: part.translate(_long))
    return f"[{long}{'ó' * max(round(len(text) * LONGER) - len(long), 0)}]"


def mirrored(text: str) -> str:
    """Give the text in Arabic letters, letter by letter."""
    return f"[{_changed(text, lambda part: part.translate(_mirrored))}]"


def _changed(text: str, change: Callable[[str], str]) -> str:
    """Change the words, and keep what gets a value and what is markup."""
    return "".join(part if KEPT.fullmatch(part) else change(part) for part in KEPT.split(text))


if __name__ == "__main__":
    main()
