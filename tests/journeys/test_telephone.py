"""Anna has no DigiD and phones: agents, a letter with a code, Bram who uses it, and a mistake that two put right."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.agents import (
    begins,
    finds,
    finds_anna,
    hangs_up,
    has_a_key,
    is_at_work,
    sends_code_letter,
    sets_up_an_app,
    types_password,
)
from tests.journeys.beforehand import anna_gave_bram, anna_had_bram
from tests.journeys.conftest import Sit
from tests.journeys.person import Person
from tests.journeys.stories import CODE, activates, helper_number_of, types_code
from tests.post.reading import Paper
from tools.practice import Practice

pytestmark = pytest.mark.journey

SOON = 20.0


@pytest.fixture
def hester(sit: Sit) -> Person:
    """Hester, helpdesk."""
    return sit("Hester", bsn="")


@pytest.fixture
def karim(sit: Sit) -> Person:
    """Karim, helpdesk."""
    return sit("Karim", bsn="")


@pytest.fixture(scope="module")
def cookies() -> dict[str, list[Any]]:
    """What the browsers of agents who are in hold, so that each agent begins once in this file."""
    return {}


@pytest.fixture
def goes_to_work(practice: Practice, cookies: dict[str, list[Any]]) -> Callable[[Person], None]:
    """Let an agent be at the helpdesk, logged in."""

    def go(agent: Person) -> None:
        if agent.name not in cookies:
            is_at_work(agent, practice)
            cookies[agent.name] = agent.page.context.cookies()
        agent.page.context.add_cookies(cookies[agent.name])

    return go


def letters(practice: Practice, kind: str) -> set[Path]:
    """Give the letters of a kind that lie ready for the print house."""
    ready = practice.letters.glob("ready/*/manifest.json")
    return {one.with_name("letter.pdf") for one in ready if json.loads(one.read_text())["kind"] == kind}


def next_letter(practice: Practice, kind: str, *, but: set[Path]) -> Paper:
    """Wait for a letter of this kind, and give it as Anna finds it in her post."""
    deadline = time.monotonic() + SOON
    while not (new := letters(practice, kind) - but):
        assert time.monotonic() < deadline, f"no {kind} letter came"
        time.sleep(0.1)
    return Paper(new.pop().read_bytes())


def test_it_lets_an_invited_agent_in_with_an_app(
    hester: Person, practice: Practice, cookies: dict[str, list[Any]]
) -> None:
    begins(hester, practice)
    hester.opens("/helpdesk/")
    hester.sees("Stel eerst een tweede stap in")
    app = sets_up_an_app(hester)
    hester.logs_out()
    types_password(hester)
    hester.fills("Code", "000000")
    hester.clicks("Inloggen")
    hester.sees_heading("De tweede stap")
    hester.fills("Code", app.code())
    hester.clicks("Inloggen", until="**/helpdesk/")
    hester.sees_heading("Iemand belt over de eigen machtigingen")
    cookies[hester.name] = hester.page.context.cookies()


@pytest.mark.slow
def test_it_lets_an_invited_agent_in_with_a_passkey(
    karim: Person, practice: Practice, cookies: dict[str, list[Any]]
) -> None:
    has_a_key(karim)
    begins(karim, practice)
    karim.clicks("Een passkey instellen")
    karim.fills("Naam van deze passkey", "mijn laptop")
    karim.clicks("Deze passkey instellen", until="**/reservecodes")
    karim.sees_heading("Uw reservecodes")
    karim.logs_out()
    types_password(karim)
    karim.clicks("Mijn passkey gebruiken", until="**/helpdesk/")
    karim.sees_heading("Iemand belt over de eigen machtigingen")
    karim.clicks("Uw account")
    karim.sees("mijn laptop")
    cookies[karim.name] = karim.page.context.cookies()


def test_it_lets_a_client_without_digid_arrange_everything_by_telephone(
    hester: Person, anna: Person, bram: Person, practice: Practice, goes_to_work: Callable[[Person], None]
) -> None:
    goes_to_work(hester)
    bram.logs_in()
    before, number = letters(practice, "code"), helper_number_of(bram)

    finds_anna(hester)
    sends_code_letter(hester, helper=bram, number=number)
    hester.clicks("Terug naar de beller")
    hester.sees("Bram Bakker", "Brief met een code")
    hangs_up(hester)

    letter = next_letter(practice, "code", but=before)
    found = CODE.search(letter.text)
    assert found, "no code in the letter"
    activates(bram, code=found[0], client=anna)

    finds_anna(hester)
    hester.sees("Actief")
    hester.does_not_see(found[0])
    hester.clicks("Bram Bakker")
    hester.clicks("Stoppen")
    hester.chooses("Alles")
    hester.clicks("Volgende")
    hester.clicks("De beller zegt ja: nu stoppen")
    hester.sees_heading("Het is gedaan")
    hangs_up(hester)
    types_code(bram, code=found[0], bsn=anna.bsn)
    bram.does_not_see("U gaat Anna de Vries helpen")
    assert "999990019" not in " ".join(hester.traces())


@pytest.mark.slow
def test_it_lets_two_agents_bring_back_what_was_reported_by_mistake(
    hester: Person, karim: Person, practice: Practice, goes_to_work: Callable[[Person], None]
) -> None:
    anna_had_bram(practice)
    goes_to_work(hester)
    goes_to_work(karim)

    finds_anna(hester)
    hester.clicks("Bram Bakker")
    hester.clicks("Dit klopt niet")
    hester.chooses("“Ik ken deze persoon niet.”")
    hester.clicks("Volgende")
    hester.clicks("De beller zegt ja: leg het vast")
    hester.sees("Bram Bakker kan nu niets voor u doen.")
    hester.clicks("Terug naar de beller")
    hester.clicks("Bram Bakker")
    hester.clicks("Weer laten doorgaan")
    hester.clicks("De beller zegt ja: stel het voor")
    number = hester.page.locator(".namens-number").inner_text().strip()
    opens_case(hester, number)
    hester.sees("U stelde dit zelf voor.")

    opens_case(karim, number)
    karim.sees_heading("Mag deze machtiging weer doorgaan?")
    karim.sees("Anna de Vries machtigde Bram Bakker:", "“Ik ken deze persoon niet.”", "sprak met de cliënt.")
    karim.clicks("Akkoord: laat het doorgaan")
    karim.sees("De machtiging gaat vanaf nu weer door.")
    finds_anna(karim)
    karim.sees("Actief")


@pytest.mark.slow
def test_it_sends_everything_on_paper_in_large_print_and_a_code_once_more(
    hester: Person, practice: Practice, goes_to_work: Callable[[Person], None]
) -> None:
    anna_gave_bram(practice)
    goes_to_work(hester)

    finds_anna(hester)
    hester.clicks("Alles op papier sturen")
    hester.clicks("De beller zegt ja: stuur de brief")
    hester.clicks("Terug naar de beller")
    hester.clicks("Grote letters of een andere taal")
    hester.chooses("Grote letters")
    hester.chooses("Engels")
    hester.clicks("Bewaar dit voor alle brieven")
    hester.sees("Deze beller krijgt brieven met grote letters.", "Overzicht van alle machtigingen")
    hester.clicks("Bram Bakker")
    hester.clicks("Nieuwe brief met een code sturen")
    hester.clicks("De beller zegt ja: stuur de brief")
    hester.sees("Geef de code alleen aan Bram Bakker")


@pytest.mark.slow
def test_it_sends_no_code_to_an_address_that_is_in_doubt(
    hester: Person, goes_to_work: Callable[[Person], None]
) -> None:
    goes_to_work(hester)
    finds(hester, "Victor Molenaar", bsn="999990433", born=("18", "2", "1974"), postcode="7411LB")
    hester.clicks("Brief met een code sturen")
    hester.clicks("Volgende")
    hester.sees_error("Vul het helpernummer in, of kies dat de beller de helper niet kan noemen")
    hester.clicks("Verder zonder helpernummer")
    hester.ticks("Mijn toeslagen")
    hester.chooses("3 maanden")
    hester.chooses("Nee", question="Vraag: staat u onder bewind of curatele?")
    hester.chooses("Nee", question="Vraag: staat uw nieuwe adres al bij de gemeente?")
    hester.chooses("Nee", question="Vraag: is er iemand bij u die zegt wat u moet antwoorden?")
    hester.clicks("Volgende")
    hester.sees_error("De brief zou naar het oude huis gaan.")
    hester.chooses("Ja", question="Vraag: staat uw nieuwe adres al bij de gemeente?")
    hester.clicks("Volgende")
    hester.sees("Wie die code heeft, mag dit voor u doen:", "Dat mag 3 maanden")
    hester.clicks("De beller zegt ja: stuur de brief")
    hester.sees("Wie de code heeft, kan u helpen.")

    finds(hester, "Yvonne Peeters", bsn="999990445", born=("8", "8", "1968"), postcode="6221BE")
    hester.sees("De gemeente onderzoekt of de beller daar woont.")
    hester.does_not_see("Brief met een code sturen")
    hester.opens(f"{hester.page.url}/code")
    hester.sees_heading("Er kan geen brief weg")


def opens_case(agent: Person, number: str) -> None:
    """Type the case number of a colleague."""
    agent.opens("/helpdesk/melding")
    agent.fills("Zaaknummer", number)
    agent.clicks("Zaak openen")
