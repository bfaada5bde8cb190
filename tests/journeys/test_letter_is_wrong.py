"""The confirmation letter is wrong: Anna says so and it stops at once; Bram learns the day only; she switches it on."""

import pytest

from namens.lib import clock
from tests.journeys.beforehand import anna_had_bram
from tests.journeys.paper import letter
from tests.journeys.person import Person
from tests.journeys.stories import enters, goes_to, opens_mandate, written
from tools.practice import Portal, Practice

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


@pytest.mark.usefixtures("helping")
def test_it_stops_at_once_and_the_helper_learns_the_day_only(
    practice: Practice, anna: Person, bram: Person, toeslagen: Portal
) -> None:
    paper = letter(practice, "confirmation")
    assert "Dit klopt niet" in paper
    says_it_was_not_wanted(anna)
    bram.opens_until_it_says(f"{toeslagen.address}/overzicht", "Deze machtiging is gestopt. U bent uitgelogd.")
    bram.opens("/mijn-machtigingen")
    bram.sees("Gestopt", f"Gestopt op {written(clock.today())}.")
    bram.does_not_see("gemeld", "stilgezet", "Stilgezet", "klopt niet", "verkeerd")
    bram.page.get_by_role("link", name="Anna de Vries").first.click()
    bram.looks()
    bram.does_not_see("gemeld", "stilgezet", "Stilgezet", "Dit klopt niet")
    goes_to(bram, toeslagen)
    bram.does_not_see("Anna de Vries")


@pytest.mark.usefixtures("helping")
def test_it_goes_on_when_the_client_says_so(anna: Person, bram: Person, toeslagen: Portal) -> None:
    says_it_was_not_wanted(anna)
    opens_mandate(anna, of="Bram Bakker")
    anna.clicks("Toch goed: weer aanzetten")
    opens_mandate(anna, of="Bram Bakker")
    anna.sees("Actief")
    enters(bram, toeslagen, for_whom="Anna de Vries")
    bram.sees("Toeslagen van Anna de Vries")


@pytest.mark.usefixtures("helping")
def test_it_stops_nothing_for_a_name_that_is_spelt_wrong(anna: Person, bram: Person, toeslagen: Portal) -> None:
    reports(anna, what="De naam is verkeerd geschreven")
    opens_mandate(anna, of="Bram Bakker")
    anna.sees("Actief")
    bram.opens(f"{toeslagen.address}/overzicht")
    bram.sees("Toeslagen van Anna de Vries")
