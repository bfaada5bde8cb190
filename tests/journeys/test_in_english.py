"""The same pages in English: chosen once, kept until the browser closes, and nothing is left in Dutch.

What services are called, and say of themselves, comes from the catalogue and is Dutch everywhere; so are names.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import yaml
from playwright.sync_api import expect

from namens import services
from tests.journeys.beforehand import anna_had_bram, bram_asked_anna
from tests.journeys.person import AT_PORTAL, Person
from tests.journeys.stories import helper_number_of
from tools.practice import Practice
from tools.practice_portals import Portal

pytestmark = [pytest.mark.journey, pytest.mark.slow]

DUTCH = re.compile(
    r"\b(?:de|het|een|uw|u|van|voor|niet|wij|wat|wie|bij|naar|deze|dit|kunt|hebt|wordt|ook|maar|nog|en|ik|mijn|tot|vanaf|"
    r"machtig\w*|dienst\w*|gestopt|afgelopen|fout|kies|vul|volgende|terug|hulp|ja|nee|inloggen|uitloggen|ingelogd|"
    r"januari|februari|maart|mei|juni|juli|augustus|oktober)\b",
    re.IGNORECASE,
)
# Everything that is read out, also what is not shown and what only a screen reader says.
READ_OUT = """() => {
    const copy = document.body.cloneNode(true);
    copy.querySelectorAll('[lang=nl], script').forEach(part => part.remove());
    const said = [...copy.querySelectorAll('[aria-label], [title], [alt], [placeholder]')].flatMap(
        part => ['aria-label', 'title', 'alt', 'placeholder'].map(name => part.getAttribute(name) || ''));
    return [document.title, copy.textContent, ...said].join(' ').replace(/\\s+/g, ' ');
}"""
NAMES = ("Anna de Vries", "Bram Bakker", "Nederlands")


def told(part: object) -> Iterator[str]:
    """Every text of a catalogue."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for one in part.values() if isinstance(part, dict) else part:
            yield from told(one)


CATALOGUE = yaml.safe_load(Path(services.__file__).with_name("catalogue.yaml").read_text(encoding="utf-8"))
AS_IT_IS = re.compile("|".join(map(re.escape, sorted({*told(CATALOGUE), *NAMES}, key=len, reverse=True))))


@pytest.fixture
def toeslagen(practice: Practice) -> Portal:
    """The portal of the allowances."""
    return practice.portals[0]


def dutch_on(person: Person) -> list[str]:
    """Every Dutch word on the page, with what is around it."""
    text = AS_IT_IS.sub("", person.page.evaluate(READ_OUT))
    return [text[max(found.start() - 40, 0) : found.end() + 40] for found in DUTCH.finditer(text)]


def reads_english(person: Person) -> None:
    """Find nothing in Dutch on the page, and the page saying that it is in English."""
    expect(person.page.locator("html")).to_have_attribute("lang", "en")
    assert dutch_on(person) == []


def visits(person: Person, *addresses: str) -> None:
    """Open pages and find nothing in Dutch."""
    for address in addresses:
        person.opens(address)
        reads_english(person)


def goes_on(person: Person, label: str) -> None:
    """Click, and find nothing in Dutch on the next page."""
    person.clicks(label)
    reads_english(person)


def switches(person: Person) -> None:
    """Choose English, on the page that is there now, and was in Dutch."""
    before = person.page.url
    assert dutch_on(person)
    goes_on(person, "English")
    assert person.page.url == before


def test_it_speaks_english_to_everybody(dirk: Person) -> None:
    dirk.opens("/")
    switches(dirk)
    visits(dirk, "/hulp", "/privacy", "/toegankelijkheid", "/toeslagpartner", "/bestaat-niet", "/openid/authorize")
    dirk.opens("/")
    dirk.clicks("Nederlands")
    dirk.sees_heading("Laat iemand anders zaken voor u regelen")
    expect(dirk.page.locator("html")).to_have_attribute("lang", "nl")


def test_it_speaks_english_to_a_client(anna: Person) -> None:
    anna_had_bram(anna.practice)
    anna.logs_in()
    switches(anna)
    anna.opens("/mijn-machtigingen")
    goes_on(anna, "Bram Bakker")
    mandate = anna.page.url
    visits(anna, "/mijn-brieven", "/mijn-brieven/voorkeuren", "/mijn-brieven/e-mail")
    visits(anna, "/", f"{mandate}/eerder-aflopen", f"{mandate}/stoppen")
    goes_on(anna, "Yes, stop now")
    anna.chooses("Only Inkomstenbelasting")
    goes_on(anna, "Yes, stop now")
    visits(anna, mandate)
    goes_on(anna, "Log out")


