"""One line of text in a lesson, with what stands in it: words on the screen, links, and facts.

`*Volgende*` is a word that stands on the screen, `[words](lesson:slug)` a link to a lesson, `[words](card:slug)` one to
a card, `[words](page:name)` one to another page of ours, `{name}` one of the facts. Nothing else means anything, and
all of it is escaped.
"""

import re
from dataclasses import dataclass
from enum import Enum

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from namens.pages.lessons.facts import FACTS

_PIECE = re.compile(r"\*(?P<screen>[^*\n]+)\*|\[(?P<link>[^\]\n]+)\]\((?P<target>(?:lesson|card|page):[a-z0-9-]+)\)")
_FACT = re.compile(r"\{(\w+)\}")
_VIEWS = {"lesson": "pages:lesson", "card": "pages:card-sheet"}
_LEFT_OVER = re.compile(r"[*\[\]<>`_]|\]\(")


class Unreadable(ValueError):
    """A text that holds something without a meaning here."""


class Kind(Enum):
    """What a piece of a line is."""

    PLAIN = "plain"
    SCREEN = "screen"
    LINK = "link"


@dataclass(frozen=True)
class Piece:
    """A few words of one kind. Only a link has a target."""

    kind: Kind
    words: str
    target: str = ""

    @property
    def told(self) -> str:
        """The words with today's facts in them."""
        return _FACT.sub(lambda found: FACTS[found[1]](), self.words)

    @property
    def url(self) -> str:
        """Where a link leads."""
        kind, _, name = self.target.partition(":")
        return reverse(f"pages:{name}") if kind == "page" else reverse(_VIEWS[kind], args=[name])


@dataclass(frozen=True)
class Line:
    """One or more sentences. A template shows it as HTML by its name only: `{{ line }}`."""

    pieces: tuple[Piece, ...]

    @property
    def plain(self) -> str:
        """The words alone, with today's facts in them."""
        return "".join(piece.told for piece in self.pieces)

    def __str__(self) -> str:
        return self.__html__()

    def __html__(self) -> SafeString:
        return format_html_join("", "{}", ((_shown(piece),) for piece in self.pieces))


def line(text: str) -> Line:
    """Read one line. Raises `Unreadable` for signs without a meaning and facts that nobody knows."""
    pieces: list[Piece] = []
    at = 0
    for found in _PIECE.finditer(text):
        pieces += _plain(text[at : found.start()])
        if found["screen"]:
            pieces.append(Piece(Kind.SCREEN, _checked(found["screen"])))
        else:
            pieces.append(Piece(Kind.LINK, _checked(found["link"]), found["target"]))
        at = found.end()
    return Line((*pieces, *_plain(text[at:])))


def _plain(text: str) -> list[Piece]:
    return [Piece(Kind.PLAIN, _checked(text))] if text else []


def _checked(text: str) -> str:
    unknown = [name for name in _FACT.findall(text) if name not in FACTS]
    if unknown or _LEFT_OVER.search(_FACT.sub("", text)):
        raise Unreadable(f"cannot read: {text}")
    return text


def _shown(piece: Piece) -> SafeString:
    if piece.kind is Kind.SCREEN:
        return format_html('<strong class="namens-lesson__screen">{}</strong>', piece.told)
    if piece.kind is Kind.LINK:
        return format_html('<a class="nl-link" href="{}">{}</a>', piece.url, piece.told)
    return format_html("{}", piece.told)
