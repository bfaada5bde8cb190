"""A portal by the profile `fapi`: its questions are pushed, its tokens are bound, and nobody who uses it notices."""

import pytest

from tests.journeys.person import Person
from tests.journeys.stories import (
    activates,
    changes_income,
    enters,
    goes_to,
    helper_number_of,
    opens_mandate,
    shown_code,
)
from tools.practice import Practice
from tools.practice_portals import Portal

pytestmark = [pytest.mark.journey, pytest.mark.slow]

ENOUGH = "Substantieel"
SENSITIVE = (
    "Mag uw helper ook uw rekeningnummer wijzigen?",
    "Mag uw helper ook een adres in het buitenland doorgeven?",
)


@pytest.fixture
def pension(practice: Practice) -> Portal:
    """The portal of the pension."""
    return practice.portals[2]


def has_pension_mandate(client: Person, helper: Person) -> None:
    """Let a client give a helper a mandate for the pension, without anything sensitive, and the helper activate it."""
    helper.logs_in(level=ENOUGH)
    number = helper_number_of(helper)
    client.logs_in(level=ENOUGH)
    client.clicks("Iemand machtigen")
    client.fills("Helpernummer", number)
    client.clicks("Volgende")
    client.clicks("Ja, dit is mijn helper")
    client.ticks("AOW en pensioen")
    client.clicks("Volgende")
    for question in SENSITIVE:
        client.chooses("Nee", question=question)
    client.clicks("Volgende")
    for answer in ("Vanaf vandaag", "1 jaar"):
        client.chooses(answer)
        client.clicks("Volgende")
    for question in ("Staat u onder bewind of curatele?", "Hebt u een toeslagpartner?"):
        client.chooses("Nee", question=question)
        client.clicks("Volgende")
    client.clicks(f"Ja, {helper.name} mag dit voor mij doen")
    activates(helper, code=shown_code(client), client=client)


def test_it_lets_somebody_in_for_themselves(anna: Person, pension: Portal) -> None:
    enters(anna, pension, for_whom="Voor mijzelf")
    anna.sees("Uw AOW", "Vakantiegeld")


def test_it_lets_a_helper_in_and_write_for_the_client(anna: Person, bram: Person, pension: Portal) -> None:
    has_pension_mandate(anna, bram)
    enters(bram, pension, for_whom="Anna de Vries")
    bram.sees("AOW van Anna de Vries")
    changes_income(bram, pension, to="19.750")
    bram.clicks("Ja, wijzig dit")
    bram.sees_heading("Het inkomen is gewijzigd")


def test_it_lets_the_helper_out_when_the_client_stops_it(anna: Person, bram: Person, pension: Portal) -> None:
    has_pension_mandate(anna, bram)
    enters(bram, pension, for_whom="Anna de Vries")
    opens_mandate(anna, of="Bram Bakker")
    anna.clicks("Stoppen")
    anna.clicks("Ja, stop nu")
    bram.opens_until_it_says(f"{pension.address}/overzicht", "Inloggen")


def test_it_offers_dirk_nobody(dirk: Person, pension: Portal) -> None:
    goes_to(dirk, pension)
    dirk.sees("Voor mijzelf")
    dirk.does_not_see("Anna de Vries")
