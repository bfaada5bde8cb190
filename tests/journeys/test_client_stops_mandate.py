"""Anna stops: Bram is let out within seconds, nothing that was under way goes through, nobody says who or why."""

from datetime import timedelta

import pytest

from namens.lib import clock
from tests.journeys.person import Person
from tests.journeys.stories import (
    a_year_from_today,
    changes_income,
    enters,
    has_mandate,
    opens_mandate,
    written,
)
from tools.practice import Practice
from tools.practice_portals import Portal

pytestmark = pytest.mark.journey

STOPPED = "Deze machtiging geldt niet meer. U bent uitgelogd."


@pytest.fixture
def toeslagen(practice: Practice) -> Portal:
    """The portal of the allowances, where Bram is logged in."""
    return practice.portals[0]


@pytest.fixture
def tax(practice: Practice) -> Portal:
    """The portal of the income tax."""
    return practice.portals[1]


@pytest.fixture
def helping(anna: Person, bram: Person, toeslagen: Portal) -> None:
    """Bram has a mandate of Anna, and is logged in for her at the portal of the allowances."""
    has_mandate(anna, bram)
    enters(bram, toeslagen, for_whom="Anna de Vries")


def stops(person: Person, *, of: str, what: str = "") -> None:
    """Stop the one mandate with somebody, or one service of it."""
    opens_mandate(person, of=of)
    person.clicks("Stoppen")
    if what:
        person.chooses(what)
    person.clicks("Ja, stop nu")
    person.sees_heading("Het is gestopt")


@pytest.mark.usefixtures("helping")
def test_it_lets_the_helper_out_within_seconds(anna: Person, bram: Person, toeslagen: Portal) -> None:
    stops(anna, of="Bram Bakker", what="Alles")
    anna.sees("Bram Bakker kan niet meer voor u doen wat u hebt gestopt.")
    bram.opens_until_it_says(f"{toeslagen.address}/overzicht", STOPPED)
    bram.does_not_see("Anna", "Zorgtoeslag")


@pytest.mark.slow
@pytest.mark.usefixtures("helping", "asleep")
def test_it_refuses_a_change_that_was_under_way(anna: Person, bram: Person, toeslagen: Portal) -> None:
    changes_income(bram, toeslagen, to="12.345")
    stops(anna, of="Bram Bakker", what="Alles")
    bram.clicks("Ja, wijzig dit")
    bram.sees_heading("De machtiging geldt niet meer")
    bram.sees("Er is niets gewijzigd. U bent uitgelogd.")


@pytest.mark.slow
@pytest.mark.usefixtures("helping")
def test_it_says_when_it_stopped_and_never_who_did(anna: Person, bram: Person) -> None:
    stops(anna, of="Bram Bakker", what="Alles")
    bram.opens("/mijn-machtigingen")
    bram.sees("U helpt niemand op dit moment.", f"Gestopt op {written(clock.today())}")
    bram.clicks("Anna de Vries")
    bram.sees("De machtiging is gestopt.")
    bram.does_not_see("Anna de Vries heeft deze machtiging gestopt", "Eerder laten aflopen")
    opens_mandate(anna, of="Bram Bakker")
    anna.sees("U hebt deze machtiging gestopt.")


@pytest.mark.slow
@pytest.mark.usefixtures("helping")
def test_it_says_honestly_why_the_helper_cannot_log_in_again(anna: Person, bram: Person, toeslagen: Portal) -> None:
    stops(anna, of="Bram Bakker", what="Alles")
    bram.opens_until_it_says(f"{toeslagen.address}/overzicht", STOPPED)
    bram.clicks("Opnieuw inloggen")
    bram.comes_with_digid()
    bram.sees("Voor wie logt u in?", "Voor mijzelf")
    bram.does_not_see("Anna")
    bram.clicks("Mijn cliënt staat er niet bij")
    bram.sees("Anna de Vries", "Uw machtiging is gestopt.", "Vraag uw cliënt om een nieuwe machtiging.")


@pytest.mark.slow
@pytest.mark.usefixtures("helping")
def test_it_stops_one_service_and_keeps_the_other(anna: Person, bram: Person, toeslagen: Portal, tax: Portal) -> None:
    enters(bram, tax, for_whom="Anna de Vries")
    stops(anna, of="Bram Bakker", what="Alleen Mijn toeslagen")
    bram.opens_until_it_says(f"{toeslagen.address}/overzicht", STOPPED)
    changes_income(bram, tax, to="31.000")
    bram.clicks("Ja, wijzig dit")
    bram.sees_heading("Het inkomen is gewijzigd")
    opens_mandate(anna, of="Bram Bakker")
    anna.sees(
        f"Mijn toeslagen: gestopt op {written(clock.today())}",
        f"Inkomstenbelasting: tot en met {written(a_year_from_today())}",
        "U hebt één dienst gestopt.",
    )


@pytest.mark.slow
@pytest.mark.usefixtures("helping")
def test_it_asks_what_has_to_stop(anna: Person) -> None:
    opens_mandate(anna, of="Bram Bakker")
    anna.clicks("Stoppen")
    anna.sees("Wilt u de hulp van Bram Bakker stoppen?", "De hulp stopt meteen.")
    anna.clicks("Ja, stop nu")
    anna.sees_error("Kies een van de antwoorden")
    anna.clicks("Nee, ga terug")
    anna.sees("Actief")


@pytest.mark.slow
@pytest.mark.usefixtures("helping")
def test_it_brings_the_end_forward(anna: Person, bram: Person) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    opens_mandate(anna, of="Bram Bakker")
    anna.clicks("Eerder laten aflopen")
    anna.sees(f"Nu mag Bram Bakker u helpen tot en met {written(a_year_from_today())}.")
    anna.fills_day(a_year_from_today() + timedelta(days=1))
    anna.clicks("Deze laatste dag bewaren")
    anna.sees_error("Kies een dag voor de laatste dag van nu.")
    anna.fills_day(tomorrow)
    anna.clicks("Deze laatste dag bewaren")
    anna.sees(f"Tot en met {written(tomorrow)}.", "U hebt de machtiging korter gemaakt.")
    bram.opens("/mijn-machtigingen")
    bram.sees(f"Tot en met {written(tomorrow)}.")


@pytest.mark.slow
@pytest.mark.usefixtures("helping")
def test_it_lets_the_helper_stop_too(anna: Person, bram: Person) -> None:
    stops(bram, of="Anna de Vries")
    bram.sees("U kunt met deze machtiging niets meer doen voor Anna de Vries.")
    opens_mandate(anna, of="Bram Bakker")
    anna.sees("Bram Bakker heeft deze machtiging gestopt.", f"Gestopt op {written(clock.today())}")


@pytest.mark.slow
@pytest.mark.usefixtures("helping")
def test_it_stops_once_when_two_tabs_say_so(anna: Person) -> None:
    opens_mandate(anna, of="Bram Bakker")
    anna.clicks("Stoppen")
    other = anna.opens_a_tab()
    other.opens(anna.page.url)
    for tab in (anna, other):
        tab.chooses("Alles")
    anna.clicks("Ja, stop nu")
    anna.sees_heading("Het is gestopt")
    other.clicks("Ja, stop nu")
    other.sees("Dit kan niet meer. Kijk bij Mijn machtigingen hoe het er nu voor staat.")