def test_it_speaks_english_while_somebody_gives_a_mandate_and_somebody_uses_it(anna: Person, bram: Person) -> None:
    bram.logs_in()
    number = helper_number_of(bram)
    switches(bram)
    anna.logs_in()
    switches(anna)
    gives_in_english(anna, number)
    goes_on(anna, "Yes, Bram Bakker may do this for me")
    goes_on(anna, "Let me see the code")
    code = anna.page.locator(".namens-code__symbols").inner_text()
    goes_on(anna, "Make a sheet to print")
    visits(bram, "/activeren")
    goes_on(bram, "Next")
    bram.fills("Code", code)
    bram.fills("BSN of your client", "999990135")
    goes_on(bram, "Next")
    bram.fills("BSN of your client", anna.bsn)
    goes_on(bram, "Next")
    goes_on(bram, "Yes, I help Anna de Vries")
    visits(bram, "/mijn-machtigingen")


def forgets_to_answer(client: Person) -> None:
    """Go on without an answer, and read in English what to do; how errors look is seen in Dutch."""
    with client.page.expect_navigation():
        client.control("Next").click()
    reads_english(client)
    expect(client.page.locator("main .utrecht-alert--error")).to_be_visible()


def gives_in_english(client: Person, number: str) -> None:
    """Answer every question in English, up to the check page; forget each the first time."""
    visits(client, "/machtigen/zonder-nummer", "/machtigen")
    forgets_to_answer(client)
    client.fills("Helper number", number)
    goes_on(client, "Next")
    goes_on(client, "Yes, this is my helper")
    forgets_to_answer(client)
    client.ticks("Mijn toeslagen")
    goes_on(client, "Next")
    for answer in ("No", "From today", "1 year", "No", "Yes"):
        forgets_to_answer(client)
        client.chooses(answer)
        goes_on(client, "Next")


def test_it_speaks_english_between_a_portal_and_namens(bram: Person, toeslagen: Portal) -> None:
    anna_had_bram(bram.practice)
    bram.opens("/")
    switches(bram)
    bram.opens(toeslagen.address)
    bram.clicks(AT_PORTAL)
    reads_english(bram)
    bram.clicks("Log in with DigiD")
    bram.chooses_oneself_at_digid()
    reads_english(bram)
    bram.sees("For whom do you log in?")
    goes_on(bram, "Log in at Mijn toeslagen")
    goes_on(bram, "My client is not in the list")
    visits(bram, f"/openid/logout?client_id={toeslagen.client_id}")
    goes_on(bram, "Yes, log out")


def test_it_stays_on_the_question_when_somebody_switches(bram: Person, toeslagen: Portal) -> None:
    wish = urlencode({"client_id": toeslagen.client_id, "post_logout_redirect_uri": f"{toeslagen.address}/uitgelogd"})
    bram.logs_in()
    bram.opens(f"/openid/logout?{wish}")
    switches(bram)
    bram.clicks("Yes, log out", until=f"{toeslagen.address}/uitgelogd*")


def test_it_switches_where_a_form_was_sent(bram: Person) -> None:
    bram.logs_in()
    bram.opens("/openid/logout")
    bram.clicks("Ja, uitloggen")
    goes_on(bram, "English")


def test_it_speaks_english_while_a_helper_asks(bram: Person) -> None:
    bram.logs_in()
    switches(bram)
    goes_on(bram, "Ask for a mandate")
    goes_on(bram, "Begin")
    bram.ticks("Mijn toeslagen")
    goes_on(bram, "Next")
    bram.chooses("1 year")
    goes_on(bram, "Next")
    goes_on(bram, "Next")
    bram.fills("What do you call this client?", "Anna")
    bram.fills("BSN of your client", "999990019")
    for label, text in (("Day", "27"), ("Month", "3"), ("Year", "1951")):
        bram.fills(label, text)
    goes_on(bram, "Next")
    bram.chooses("No")
    goes_on(bram, "Next")
    goes_on(bram, "Ask for this mandate")
    goes_on(bram, "Sheet for Anna")
    goes_on(bram, "Back")
    goes_on(bram, "Do not ask after all")
    goes_on(bram, "Yes, take it back")
    visits(bram, "/mijn-machtigingen")


def test_it_speaks_english_while_a_client_answers(anna: Person) -> None:
    bram_asked_anna(anna.practice)
    anna.logs_in()
    switches(anna)
    visits(anna, "/", "/mijn-machtigingen", "/verzoeken")
    goes_on(anna, "Bram Bakker")
    request = anna.page.url
    visits(anna, f"{request}/nee", f"{request}/onbekend", request)
    goes_on(anna, "Yes, but shorter")
    anna.chooses("1 month")
    goes_on(anna, "Next")
    anna.chooses("No")
    goes_on(anna, "Next")
    anna.chooses("No")
    goes_on(anna, "Next")
    anna.chooses("No")
    goes_on(anna, "Next")
    goes_on(anna, "Yes, Bram Bakker may do this for me")
    goes_on(anna, "See this mandate")
    goes_on(anna, "This is not right")
    anna.chooses("I do not know this person")
    goes_on(anna, "Next")
    goes_on(anna, "Yes, stop now")
    goes_on(anna, "It is right after all: switch it on again")
    goes_on(anna, "Yes, switch it on again")
