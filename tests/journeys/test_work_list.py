"""Fatima works for Stichting Samen Sterk: what has to be done today, finding a client, many at once, another team."""

import pytest

from tests.journeys.beforehand_at_work import anna_is_of_another_team, fatima_has_work, samen_sterk_helps_anna
from tests.journeys.conftest import Sit
from tests.journeys.person import Person
from tools.practice import Practice

pytestmark = [pytest.mark.journey, pytest.mark.slow]

SAMEN_STERK = "Stichting Samen Sterk"
SEARCH = "Zoek in alle cliënten op naam of geboortejaar"


@pytest.fixture
def fatima(sit: Sit, practice: Practice) -> Person:
    """Fatima Amrani, volunteer of Samen Sterk, which has Anna and thirty others as clients."""
    samen_sterk_helps_anna(practice)
    return sit("Fatima Amrani", bsn="999990159")


def test_it_shows_what_has_to_be_done_and_does_it_for_many_at_once(
    anna: Person, fatima: Person, practice: Practice
) -> None:
    fatima_has_work(practice)
    fatima.logs_in_at_work(SAMEN_STERK)
    fatima.sees_heading("Werklijst")
    fatima.sees(f"U werkt hier voor {SAMEN_STERK}.", "Loopt af over 6 dagen")
    fatima.clicks("Wacht op de brief")
    fatima.sees("Meneer B.", "Partner van meneer B.", "Brief uiterlijk op")
    fatima.clicks("Code invullen")
    fatima.sees("In deze lijst staat niemand.")
    fatima.clicks("Partner niet compleet")
    fatima.clicks("Loopt af binnen 30 dagen")
    fatima.sees("Anna de Vries", "Persoon03 Achternaam03", "Persoon14 Achternaam14")
    fatima.ticks("Kies Anna de Vries")
    fatima.clicks("Verlenging vragen")
    fatima.sees_heading("Verlenging vragen")
    fatima.sees("Deze cliënten krijgen een brief met een code")
    fatima.clicks("Ja, vraag de verlenging")
    fatima.sees_heading("De verlenging is gevraagd")
    fatima.clicks("Terug naar de werklijst")
    fatima.sees("Verlenging gevraagd")
    fatima.clicks("Iedereen op deze bladzijde aanvinken")
    fatima.clicks("Bladen printen")
    fatima.sees("Aantal bladen: 3.", "Neem de brief en uw identiteitskaart mee naar ons.")
    fatima.prints()
    anna.logs_in()
    anna.sees(SAMEN_STERK)


def test_it_finds_a_client_and_opens_one_of_another_team_with_a_reason(
    anna: Person, fatima: Person, practice: Practice
) -> None:
    anna_is_of_another_team(practice)
    fatima.logs_in_at_work(SAMEN_STERK)
    fatima.clicks("Alle cliënten")
    fatima.sees("Bladzijde 1", "Volgende bladzijde")
    fatima.clicks("Volgende bladzijde")
    fatima.sees("Bladzijde 2")
    fatima.fills(SEARCH, "vries")
    fatima.clicks("Zoeken")
    fatima.sees("Anna de Vries", "Reden nodig")
    fatima.does_not_see("Persoon01")
    assert "vries" not in fatima.page.url
    fatima.clicks("Anna de Vries")
    fatima.sees_heading("Een cliënt van een ander team")
    fatima.clicks("Voor vandaag openen")
    fatima.sees_error("Kies een van de antwoorden")
    fatima.chooses("De cliënt kwam langs op kantoor")
    fatima.clicks("Voor vandaag openen")
    fatima.sees_heading("Anna de Vries")
    fatima.clicks("Deze cliënt overnemen")
    fatima.sees("De cliënt gaat weg bij team Zeist.")
    fatima.clicks("Ja, ik neem het over")
    fatima.sees("Vaste helper")
    fatima.clicks("Deze machtiging stoppen")
    fatima.clicks("Nee, ga terug")
    anna.logs_in()
    anna.clicks(SAMEN_STERK)
    anna.sees("Fatima A.", "omdat u langskwam op kantoor", "is vanaf nu uw vaste helper")


def test_it_can_be_walked_with_the_keyboard_alone(fatima: Person) -> None:
    fatima.logs_in_at_work(SAMEN_STERK)
    fatima.clicks("Alle cliënten")
    fatima.page.locator("main").focus()
    fatima.presses("Tab")
    fatima.has_focus_on("Naar de lijst")
    fatima.presses("Enter", "Tab", "Tab")
    fatima.presses("Space")
    assert fatima.page.locator("input[name=client]").first.is_checked()
