"""Client and partner: two people, two consents, asked in one go. Neither sees the other; Bram sees what is complete."""

import re

import pytest

from tests.journeys.conftest import Sit
from tests.journeys.paper import letters
from tests.journeys.person import Person
from tests.journeys.stories import BOTH, types_code
from tests.journeys.test_appointment import BORN, LETTER, fills_moment, in_days, makes
from tests.journeys.the_day import the_day_comes
from tools.practice import Practice

pytestmark = [pytest.mark.journey, pytest.mark.slow]
HASSAN = "Hassan Amrani"
HASSAN_BSN, HASSAN_BORN = "999990135", ("2", "11", "1949")
NOT_COMPLETE = "Nog niet compleet"


@pytest.fixture
def hassan(sit: Sit) -> Person:
    """Hassan Amrani, Anna's allowance partner."""
    return sit(HASSAN, bsn=HASSAN_BSN)


def prepares_for_both(bram: Person, anna: Person, *, partner_bsn: str = HASSAN_BSN) -> None:
    """Let Bram prepare a talk with both, up to the check page."""
    bram.logs_in()
    bram.opens("/afspraken/nieuw")
    bram.clicks("Beginnen")
    bram.fills("Hoe noemt u deze cliënt?", "mevrouw De Vries")
    bram.clicks("Volgende")
    fills_moment(bram, in_days(14))
    bram.clicks("Volgende")
    bram.ticks(BOTH)
    bram.clicks("Volgende")
    bram.chooses("Ja", question="Komt er ook een toeslagpartner?")
    bram.clicks("Volgende")
    bram.fills("Hoe noemt u de toeslagpartner?", "meneer Amrani")
    bram.clicks("Volgende")
    bram.chooses(LETTER)
    bram.clicks("Volgende")
    bram.chooses("Alleen tijdens de afspraak")
    bram.clicks("Volgende")
    bram.fills("BSN van uw cliënt", anna.bsn)
    bram.fills_date(*BORN)
    bram.clicks("Volgende")
    bram.fills("BSN van de toeslagpartner", partner_bsn)
    bram.fills_date(*HASSAN_BORN)
    bram.clicks("Volgende")


def appointment_of(bram: Person, anna: Person, practice: Practice) -> str:
    """Let the day of it come, with both letters on the mat; gives the address of the appointment."""
    prepares_for_both(bram, anna)
    makes(bram)
    bram.clicks("Naar de afspraak")
    letters(practice, "code", number=2)
    the_day_comes(practice)
    return bram.page.url


def says_yes_online(client: Person) -> None:
    """Log in, look at what is asked, and say yes to it."""
    client.opens("/verzoeken")
    client.clicks("Bram Bakker")
    client.clicks("Ja")
    client.chooses("Nee", question="Mag uw helper ook uw rekeningnummer wijzigen?")
    client.clicks("Volgende")
    client.chooses("Nee", question="Staat u onder bewind of curatele?")
    client.clicks("Volgende")
    client.chooses("Ja", question="Hebt u een toeslagpartner?")
    client.clicks("Volgende")
    client.clicks("Ja, Bram Bakker mag dit voor mij doen")
    client.sees_heading("U hebt ja gezegd")


def sees_on_the_appointment(bram: Person, here: str) -> str:
    """Give what Bram reads on the page of the appointment, without the moment."""
    bram.opens(here)
    return re.sub(r"\d+:\d+", "", bram.page.locator("main").inner_text())


def sees_nothing_of(client: Person, other: Person, label: str) -> None:
    """Read nothing of the other one on any page that a client has."""
    for page in ("/mijn-machtigingen", "/verzoeken", "/mijn-brieven", "/mijn-afspraken"):
        client.opens(page)
        client.does_not_see(other.name.split()[-1], label)


def test_it_is_complete_when_both_said_yes(practice: Practice, anna: Person, bram: Person, hassan: Person) -> None:
    here = appointment_of(bram, anna, practice)
    before = sees_on_the_appointment(bram, here)
    assert NOT_COMPLETE in before
    anna.logs_in()
    says_yes_online(anna)
    assert sees_on_the_appointment(bram, here) == before
    hassan.logs_in()
    sees_nothing_of(hassan, anna, "mevrouw De Vries")
    says_yes_online(hassan)
    assert "Beiden zeiden ja." in sees_on_the_appointment(bram, here)
    sees_nothing_of(anna, hassan, "meneer Amrani")
    sees_nothing_of(hassan, anna, "mevrouw De Vries")
    for paper in (*letters(practice, "code", number=2), *letters(practice, "confirmation", number=2)):
        assert not ("Vries" in paper and "Amrani" in paper)


def test_it_stays_incomplete_when_the_partner_says_no(
    practice: Practice, anna: Person, bram: Person, hassan: Person
) -> None:
    here = appointment_of(bram, anna, practice)
    before = sees_on_the_appointment(bram, here)
    hassan.logs_in()
    hassan.opens("/verzoeken")
    hassan.clicks("Bram Bakker")
    hassan.clicks("Nee")
    hassan.clicks("Ik zeg nee")
    assert sees_on_the_appointment(bram, here) == before
    anna.logs_in()
    sees_nothing_of(anna, hassan, "meneer Amrani")
    says_yes_online(anna)
    assert sees_on_the_appointment(bram, here) == before
    bram.opens("/mijn-machtigingen")
    bram.sees("Anna de Vries", NOT_COMPLETE)
    anna.opens("/mijn-machtigingen")
    anna.clicks("Bram Bakker")
    anna.sees("Actief")
    bram.opens(here)
    bram.clicks("Wij beginnen")
    bram.clicks("De afspraak afsluiten")
    bram.chooses("Ja", question="Is de afspraak doorgegaan?")
    bram.clicks("De afspraak afsluiten")
    anna.opens("/mijn-machtigingen")
    anna.sees("Gestopt")


def test_it_takes_the_codes_of_both_one_after_the_other(
    practice: Practice, anna: Person, bram: Person, hassan: Person
) -> None:
    here = appointment_of(bram, anna, practice)
    papers = letters(practice, "code", number=2)
    codes = {"Vries" in paper: re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}", paper) for paper in papers}
    for person, of_anna in ((anna, True), (hassan, False)):
        code = codes[of_anna]
        assert code is not None
        types_code(bram, code=code.group(), bsn=person.bsn)
        bram.clicks(f"Ja, ik help {person.name}")
    assert "Beiden zeiden ja." in sees_on_the_appointment(bram, here)


def test_it_refuses_a_partner_who_is_the_helper_and_says_what_to_do(anna: Person, bram: Person) -> None:
    prepares_for_both(bram, anna, partner_bsn=bram.bsn)
    bram.sees_error("Dit is uw eigen BSN. Bent u zelf de toeslagpartner?")
    bram.sees("log in als uzelf", "kies Nee bij de toeslagpartner")
