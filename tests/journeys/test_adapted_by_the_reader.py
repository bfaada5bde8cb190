"""Who reads with other eyes: more space in the text, a very small screen, the colours of the own computer.

The pages stand open, each in a tab; a test adapts one and measures. A helper with a very long name is in them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from namens.lib import friendly
from tests.journeys import measure
from tests.journeys.beforehand import anna_had_bram
from tests.journeys.clean import empty
from tests.journeys.conftest import computer
from tests.journeys.eye import DESKTOP, HEIGHT, NARROWEST, PHONE, ClosedEye, Eye
from tests.journeys.person import Person
from tests.journeys.stories import answers_the_questions, helper_number_of, opens_mandate, types_code
from tools.practice import Practice
from tools.programs import Programs

pytestmark = [pytest.mark.journey, pytest.mark.slow]

ZOE = "999990391"
PAGES = (
    *("home", "help", "who", "helper", "services", "check", "code", "sheet", "overview", "mandate", "stop", "shorten"),
    *("number", "code with errors", "wrong code", "choose"),
)

Tabs = dict[str, Page]


@dataclass(frozen=True)
class Desk:
    """A browser in which pages stay open."""

    person: Person
    tabs: Tabs

    def leaves(self, name: str) -> None:
        """Leave the page open that is there now, and go on in another tab."""
        self.tabs[name] = self.person.page
        self.person.page = self.person.page.context.new_page()


@pytest.fixture(scope="module")
def tabs(installation: Practice, programs: Programs, chromium: Browser) -> Iterator[Tabs]:
    """Every page of PAGES, open."""
    programs.refuse_dead()
    empty(installation)
    anna_had_bram(installation)
    tabs: Tabs = {}
    contexts = [computer(chromium) for _ in range(3)]
    anna, bram, zoe = (
        Person(name=name, bsn=bsn, page=context.new_page(), practice=installation, eye=ClosedEye("", set()))
        for context, (name, bsn) in zip(
            contexts, [("Anna de Vries", "999990019"), ("Bram Bakker", "999990032"), ("Zoë", ZOE)], strict=True
        )
    )
    number = _opens_helper_pages(zoe, tabs)
    _opens_client_pages(Desk(anna, tabs), number)
    _opens_code_pages(Desk(bram, tabs), client=anna)
    yield tabs
    for context in contexts:
        context.close()


def _opens_helper_pages(zoe: Person, tabs: Tabs) -> str:
    """Open what the helper with the long name sees; gives her number."""
    desk = Desk(zoe, tabs)
    for address, name in (("/", "home"), ("/hulp", "help")):
        zoe.opens(address)
        desk.leaves(name)
    zoe.opens("/helpernummer")
    zoe.fills("Of typ een burgerservicenummer", ZOE)
    zoe.clicks("Inloggen")
    number = helper_number_of(zoe)
    desk.leaves("number")
    return number


def _opens_client_pages(desk: Desk, number: str) -> None:
    """Open what a client sees who gives this helper a mandate, and has another one with Bram."""
    anna = desk.person
    anna.logs_in()
    anna.opens("/machtigen")
    desk.leaves("who")
    _names_helper(anna, number)
    desk.leaves("helper")
    _names_helper(anna, number)
    anna.clicks("Ja, dit is mijn helper")
    services = anna.page.url
    desk.leaves("services")
    anna.opens(services)
    answers_the_questions(anna)
    for service in ("Mijn toeslagen", "Inkomstenbelasting"):
        anna.chooses("Nee", question=f"Moet Bram Bakker stoppen met {service}?")
    anna.clicks("Volgende")
    check = anna.page.url
    desk.leaves("check")
    anna.opens(check)
    _presses_the_button(anna)
    anna.clicks("Laat de code zien")
    code = anna.page.url
    desk.leaves("code")
    anna.opens(code)
    anna.clicks("Maak een blad om te printen")
    desk.leaves("sheet")
    anna.opens("/mijn-machtigingen")
    desk.leaves("overview")
    for label, name in (("", "mandate"), ("Stoppen", "stop"), ("Eerder laten aflopen", "shorten")):
        opens_mandate(anna, of="Bram Bakker")
        if label:
            anna.clicks(label)
        desk.leaves(name)


def _opens_code_pages(desk: Desk, *, client: Person) -> None:
    """Open what a helper sees who types wrong codes, and then goes to a portal for the client."""
    bram = desk.person
    bram.logs_in()
    types_code(bram, code="BCDF-GHJK-MPQ0", bsn="12345678")
    desk.leaves("code with errors")
    types_code(bram, code=friendly.grouped(friendly.generate(12), size=4), bsn=client.bsn)
    desk.leaves("wrong code")
    bram.opens(bram.practice.portals[0].address)
    bram.logs_in_at_portal()
    desk.leaves("choose")


def _names_helper(client: Person, number: str) -> None:
    client.opens("/machtigen")
    client.fills("Helpernummer", number)
    client.clicks("Volgende")


def _presses_the_button(client: Person) -> None:
    with client.page.expect_navigation():
        client.page.locator("main form button[type=submit]").click()


@pytest.fixture
def tab(tabs: Tabs, request: pytest.FixtureRequest) -> Iterator[Page]:
    """One of the pages; afterwards it is as it was."""
    page = tabs[request.param]
    page.bring_to_front()
    yield page
    measure.set_as_it_was(page)
    page.emulate_media(forced_colors="none")
    page.set_viewport_size({"width": DESKTOP, "height": HEIGHT})


@pytest.fixture
def what(request: pytest.FixtureRequest) -> str:
    """The name of the page, for its picture."""
    return str(request.node.callspec.params["tab"])


every_page = pytest.mark.parametrize("tab", PAGES, indirect=True, ids=str)


@every_page
def test_it_leaves_room_for_more_space_in_the_text(tab: Page, story: Eye, what: str) -> None:
    measure.space_text(tab)
    assert measure.unfit(tab) == []
    tab.set_viewport_size({"width": PHONE, "height": HEIGHT})
    story.keep(tab, what=f"{what} spaced", width=PHONE)
    assert measure.unfit(tab) == []


@every_page
def test_it_fits_on_the_smallest_screen(tab: Page, story: Eye, what: str) -> None:
    tab.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    story.keep(tab, what=f"{what} small", width=NARROWEST)
    assert measure.unfit(tab) == []


@every_page
def test_it_shows_every_edge_in_the_colours_of_the_reader(tab: Page, story: Eye, what: str) -> None:
    tab.emulate_media(forced_colors="active")
    tab.set_viewport_size({"width": PHONE, "height": HEIGHT})
    story.keep(tab, what=f"{what} forced colours", width=PHONE)
    assert measure.without_edge(tab) == []


@pytest.mark.parametrize("tab", ["home", "services", "code", "code with errors"], indirect=True)
def test_it_shows_the_focus_in_the_colours_of_the_reader(tab: Page) -> None:
    tab.emulate_media(forced_colors="active")
    tab.locator("body").evaluate("body => { document.activeElement.blur(); window.scrollTo(0, 0); }")
    for _ in range(12):
        tab.keyboard.press("Tab")
        assert measure.unseen_focus(tab) == []
