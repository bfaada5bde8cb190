"""Every text in the code and the templates: where it is used, and whether clients meet it."""

import os
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.conf import settings
from django.utils.translation.template import templatize

from namens.pages.language import TWO_LANGUAGE_ROOMS
from namens.pages.texts import Text
from tools import places

LAZY = ("gettext_lazy", "gettext_noop", "ngettext_lazy", "pgettext_lazy", "npgettext_lazy")
KEYWORDS = {**DEFAULT_KEYWORDS, **{name: DEFAULT_KEYWORDS.get(name.rpartition("_")[0]) for name in LAZY}}
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
"""Means nothing in a template, but Python's tokenizer stumbles over it."""
NOT_FOR_CLIENTS = (
    *(f"src/namens/pages/{room}/" for room in TWO_LANGUAGE_ROOMS),
    *(f"templates/pages/{room}/" for room in TWO_LANGUAGE_ROOMS),
    "templates/account/",
    "templates/mfa/",
    "templates/parts/staff_navigation.html",
    "templates/openid/missing_at_work.html",
    "src/namens/pages/fields_at_work.py",
    "src/namens/pages/sentences_at_work.py",
)
"""What people at work and helpers read in Dutch or English."""


def used(*, is_wanted: Callable[[str], bool] = lambda _place: True) -> dict[Text, str]:
    """Give every text of the files that are wanted, with the first place where it is used."""
    found: dict[Text, str] = {}
    for path, source in _sources():
        place = path.relative_to(places.ROOT).as_posix()
        if not is_wanted(place):
            continue
        for number, words, _, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
            parts = (words,) if isinstance(words, str) else tuple(words)
            text = Text(context or "", parts[0] or "", (parts[1] or "") if len(parts) > 1 else "")
            found.setdefault(text, f"{place}:{number}")
    return found


def needed() -> dict[Text, str]:
    """Give every text that clients meet, in the order of the files, with the first place where it is used."""
    return used(is_wanted=lambda place: not place.startswith(NOT_FOR_CLIENTS))


def _sources() -> Iterator[tuple[Path, str]]:
    if not settings.configured:
        settings.configure()
    for path in sorted((places.ROOT / "src" / "namens").rglob("*.py")):
        yield path, path.read_text(encoding="utf-8")
    for path in sorted((places.ROOT / "templates").rglob("*.*")):
        yield path, INDENT.sub("", templatize(path.read_text(encoding="utf-8"), origin=os.fspath(path)))
