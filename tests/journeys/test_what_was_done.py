"""Bram does something for Anna: she reads it in plain words, keeps it, says that it is not right, and takes it back."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from namens.lib import clock
from tests.journeys.agents import finds_anna, hangs_up, is_at_work
from tests.journeys.beforehand import anna_had_bram
from tests.journeys.conftest import Sit
from tests.journeys.done import BY_ME, DID, DONE, lines, reads_of, says_it_is_wrong
from tests.journeys.person import Person
from tests.journeys.stories import changes_income, enters, opens_mandate, written
from tools.practice import Practice
from tools.practice_portals import Portal

pytestmark = pytest.mark.journey

LOGGED_IN = "Bram Bakker heeft voor u ingelogd bij Mijn toeslagen."
BY_BRAM = "U hebt dit voor Anna de Vries gedaan bij Mijn toeslagen: Inkomen gewijzigd."
LOOKED_UP = "Een medewerker zocht u op."
DISPUTED = "Er is gemeld dat deze wijziging niet klopt. Wij zoeken het uit."


@pytest.fixture
def toeslagen(practice: Practice) -> Portal:
    """The portal of the allowances."""
    return practice.portals[0]


@pytest.fixture
def act(anna: Person, bram: Person, toeslagen: Portal) -> None:
    """Bram changed the income of Anna, and Anna has it on the page: the portal told Namens by itself."""
    anna_had_bram(anna.practice)
    anna.logs_in()
    anna.opens(DONE)
    before = lines(anna, DID).count()
    enters(bram, toeslagen, for_whom="Anna de Vries")
    changes_income(bram, toeslagen, to="23.456")
    bram.clicks("Ja, wijzig dit")
    reads_of(anna, DID, after=before)


@pytest.mark.usefixtures("act")
def test_it_says_who_did_what_and_anna_says_that_it_is_not_right(anna: Person, bram: Person) -> None:
    anna.sees_heading("Wat is er voor u gedaan")
    anna.sees(LOGGED_IN, "Bram Bakker heeft de machtiging geactiveerd.", "Mijn toeslagen")
    says_it_is_wrong(anna, DID, what="Dit is niet gedaan")
    anna.sees(DID, "Mijn toeslagen hoort het ook, en kijkt ernaar.")

    bram.opens(BY_ME)
    bram.sees_heading("Wat hebt u voor anderen gedaan")
    bram.sees(BY_BRAM, "U hebt bij Mijn toeslagen ingelogd voor Anna de Vries.")
    bram.does_not_see("klopt niet", "niet klopt", "heeft deze machtiging gegeven")

    anna.clicks("Terug naar wat er voor u is gedaan")
    expect(lines(anna, DID).first).to_contain_text(f"U zei op {written(clock.today())} dat dit niet klopt.")
    with anna.page.expect_navigation():
        lines(anna, DID).first.get_by_role("link", name="Bekijk wat u zei").click()
    anna.sees_heading("Wij kijken ernaar")
    anna.clicks("Het klopt: neem het terug")
    anna.sees_heading("U nam het terug")
    anna.opens(DONE)
    anna.sees("U nam uw melding over een regel terug.")
    expect(lines(anna, DID).first).not_to_contain_text("dat dit niet klopt")
    assert anna.bsn not in " ".join(anna.traces())


@pytest.mark.slow
@pytest.mark.usefixtures("act")
def test_it_tells_the_portal_and_not_the_helper_that_it_is_not_right(
    anna: Person, bram: Person, toeslagen: Portal
) -> None:
    says_it_is_wrong(anna, DID, what="Dit is niet gedaan")
    enters(anna, toeslagen, for_whom="Voor mijzelf")
    anna.opens_until_it_says(f"{toeslagen.address}/overzicht", DISPUTED)
    bram.opens(f"{toeslagen.address}/overzicht")
    bram.does_not_see(DISPUTED, "Er is gemeld")


@pytest.mark.slow
@pytest.mark.usefixtures("act")
def test_it_shows_what_anna_chooses_to_see(anna: Person, bram: Person) -> None:
    this_month = anna.page.get_by_label("Welke maand?").locator("option").nth(1).text_content() or ""
    picks(anna, helper="Bram Bakker", service="Mijn toeslagen", month=this_month)
    anna.sees("U ziet alleen:", DID, LOGGED_IN)
    picks(anna, helper="Bram Bakker", service="Inkomstenbelasting", month="Alle maanden")
    anna.does_not_see(DID, LOGGED_IN)
    anna.clicks("Toon alles")
    anna.sees(DID)
    anna.does_not_see("U ziet alleen:")
    opens_mandate(anna, of=bram.name)
    anna.clicks("Bekijk alles wat deze helper voor u deed")
    anna.sees(DID, "U ziet alleen:")
    assert not any(bram.name in trace for trace in anna.traces())


@pytest.mark.slow
@pytest.mark.usefixtures("act")
def test_it_can_be_printed_and_kept(anna: Person, tmp_path: Path) -> None:
    anna.prints()
    assert "Inkomen gewijzigd" in on_paper(anna)
    anna.clicks("Bekijk het op één pagina, om af te drukken")
    anna.sees("Anna de Vries", DID)
    anna.prints()
    printed = on_paper(anna)
    assert "Inkomen gewijzigd" in printed
    assert "Uitloggen" not in printed
    anna.opens(DONE)
    rows = list(csv.DictReader(io.StringIO(takes(anna, "Bewaar als spreadsheet (CSV)", tmp_path)), delimiter=";"))
    row = next(one for one in rows if one["Handeling"] == "Inkomen gewijzigd")
    assert (row["Door wie"], row["Dag"]) == ("Bram Bakker", clock.today().isoformat())
    kept: dict[str, Any] = json.loads(takes(anna, "Bewaar voor een ander programma (JSON)", tmp_path))
    assert kept["volledig"] is True
    assert kept["regels"][0]["zin"] == "U hebt dit overzicht bewaard als bestand."
    assert next(one for one in kept["regels"] if one["handeling"])["zin"] == DID
    assert anna.bsn not in json.dumps(kept)


@pytest.mark.slow
@pytest.mark.usefixtures("act")
def test_it_shows_what_the_helpdesk_did_and_the_helpdesk_answers(
    anna: Person, bram: Person, sit: Sit, practice: Practice
) -> None:
    hester, karim = sit("Hester", bsn=""), sit("Karim", bsn="")
    for agent in (hester, karim):
        is_at_work(agent, practice)
    before = lines(anna, LOOKED_UP).count()
    finds_anna(hester)
    hangs_up(hester)
    anna.opens(DONE)
    expect(lines(anna, LOOKED_UP)).to_have_count(before + 1)
    says_it_is_wrong(anna, LOOKED_UP, what="Ik heb niet gebeld")
    anna.opens(DONE)
    says_it_is_wrong(anna, DID, what="Dit is gedaan, maar ik wilde dit niet")

    hester.opens("/helpdesk/melding")
    hester.sees("Regels die op antwoord wachten")
    karim.opens("/helpdesk/melding")
    karim.sees("Regels die op antwoord wachten")
    with karim.page.expect_navigation():
        karim.page.get_by_role("button", name=re.compile("^Openen")).last.click()
    karim.looks()
    karim.sees_heading("Een regel die niet klopt")
    karim.sees(DID, "Mijn toeslagen")
    karim.does_not_see(anna.bsn)
    karim.chooses("Het klopt")
    karim.clicks("Dit antwoord geven")
    anna.opens(DONE)
    expect(lines(anna, DID).first).to_contain_text("Wij hebben ernaar gekeken. Wat er staat, klopt.")
    lines(anna, DID).first.get_by_role("link", name="Bekijk wat u zei").click()
    anna.sees_heading("Ons antwoord")
    anna.looks()
    anna.clicks("Ik ben het niet eens met dit antwoord")
    anna.sees_heading("Dit klopt niet")
    anna.sees("Ik ben het niet eens met het antwoord")
    bram.opens(BY_ME)
    bram.does_not_see("helpdesk", "klopt")


@pytest.mark.slow
@pytest.mark.usefixtures("act")
def test_it_shows_dirk_nothing_of_it(anna: Person, dirk: Person) -> None:
    link = lines(anna, DID).first.get_by_role("link", name="Dit klopt niet").get_attribute("href")
    dirk.logs_in()
    for address in (DONE, BY_ME):
        dirk.opens(address)
        dirk.does_not_see("Inkomen gewijzigd", "Bram Bakker", "Anna de Vries")
    dirk.opens(str(link))
    dirk.sees_heading("Deze pagina bestaat niet")


def picks(client: Person, *, helper: str, service: str, month: str) -> None:
    """Choose with whom, about what and when, and let it be shown."""
    if not client.page.get_by_label("Welke helper?").is_visible():
        client.unfolds("Kies wat u wilt zien")
    for label, chosen in (("Welke helper?", helper), ("Welke dienst?", service), ("Welke maand?", month)):
        client.page.get_by_label(label).select_option(label=chosen)
    client.clicks("Toon dit")


def on_paper(client: Person) -> str:
    """Give the text of this page as the printer would have it."""
    pages = PdfReader(io.BytesIO(client.page.pdf())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def takes(client: Person, label: str, folder: Path) -> str:
    """Save the overview as a file, and give what is in it."""
    with client.page.expect_download() as download:
        client.control(label).click()
    path = folder / download.value.suggested_filename
    assert client.name not in path.name
    download.value.save_as(path)
    return path.read_text(encoding="utf-8-sig")
