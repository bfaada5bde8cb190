"""Every page that a client meets, with long words and from right to left: on a phone, on a desk and on paper.

The pages come from the program itself, in one process with the tests; the browser only draws them.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from namens.lib import clock
from namens.lib.languages import LONG, MIRRORED
from namens.population import actions as population
from tests.journeys.eye import LOOKS, PICTURES, RULES, axe
from tests.journeys.measure import unfit
from tests.pages.languages.conftest import languages, texts
from tests.pages.languages.met import pages_met
from tests.pages.languages.visit import Pages
from tests.pages.visiting import Register
from tests.people import NOW, person
from tools import places

__all__ = ["languages", "texts"]

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.usefixtures("languages", "catalogue")]

DESK, PHONE, NARROWEST, A4 = 1280, 390, 320, 718
HEIGHT = 900
SITE = "http://localhost:9"
STATIC = re.compile(r"/static/(?P<name>[\w.]+)$")
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
# Where each thing begins that begins a line, seen from the side where this language begins.
BEGINS = """() => {
    const isMirrored = document.documentElement.dir === 'rtl';
    const inset = box => isMirrored ? document.documentElement.clientWidth - box.right : box.left;
    const begins = element => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return inset(range.getBoundingClientRect());
    };
    const main = inset(document.querySelector('main').getBoundingClientRect());
    const padding = parseFloat(getComputedStyle(document.querySelector('main')).paddingInlineStart);
    return [...document.querySelectorAll('main > h1, main > p, main > h2')]
        .filter(element => element.checkVisibility())
        .filter(element => Math.abs(begins(element) - main - padding) > 2)
        .map(element => element.textContent.trim().slice(0, 40));
}"""
# What is typed over or read aloud must read the same in every language.
TURNED = """() => [...document.querySelectorAll(
        'code, a[href^="tel:"], .namens-number, input[inputmode], input[autocomplete=email]')]
    .filter(element => getComputedStyle(element).direction !== 'ltr').map(element => element.outerHTML.slice(0, 120))"""


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> Iterator[datetime]:
    """Let the clock stand still, and Django ask its database beside the loop of the browser."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with clock.frozen(NOW) as now:
        yield now


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Register:
    """Have a register that knows everybody."""
    stand_in = Register()
    monkeypatch.setattr(population, "ask", stand_in.ask)
    return stand_in


@pytest.fixture
def screen(chromium: Browser) -> Iterator[Page]:
    """A browser that gets what it asks from here."""
    context = chromium.new_context(viewport={"width": DESK, "height": HEIGHT})
    yield context.new_page()
    context.close()


def shows(screen: Page, pages: Pages) -> None:
    """Let the browser get these pages, and what they ask for."""
    by_path = {f"{SITE}/{number}": page for number, page in enumerate(pages.values())}

    def answer(route: Route) -> None:
        wanted = STATIC.search(route.request.url)
        if wanted is None:
            route.fulfill(content_type="text/html; charset=utf-8", body=by_path.get(route.request.url, ""))
            return
        path: Path = places.ROOT / "assets" / "built" / wanted["name"]
        route.fulfill(content_type=TYPES[path.suffix], body=path.read_text(encoding="utf-8"))

    screen.route("**/*", answer)


def faults_of(screen: Page, *, name: str) -> Iterator[str]:
    """Look at the page at every width and on paper, and give what is wrong."""
    for width in (DESK, PHONE, NARROWEST):
        screen.set_viewport_size({"width": width, "height": HEIGHT})
        yield from (f"{name}, {width} px: {fault}" for fault in unfit(screen))
        yield from (f"{name}, {width} px: begins elsewhere: {text}" for text in screen.evaluate(BEGINS))
        if width == PHONE:
            screen.evaluate(axe())
            yield from (f"{name}, {width} px: axe: {fault}" for fault in screen.evaluate(LOOKS, RULES))
            screen.screenshot(path=PICTURES / f"languages-{name.replace(' ', '-')}-{width}.png", full_page=True)
    yield from (f"{name}: turned around: {code}" for code in screen.evaluate(TURNED))
    screen.emulate_media(media="print")
    screen.set_viewport_size({"width": A4, "height": HEIGHT})
    yield from (f"{name}, on paper: {fault}" for fault in unfit(screen))
    screen.emulate_media(media="screen")


@pytest.mark.parametrize("language", [LONG, MIRRORED])
@pytest.mark.usefixtures("morning")
def test_it_holds_on_every_page_that_a_client_meets(language: str, screen: Page, register: Register) -> None:
    PICTURES.mkdir(exist_ok=True)
    anna, bram, carla = map(person, ("anna", "bram", "carla"))
    pages = pages_met(anna=anna, bram=bram, carla=carla, language=language, register=register)
    shows(screen, pages)
    faults: list[str] = []
    for number, name in enumerate(pages):
        screen.goto(f"{SITE}/{number}")
        faults += faults_of(screen, name=f"{language} {name}")
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)
