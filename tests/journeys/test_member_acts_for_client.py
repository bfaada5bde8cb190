"""Fatima works for Stichting Samen Sterk. She logs in at a portal with eHerkenning, finds Anna, and does something."""

import pytest

from tests.journeys.beforehand_at_work import (
    anna_is_of_another_team,
    anna_left_fatima_out,
    marijke_ended_the_licence,
    samen_sterk_helps_anna,
)
from tests.journeys.conftest import Sit
from tests.journeys.person import Person
from tests.journeys.stories import changes_income, enters
from tools.practice import Practice
from tools.practice_portals import Portal

pytestmark = pytest.mark.journey

SAMEN_STERK, DE_BRUG = "Stichting Samen Sterk", "Schuldhulp De Brug"
SEARCH = "Naam of geboortejaar van uw cliënt"
LOG_IN = "Inloggen bij Mijn toeslagen"
FOR_ANNA = f"Fatima A. namens {SAMEN_STERK}, voor Anna de Vries"


@pytest.fixture
def toeslagen(practice: Practice) -> Portal:
    """The portal of the allowances; Samen Sterk has a mandate of Anna for it."""
    samen_sterk_helps_anna(practice)
    return practice.portals[0]


@pytest.fixture
def fatima(sit: Sit) -> Person:
    """Fatima Amrani, volunteer of Samen Sterk."""
    return sit("Fatima Amrani", bsn="999990159")


def goes_to_work(helper: Person, portal: Portal, organisation: str = SAMEN_STERK) -> None:
    """Log in at a portal for an organisation, up to the list of clients."""
    helper.opens(portal.address)
    helper.logs_in_at_portal_for_work(organisation)
    helper.sees_heading(LOG_IN)


def looks_for(helper: Person, words: str) -> None:
    helper.fills(SEARCH, words)
    helper.clicks("Zoeken")


def test_it_leads_from_the_search_to_a_change_that_the_client_sees(
    anna: Person, fatima: Person, toeslagen: Portal
) -> None:
    goes_to_work(fatima, toeslagen)
    fatima.sees(f"Deze site leest dat u voor {SAMEN_STERK} werkt", "Persoon01 Achternaam01")
    looks_for(fatima, "vries")
    fatima.does_not_see("Persoon01")
    fatima.chooses("Anna de Vries")
    fatima.clicks(LOG_IN)
    fatima.sees(FOR_ANNA, "Toeslagen van Anna de Vries")
    changes_income(fatima, toeslagen, to="20.480")
    fatima.clicks("Ja, wijzig dit")
    fatima.sees(f"U deed dit namens {SAMEN_STERK}, voor Anna de Vries.")
    enters(anna, toeslagen, for_whom="Voor mijzelf")
    anna.sees(f"Door Fatima A. ({SAMEN_STERK}), namens Anna de Vries")


@pytest.mark.slow
def test_it_shows_the_client_which_person_of_the_organisation_came(
    anna: Person, fatima: Person, toeslagen: Portal
) -> None:
    goes_to_work(fatima, toeslagen)
    looks_for(fatima, "anna 1980")
    fatima.chooses("Anna de Vries")
    fatima.clicks(LOG_IN)
    anna.logs_in()
    anna.opens("/mijn-machtigingen")
    anna.clicks(SAMEN_STERK)
    anna.sees("Fatima A.", "Mijn toeslagen")


@pytest.mark.slow
def test_it_goes_through_the_pages_of_the_list(fatima: Person, toeslagen: Portal) -> None:
    goes_to_work(fatima, toeslagen)
    fatima.does_not_see("Anna de Vries", "Persoon26")
    fatima.clicks("Volgende bladzijde")
    fatima.sees("Persoon26 Achternaam26", "Anna de Vries")
    fatima.clicks("Vorige bladzijde")
    fatima.sees("Persoon01 Achternaam01")
    assert "vries" not in fatima.page.url.lower()


