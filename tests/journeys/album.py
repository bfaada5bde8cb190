"""The pictures of the lessons: what the real pages look like, in each language, always at one size.

Beside the pictures stands a digest of what each page said, and how it was built, when the picture was taken. `python -m
tools.pictures` takes them; the journey in `test_lesson_pictures` walks the same way and compares.
"""

import hashlib
import json
import os
import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image
from playwright.sync_api import Page

from tests.journeys.eye import DESKTOP, HEIGHT, RANDOM
from tests.journeys.person import Person
from tools import places

FOLDER = places.ROOT / "assets" / "lessons"
DIGESTS = FOLDER / "pictures.json"
REMAKE = "REMAKE_PICTURES"
WIDE, HIGH = 640, 560
QUALITY = 60
# What a page says and how it is built, without drawings and without what nobody sees.
OUTLINE = """() => {
    const walk = node => node.nodeType === Node.TEXT_NODE ? node.data.trim().replace(/\\s+/g, ' ')
        : node.nodeType !== Node.ELEMENT_NODE || ['svg', 'input'].includes(node.localName) ? ''
        : `${node.localName}.${node.className}(${[...node.childNodes].map(walk).filter(Boolean).join(' ')})`;
    return walk(document.querySelector('main'));
}"""
MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "January|February|March|May|June|July|August|October"
)
WEEKDAYS = (
    "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
)
DAY = re.compile(rf"(?:\b(?:{WEEKDAYS}) )?\b\d{{1,2}} (?:{MONTHS}) \d{{4}}\b", re.IGNORECASE)
NUMBER = re.compile(r"\b[0-9A-Z]{3} [0-9A-Z]{3} [0-9A-Z]{3}\b|\b\d{4}[ -]?\d{4}\b|localhost:\d+")


@dataclass
class Album:
    """What was seen on one walk: a digest for each picture. Takes the pictures too, when that was asked."""

    digests: dict[str, str] = field(default_factory=dict)
    takes_pictures: bool = field(default_factory=lambda: REMAKE in os.environ)

    def take(self, person: Person, name: str, *, at: str = "main") -> None:
        """Look at the page that somebody has open, in every language; it is in Dutch again afterwards.

        The picture begins at the first thing that `at` selects.
        """
        page = person.page
        page.set_viewport_size({"width": WIDE, "height": HIGH})
        for language in ("en", "nl"):
            speak(page, language)
            page.reload()
            self.digests[f"{language}/{name}"] = digest(page)
            if self.takes_pictures:
                self._keep(page, FOLDER / language / f"{name}.webp", at=at)
        page.set_viewport_size({"width": DESKTOP, "height": HEIGHT})

    def close(self) -> None:
        """Write down what was seen beside the pictures, when they were taken."""
        if self.takes_pictures:
            DIGESTS.write_text(json.dumps(self.digests, indent=1, sort_keys=True) + "\n", encoding="utf-8")

    def _keep(self, page: Page, path: Path, *, at: str) -> None:
        page.locator(at).first.evaluate("part => window.scrollTo(0, part.getBoundingClientRect().top + scrollY - 16)")
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.open(BytesIO(page.screenshot())).convert("RGB").save(path, quality=QUALITY, method=6)


def speak(page: Page, language: str) -> None:
    """Choose a language in a browser, as its own button does."""
    address = f"{page.url.split('/')[0]}//{page.url.split('/')[2]}"
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": address}])


def digest(page: Page) -> str:
    """Give a short digest of a page, the same on every day and for every code."""
    outline: str = page.evaluate(OUTLINE)
    for changing in (DAY, NUMBER, RANDOM):
        outline = changing.sub("…", outline)
    return hashlib.sha256(outline.encode()).hexdigest()[:16]


def kept() -> dict[str, str]:
    """Give the digests that stand beside the pictures."""
    found: dict[str, str] = json.loads(DIGESTS.read_text(encoding="utf-8"))
    return found
