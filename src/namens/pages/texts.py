"""The texts that clients meet, and which of them a language lacks. `make setup` lists them in `locale/needed.json`."""

import gettext
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import to_locale

LIST = "needed.json"
BETWEEN = "\x04"
"""Stands between context and message id in a compiled catalogue."""


class Text(NamedTuple):
    """What stands in the code: a context (often empty), the English words, and those of the plural (often empty)."""

    context: str
    id: str
    plural: str = ""


def needed() -> list[Text]:
    """Give every text that clients meet. Raises FileNotFoundError when they were never listed."""
    listed = json.loads((Path(settings.LOCALE_PATHS[-1]) / LIST).read_text(encoding="utf-8"))
    return [Text(*one) for one in listed]


def missing(texts: list[Text], *, code: str) -> list[Text]:
    """Give the texts without words in this language, in the order of `texts`."""
    written = _written_in(code)
    return [text for text in texts if not _words(text, written)]


def _words(text: Text, written: Mapping[object, str]) -> str:
    key = f"{text.context}{BETWEEN}{text.id}" if text.context else text.id
    return written.get((key, 0) if text.plural else key, "")


def _written_in(code: str) -> dict[object, str]:
    """Give what the compiled catalogues of this language hold, our own deployment's first."""
    found: dict[object, str] = {}
    for folder in reversed(settings.LOCALE_PATHS):
        path = Path(folder) / to_locale(code) / "LC_MESSAGES" / "django.mo"
        if path.is_file():
            with path.open("rb") as file:
                found |= catalogue_of(gettext.GNUTranslations(file))
    return found


def catalogue_of(translations: gettext.GNUTranslations) -> dict[object, str]:
    """Give every text with its words; Python has no other way to see them all."""
    return dict(vars(translations)["_catalog"])
