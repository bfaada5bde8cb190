"""What a page says to eyes and ears, and which of it was never translated."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import yaml
from babel.messages.pofile import read_po

from namens.lib.languages import KNOWN
from tests.people import CATALOGUE
from tools import places

SAID = ("aria-label", "title", "alt", "placeholder", "data-label", "content")
UNSAID = {"script", "style", "svg"}
NAMES = (
    *(
        "Anna Maria de Vries",
        "Anna de Vries",
        "Bram Bakker",
        "Carla Mulder",
        "Samen Sterk",
        "De Brink",
        "meneer De Vries",
        "Vera D.",
        "mevrouw De Vries",
        "de partner",
        "mijn cliënt",
    ),
    *("anna@example.nl", "DigiD", "Namens", "BSN", "Dienst Toeslagen"),
    *(language.name for language in KNOWN.values()),
)
IN_BRACKETS = re.compile(r"\[[^\[\]]*\]")
DATE = re.compile(r"(?:\b[A-Z][a-z]+day )?(?:\d{1,2} )?\b[A-Z][a-z]+ \d{4}")
WORD = re.compile(r"[^\W\d_]{2,}")
CODE = re.compile(
    r"\b[0-9A-Z]{3,4}[- ][0-9A-Z]{3,4}[- ][0-9A-Z]{3,4}\b|[0-9a-f]{8}-[0-9a-f-]{27}|https?://\S+|localhost:\d+\S*"
)
PLACE = re.compile(r"%\\\(\w+\\\)[sd]|%\(\w+\)[sd]")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0
        self._goes_on = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in UNSAID
        self._goes_on = tag == "bdi"
        if tag != "meta":
            self.texts += [value for name, value in attrs if name in SAID and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in UNSAID
        self._goes_on = tag == "bdi"

    def handle_data(self, data: str) -> None:
        if self._silent or not data.strip():
            return
        # A name that keeps its own direction stands within a sentence.
        before = f"{self.texts.pop()} " if self._goes_on and self.texts else ""
        self.texts.append(before + " ".join(data.split()))


def texts_of(page: str) -> list[str]:
    """Give every text on a page, also what is only read out."""
    reader = _Reader()
    reader.feed(page)
    return reader.texts


def not_translated(page: str) -> list[str]:
    """Give what stands outside the brackets of a pseudo-language, and is no name, date or code."""
    found = []
    for text in texts_of(page):
        rest = _as_it_is().sub("", text)
        while IN_BRACKETS.search(rest):
            rest = IN_BRACKETS.sub("", rest)
        if WORD.search(CODE.sub("", DATE.sub("", rest))):
            found.append(text)
    return found


def in_dutch(page: str) -> list[str]:
    """Give every text that is one of our Dutch ones, and not also English."""
    return [text for text in texts_of(page) if _dutch().fullmatch(text)]


@cache
def _as_it_is() -> re.Pattern[str]:
    """What is the same in every language: names, and what the catalogue of services says."""
    known = {*NAMES, *_told(yaml.safe_load(CATALOGUE.read_text(encoding="utf-8")))}
    return re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))), re.IGNORECASE)


def _told(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for one in part.values() if isinstance(part, dict) else part:
            yield from _told(one)


def _english_in_the_catalogue() -> set[str]:
    entries = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    every = [*entries["services"], *entries["sets"]]
    every += [action for one in entries["services"] for action in one.get("sensitive_actions", [])]
    return {text for one in every for text in one.get("in", {}).get("en", {}).values()}


@cache
def _dutch() -> re.Pattern[str]:
    with (places.ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file)
    english = {str(message.id) for message in catalogue}
    dutch = {str(message.string) for message in catalogue if message.id and not isinstance(message.string, tuple)}
    dutch |= {one for one in _told(yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))) if one.endswith((".", "?"))}
    dutch -= _english_in_the_catalogue()
    filled = (PLACE.sub(r".+", re.escape(text)) for text in dutch - english if len(PLACE.sub("", text)) > 3)
    return re.compile("|".join(filled))
