"""Looks at every page of a journey: axe at two widths, no sideways scroll, no complaint of the browser, a picture."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from playwright.sync_api import ConsoleMessage, Error, Page, Response

from tools import places

PICTURES = places.ROOT / "tests" / "pictures"
AXE = places.ROOT / "assets" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESKTOP, PHONE, NARROWEST = 1280, 360, 320
HEIGHT = 900
LOOKS = """rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']}).then(
    found => found.violations.flatMap(
        one => one.nodes.map(node => `${one.id}: ${one.help}: ${node.target.join(' ')}`)))"""
SCROLLS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What can be read on a page, whoever is logged in.
CONTENT = """() => {
    const visitor = document.querySelector('.namens-account strong')?.innerText;
    const text = document.body.innerText.replaceAll(visitor || '\\0', '');
    return [document.title, text, document.querySelectorAll('[aria-invalid]').length].join('|');
}"""
# What is another one in every test: codes, helper numbers, clock times, numbers of requests.
RANDOM = re.compile(
    r"\b[0-9A-Z]{3,4}(?:-[0-9A-Z]{3,4}){2}\b|\b\d\d:\d\d\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
)
# Chromium reports the status of every page that is not 200 as a failed resource; journeys read the page itself.
STATUS_ONLY = re.compile(r"Failed to load resource: the server responded with a status of (\d{3})")


@dataclass
class Eye:
    """What was seen in one journey. `complaints` must be empty at its end; `expected`: the 5xx that belong to it."""

    journey: str
    seen: set[str]
    complaints: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)
    pictures: int = 0

    def watch(self, page: Page) -> None:
        """Note what the browser itself complains of, from now on: scripts, the content policy, answers of 500."""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._complain(page, error.message))
        page.on("response", self._judge)

    def look(self, page: Page, *, what: str, scripts: bool = True) -> None:
        """Look at the page as it is now, unless exactly this was seen before."""
        content = RANDOM.sub("", page.evaluate(CONTENT))
        if content in self.seen:
            return
        self.seen.add(content)
        self.pictures += 1
        for width in (DESKTOP, PHONE):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            self._take_picture(page, what=what, width=width)
            self._measure(page, width=width)
            if scripts:
                self._run_axe(page, width=width)
        self._resize(page, NARROWEST)
        self._measure(page, width=NARROWEST)
        self._resize(page, DESKTOP)

    def keep(self, page: Page, *, what: str, width: int) -> None:
        """Only take a picture of the page as it is now."""
        self.pictures += 1
        self._take_picture(page, what=what, width=width)

    def _resize(self, page: Page, width: int) -> None:
        page.set_viewport_size({"width": width, "height": HEIGHT})

    def _take_picture(self, page: Page, *, what: str, width: int) -> None:
        name = f"{self.journey}-{self.pictures:02}-{_slug(what)}-{width}.png"
        page.screenshot(path=PICTURES / name, full_page=True, animations="allow", caret="initial")

    def _measure(self, page: Page, *, width: int) -> None:
        beyond = page.evaluate(SCROLLS)
        if beyond > 0:
            self._complain(page, f"scrolls {beyond} px sideways at {width} px")

    def _run_axe(self, page: Page, *, width: int) -> None:
        page.evaluate(axe())
        found: Sequence[str] = page.evaluate(LOOKS, RULES)
        for violation in found:
            self._complain(page, f"axe at {width} px: {violation}")

    def _hear(self, message: ConsoleMessage) -> None:
        status = STATUS_ONLY.match(message.text)
        is_foreseen = status is not None and self._is_foreseen(int(status[1]))
        if message.type == "error" and not is_foreseen:
            self.complaints.append(f"{message.location.get('url')}: {message.text}")

    def _judge(self, response: Response) -> None:
        if not self._is_foreseen(response.status):
            self.complaints.append(f"{response.url}: answered {response.status}")

    def _is_foreseen(self, status: int) -> bool:
        return status < 500 or status in self.expected

    def _complain(self, page: Page, complaint: str) -> None:
        self.complaints.append(f"{page.url}: {complaint}")


class ClosedEye(Eye):
    """Looks away: where a story only begins, at pages that were seen before."""

    def watch(self, page: Page) -> None:
        """Look away."""

    def look(self, page: Page, *, what: str, scripts: bool = True) -> None:
        """Look away."""


@cache
def axe() -> str:
    """The source of axe-core. `make setup` puts it there."""
    return AXE.read_text(encoding="utf-8")


def forget_pictures(journey: str) -> None:
    """Remove the pictures of an earlier run."""
    PICTURES.mkdir(exist_ok=True)
    for picture in PICTURES.glob(f"{journey}-*.png"):
        picture.unlink()


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]


def heading(page: Page) -> str:
    """The first heading of a page, for the name of its picture."""
    try:
        return page.locator("h1").first.inner_text(timeout=1000)
    except Error:
        return page.title()
