"""The confirmation letter is wrong: Anna says so and it stops at once; Bram learns the day only; she switches it on."""

import pytest

from namens.lib import clock
from tests.journeys.beforehand import anna_had_bram
from tests.journeys.paper import letter
from tests.journeys.person import Person
from tests.journeys.stories import enters, goes_to, opens_mandate, written
from tools.practice import Practice
from tools.practice_portals import Portal

pytestmark = pytest.mark.journey


@pytest.fixture
def toeslagen(practice: Practice) -> Portal:
    """The portal of the allowances, where Bram is logged in for Anna."""
    return practice.portals[0]


@pytest.fixture
def helping(practice: Practice, bram: Person, toeslagen: Portal) -> None:
    """Bram uses the mandate."""
    anna_had_bram(practice)
    enters(bram, toeslagen, for_whom="Anna de Vries")


def reports(client: Person, *, what: str) -> None:
    """Let a client, who logs in, say that the mandate is wrong."""
    client.logs_in()
    opens_mandate(client, of="Bram Bakker")
    client.clicks("Dit klopt niet")
    client.chooses(what)
    client.clicks("Volgende")


def says_it_was_not_wanted(client: Person) -> None:
    """Let a client say that the mandate was never wanted."""
    reports(client, what="Ik ken deze persoon niet, of ik wilde dit niet")
    client.clicks("Ja, stop nu")


@pytest.mark.slow
@pytest.mark.usefixtures("helping")
def test_it_stops_at_once_and_the_helper_learns_the_day_only(
    practice: Practice, anna: Person, bram: Person, toeslagen: Portal
) -> None:
    paper = letter(practice, "confirmation")
    assert "Dit klopt niet" in paper
    says_it_was_not_wanted(anna)
    bram.opens_until_it_says(f"{toeslagen.address}/overzicht", "Deze machtiging geldt niet meer. U bent uitgelogd.")
    bram.opens("/mijn-machtigingen")
    bram.sees("Gestopt", f"Gestopt op {written(clock.today())}.")
    bram.does_not_see("gemeld", "stilgezet", "Stilgezet", "klopt niet", "verkeerd")
    bram.page.get_by_role("link", name="Anna de Vries").first.click()
    bram.looks()
    bram.does_not_see("gemeld", "stilgezet", "Stilgezet", "Dit klopt niet")
    goes_to(bram, toeslagen)
    bram.does_not_see("Anna de Vries")


@pytest.mark.slow
def test_it_stops_what_she_never_wanted_and_goes_on_when_she_says_so(anna: Person, bram: Person) -> None:
    anna_had_bram(anna.practice)
    anna.logs_in()
    opens_mandate(anna, of="Bram Bakker")
    anna.clicks("Dit klopt niet")
    anna.clicks("Volgende")
    anna.sees_error("Kies een van de antwoorden")
    anna.chooses("Ik ken deze persoon niet, of ik wilde dit niet")
    anna.clicks("Volgende")
    anna.sees("Moet de hulp van Bram Bakker nu stoppen?")
    anna.clicks("Ja, stop nu")
    anna.sees("Stilgezet", "Niemand kan deze machtiging nu gebruiken.")
    bram.logs_in()
    bram.clicks("Anna de Vries")
    bram.sees("Gestopt", f"Gestopt op {written(clock.today())}.", "De machtiging is gestopt.")
    bram.does_not_see("Dit klopt niet", "gemeld", "Stilgezet")
    anna.clicks("Toch goed: weer aanzetten")
    anna.clicks("Ja, weer aanzetten")
    anna.sees("Actief", "U hebt de machtiging weer aangezet.")


@pytest.mark.slow
def test_it_tells_that_a_name_is_spelt_wrong(anna: Person, bram: Person) -> None:
    anna_had_bram(anna.practice)
    for person, other in ((anna, "Bram Bakker"), (bram, "Anna de Vries")):
        person.logs_in()
        opens_mandate(person, of=other)
        person.clicks("Dit klopt niet")
    anna.chooses("De naam is verkeerd geschreven")
    anna.clicks("Volgende")
    anna.sees_heading("Bedankt")
    bram.clicks("De naam is verkeerd geschreven")
    bram.sees("Er stopt niets. De machtiging gaat gewoon door.")
