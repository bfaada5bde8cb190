"""Where the lessons stand: which there are, in which order, and their texts in the reader's language."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from django.utils.translation import get_language

from namens.pages.lessons.reading import Lesson, read

CONTENT = Path(__file__).with_name("content")
FALLBACK = "nl"


@dataclass(frozen=True)
class Group:
    """Lessons that belong together."""

    id: str
    heading: str
    sentence: str
    slugs: tuple[str, ...]

    @property
    def lessons(self) -> list[Lesson]:
        """The lessons themselves, in the reader's language."""
        return [lesson(slug) for slug in self.slugs]


@dataclass(frozen=True)
class Term:
    """A word, and what it means."""

    id: str
    word: str
    meaning: str


def language() -> str:
    """Give the language of the reader when there are lessons in it, else Dutch."""
    code = get_language() or FALLBACK
    return code if (CONTENT / code).is_dir() else FALLBACK


def groups() -> tuple[Group, ...]:
    """Give the groups of lessons, in the reader's language."""
    return _groups(language())


def lesson(slug: str) -> Lesson:
    """Give a lesson in the reader's language. Raises KeyError when there is no such lesson."""
    if slug not in slugs():
        raise KeyError(slug)
    return _lesson(slug, language())


def slugs() -> tuple[str, ...]:
    """Give every lesson's name, in reading order."""
    return tuple(slug for group in _groups(FALLBACK) for slug in group.slugs)


def after(slug: str) -> Lesson | None:
    """Give the lesson that comes next in the same group, if there is one."""
    for group in groups():
        if slug in group.slugs[:-1]:
            return lesson(group.slugs[group.slugs.index(slug) + 1])
    return None


def terms() -> tuple[Term, ...]:
    """Give the glossary in the reader's language, in the order of its alphabet."""
    return _terms(language())


@lru_cache
def _groups(code: str) -> tuple[Group, ...]:
    listed = yaml.safe_load((CONTENT / "contents.yaml").read_text(encoding="utf-8"))
    return tuple(Group(one["id"], **one[code], slugs=tuple(one["lessons"])) for one in listed)


@lru_cache(maxsize=256)
def _lesson(slug: str, code: str) -> Lesson:
    return read((CONTENT / code / f"{slug}.md").read_text(encoding="utf-8"), slug=slug, language=code)


@lru_cache
def _terms(code: str) -> tuple[Term, ...]:
    listed = yaml.safe_load((CONTENT / "glossary.yaml").read_text(encoding="utf-8"))
    found = (Term(one["id"], **one[code]) for one in listed)
    return tuple(sorted(found, key=lambda term: term.word.casefold()))
