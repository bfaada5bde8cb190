"""Cards to print and hand out: each as a sheet with words, and as a picture card with few words."""

from dataclasses import dataclass
from functools import lru_cache

import yaml

from namens.pages.lessons import library
from namens.pages.lessons.words import Line, line


@dataclass(frozen=True)
class Row:
    """One thing on a card: a pictogram with a few words for who looks, and sentences for who reads."""

    pictogram: str
    words: Line
    sentences: tuple[Line, ...]


@dataclass(frozen=True)
class Card:
    """One card in one language."""

    slug: str
    language: str
    title: str
    lead: Line
    is_numbered: bool
    rows: tuple[Row, ...]


def every() -> tuple[Card, ...]:
    """Give every card in the reader's language."""
    return _every(library.language())


def card(slug: str) -> Card:
    """Give a card in the reader's language. Raises KeyError when there is no such card."""
    found = next((one for one in every() if one.slug == slug), None)
    if found is None:
        raise KeyError(slug)
    return found


@lru_cache
def _every(code: str) -> tuple[Card, ...]:
    listed = yaml.safe_load((library.CONTENT / code / "cards.yaml").read_text(encoding="utf-8"))
    return tuple(
        Card(
            slug=one["id"],
            language=code,
            title=one["title"],
            lead=line(one["lead"]),
            is_numbered=one["numbered"],
            rows=tuple(
                Row(row["pictogram"], line(row["words"]), tuple(map(line, row["sheet"]))) for row in one["rows"]
            ),
        )
        for one in listed
    )
