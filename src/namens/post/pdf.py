"""From a letter to a PDF that screen readers can read: A4, tagged (PDF/UA-1), fonts inside.

What a letter says goes to the typesetter as data, never as source: `letter.typ` is the same for every letter.
"""

import json
import threading
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path

import typst
from django.conf import settings

from namens.post import typeface
from namens.post.compose import compose
from namens.post.letters import AnyLetter, Sender

TEMPLATE = Path(__file__).with_name("letter.typ")


class Misprint(RuntimeError):
    """The typesetter did not give what was asked: a text would be missing, or it is not one PDF."""


class Typesetter:
    """A warm compiler with only our own fonts; it takes one letter at a time, from any thread."""

    def __init__(self, fonts: Path) -> None:
        self.typeface = typeface.load(fonts)
        typeface.load(fonts, typeface.BOLD)
        self._source = TEMPLATE.read_bytes()
        self._lock = threading.Lock()
        found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
        self._compiler = typst.Compiler(font_paths=found, ignore_system_fonts=True)

    def set(self, letter: AnyLetter, *, sender: Sender) -> bytes:
        """Give the PDF. The same letter gives the same bytes: its time is that of its date. Raises Misprint."""
        data = compose(letter, sender=sender, typeface=self.typeface)
        with self._lock:
            made, warnings = self._compiler.compile_with_warnings(
                self._source,
                format="pdf",
                pdf_standards="ua-1",
                sys_inputs={"letter": json.dumps(data)},
                timestamp=datetime.combine(letter.date, time(), tzinfo=UTC),
            )
        # Without its font the typesetter leaves text out, and only warns.
        if warnings or not isinstance(made, bytes):
            raise Misprint([warning.message for warning in warnings])
        return made


@lru_cache(maxsize=2)
def typesetter(fonts: Path) -> Typesetter:
    """Give the typesetter for the fonts in this folder, made once. Raises TypefaceAbsent."""
    return Typesetter(fonts)


def render(letter: AnyLetter, *, sender: Sender) -> bytes:
    """Give the letter as a PDF. Raises TypefaceAbsent when the fonts were never put in place."""
    return typesetter(settings.LETTER_FONTS).set(letter, sender=sender)
