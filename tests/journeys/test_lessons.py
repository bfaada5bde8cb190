"""Dirk, who knows nothing, learns how it works: with the keyboard alone, on paper, and without scripts."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PageObject, PdfReader

from namens.pages.lessons import cards, library
from tests.journeys.album import speak
from tests.journeys.conftest import Sit
from tests.journeys.person import Person
from tests.journeys.test_in_english import reads_english

pytestmark = pytest.mark.journey

WAYS = (
    "Manier 1: uw cliënt logt zelf in",
    "Manier 2: uw cliënt machtigt u",
    "Manier 3: u vraagt een machtiging",
    "Manier 4: uw organisatie werkt met eHerkenning",
)
A5, A6 = (148, 210), (105, 148)
POINTS_PER_MM = 72 / 25.4
EVERY = [
    *("", "/woorden", *(f"/{slug}" for slug in library.slugs())),
    *(f"/kaarten/{card.slug}{kind}" for card in cards.every() for kind in ("", "/plaatjes")),
]


def tabs_to(person: Person, words: str) -> None:
    """Press Tab until the link with these words has the focus, and follow it with Enter."""
    for _ in range(60):
        person.presses("Tab")
        if person.page.evaluate("document.activeElement.innerText").strip() == words:
            person.has_focus_on(words)
            with person.page.expect_navigation():
                person.presses("Enter")
            return
    pytest.fail(f"Tab does not come to {words}")


def paper(person: Person) -> list[PageObject]:
    """Give the pages of the sheet that comes out of a printer."""
    return list(PdfReader(BytesIO(person.page.pdf(prefer_css_page_size=True, print_background=True))).pages)


def size_of(sheet: PageObject) -> tuple[int, int]:
    """Give the width and height of a sheet in millimetres."""
    return round(float(sheet.mediabox.width) / POINTS_PER_MM), round(float(sheet.mediabox.height) / POINTS_PER_MM)


def test_it_teaches_the_four_ways_with_the_keyboard_alone_and_prints_a_card(dirk: Person) -> None:
    dirk.page.goto(dirk.practice.pages_address)
    tabs_to(dirk, "Hulp")
    dirk.looks()
    for way in WAYS:
        tabs_to(dirk, way)
        dirk.sees_heading(way)
        dirk.sees("Hoe eindigt het?")
        expect(dirk.page.locator("#content")).to_contain_text("neemt uw cliënt mee?")
    dirk.looks()
    tabs_to(dirk, "Alle lessen")
    tabs_to(dirk, "Stop een machtiging")
    dirk.looks()
    [sheet] = paper(dirk)
    assert size_of(sheet) == A5
    assert "Of bel de helpdesk" in sheet.extract_text()


@pytest.mark.slow
@pytest.mark.parametrize("slug", [card.slug for card in cards.every()])
def test_it_prints_every_card_on_one_sheet(dirk: Person, slug: str) -> None:
    for address, size in ((f"/uitleg/kaarten/{slug}", A5), (f"/uitleg/kaarten/{slug}/plaatjes", A6)):
        for language in ("nl", "en"):
            dirk.opens(address)
            speak(dirk.page, language)
            dirk.opens(address)
            assert [size_of(sheet) for sheet in paper(dirk)] == [size], (address, language)


@pytest.mark.slow
def test_it_can_be_read_by_everybody_in_dutch(dirk: Person) -> None:
    for address in EVERY:
        dirk.opens(f"/uitleg{address}")


@pytest.mark.slow
def test_it_can_be_read_by_everybody_in_english(dirk: Person) -> None:
    dirk.opens("/")
    dirk.clicks("English")
    for address in EVERY:
        dirk.opens(f"/uitleg{address}")
        reads_english(dirk)


@pytest.mark.slow
def test_it_unfolds_answers_without_scripts_and_prints_them_all(sit: Sit) -> None:
    dirk = sit("Dirk Smit", bsn="999990081", scripts=False)
    dirk.opens("/uitleg/vragen")
    answer = dirk.page.get_by_text("Dat kiest u zelf: van één dag tot vijf jaar.")
    expect(answer).to_be_hidden()
    dirk.page.get_by_text("Hoe lang geldt een machtiging?").click()
    expect(answer).to_be_visible()
    told = "".join(sheet.extract_text() for sheet in paper(dirk))
    assert "De erfgenamen regelen het met de dienst zelf." in " ".join(told.split())


@pytest.mark.slow
def test_it_helps_beside_a_form_and_keeps_what_was_typed(anna: Person) -> None:
    anna.logs_in()
    anna.opens("/machtigen")
    anna.fills("Helpernummer", "BCD FGH")
    with anna.page.context.expect_page() as opened:
        anna.page.get_by_role("link", name="Hulp bij deze pagina").click()
    expect(opened.value.locator("h1")).to_have_text("Iemand machtigen")
    expect(anna.page.get_by_label("Helpernummer", exact=True)).to_have_value("BCD FGH")
    anna.opens("/mijn-machtigingen")
    anna.clicks("Hulp bij deze pagina")
    anna.sees_heading("Mijn machtigingen")


@pytest.mark.slow
def test_it_leads_to_each_part_of_a_lesson_from_the_list_on_top(dirk: Person) -> None:
    dirk.opens("/uitleg/machtigen")
    links = dirk.page.get_by_role("navigation", name="Op deze pagina").get_by_role("link").all()
    assert links
    for link in links:
        link.click()
        part = dirk.page.locator(":target")
        expect(part).to_have_text(link.inner_text())
        expect(part).to_be_in_viewport()


@pytest.mark.slow
def test_it_leads_on_from_older_addresses(dirk: Person) -> None:
    dirk.opens("/hulp")
    dirk.sees_heading("Zo werkt Namens")
    dirk.opens("/toeslagpartner")
    dirk.sees_heading("De toeslagpartner machtigt zelf ook")