@pytest.mark.slow
def test_it_works_with_the_keyboard_and_without_scripts(sit: Sit, toeslagen: Portal) -> None:
    fatima = sit("Fatima Amrani", bsn="999990159", scripts=False)
    goes_to_work(fatima, toeslagen)
    fatima.page.get_by_label(SEARCH).focus()
    fatima.page.keyboard.type("vries")
    with fatima.page.expect_navigation():
        fatima.presses("Enter")
    fatima.page.get_by_role("radio", name="Anna de Vries").focus()
    fatima.presses("Space")
    with fatima.page.expect_navigation(url=f"{toeslagen.address}/overzicht"):
        fatima.presses("Enter")
    fatima.sees(FOR_ANNA)


@pytest.mark.slow
def test_it_asks_to_choose_somebody(fatima: Person, toeslagen: Portal) -> None:
    goes_to_work(fatima, toeslagen)
    fatima.clicks(LOG_IN)
    fatima.sees_error("Kies voor wie u inlogt")


@pytest.mark.slow
def test_it_shows_another_organisation_nothing(sit: Sit, toeslagen: Portal) -> None:
    wouter = sit("Wouter Hofman", bsn="")
    goes_to_work(wouter, toeslagen, DE_BRUG)
    wouter.sees("Er is niemand voor wie u hier nu kunt inloggen.")
    looks_for(wouter, "vries")
    wouter.does_not_see("Anna", SAMEN_STERK)
    wouter.clicks("Mijn cliënt staat er niet bij")
    wouter.does_not_see("Anna", SAMEN_STERK)


@pytest.mark.slow
def test_it_shows_fatima_at_home_and_dirk_nothing_of_her_work(dirk: Person, fatima: Person, toeslagen: Portal) -> None:
    for somebody in (fatima, dirk):
        somebody.opens(toeslagen.address)
        somebody.logs_in_at_portal()
        somebody.sees("Voor mijzelf")
        somebody.does_not_see("Anna", SAMEN_STERK)


@pytest.mark.slow
def test_it_asks_a_reason_for_a_client_of_another_team(fatima: Person, toeslagen: Portal) -> None:
    anna_is_of_another_team(fatima.practice)
    goes_to_work(fatima, toeslagen)
    looks_for(fatima, "vries")
    fatima.sees("Cliënten van een ander team", "Reden nodig", "Zeist")
    fatima.clicks("Anna de Vries")
    fatima.chooses("De cliënt vroeg om mijn hulp")
    fatima.page.locator("main form button[type=submit]").first.click()
    fatima.sees_heading(LOG_IN)
    fatima.chooses("Anna de Vries")
    fatima.clicks(LOG_IN)
    fatima.sees(FOR_ANNA)


@pytest.mark.slow
def test_it_ends_at_the_portal_with_the_licence_and_says_why(fatima: Person, toeslagen: Portal) -> None:
    goes_to_work(fatima, toeslagen)
    looks_for(fatima, "vries")
    fatima.chooses("Anna de Vries")
    fatima.clicks(LOG_IN)
    marijke_ended_the_licence(fatima.practice)
    fatima.opens_until_it_says(f"{toeslagen.address}/overzicht", "Opnieuw inloggen")
    goes_to_work(fatima, toeslagen)
    fatima.does_not_see("Anna", "Persoon01")
    fatima.clicks("Mijn cliënt staat er niet bij")
    fatima.sees("Uw licentie is gestopt op", "Vraag uw beheerder (Marijke Blom) om een nieuwe.")


@pytest.mark.slow
def test_it_tells_only_fatima_that_anna_left_her_out(fatima: Person, toeslagen: Portal) -> None:
    anna_left_fatima_out(fatima.practice)
    goes_to_work(fatima, toeslagen)
    looks_for(fatima, "vries")
    fatima.does_not_see("Anna de Vries")
    fatima.clicks("Mijn cliënt staat er niet bij")
    fatima.sees("Anna de Vries", "Uw cliënt wil niet door u geholpen worden.", "Een collega kan helpen.")
