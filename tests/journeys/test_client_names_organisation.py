"""Anna names Stichting Samen Sterk; Fatima uses the code there; Anna reads who did it, and leaves her out."""

import pytest

from tests.journeys.beforehand_at_work import samen_sterk_takes_part
from tests.journeys.conftest import Sit
from tests.journeys.person import Person
from tests.journeys.stories import answers_the_questions, opens_mandate, shown_code, types_code
from tools.practice import Practice

pytestmark = [pytest.mark.journey, pytest.mark.slow]

SAMEN_STERK = "Stichting Samen Sterk"
FATIMA = f"Fatima A., vrijwilliger bij {SAMEN_STERK} (naam volgens de organisatie)"


@pytest.fixture
def fatima(sit: Sit, practice: Practice) -> Person:
    """Fatima Amrani, volunteer of Samen Sterk, which takes part."""
    samen_sterk_takes_part(practice)
    return sit("Fatima Amrani", bsn="999990159")


def names(client: Person, text: str) -> None:
    """Look for an organisation, and say that Samen Sterk is the one."""
    client.opens("/machtigen")
    client.clicks("Organisatie zoeken")
    client.sees_heading("Welke organisatie?")
    client.fills("Naam of KvK-nummer van de organisatie", text)
    client.clicks("Organisatie zoeken")
    client.sees(SAMEN_STERK, "KvK-nummer 00110019")
    client.clicks(f"Deze organisatie kiezen : {SAMEN_STERK}")
    client.sees_heading("Is dit de organisatie?")
    client.clicks("Ja, dit is de organisatie")


def test_it_leads_from_the_name_to_a_helper_by_name_and_back(anna: Person, fatima: Person) -> None:
    anna.logs_in()
    names(anna, "samen")
    answers_the_questions(anna)
    anna.sees("Na uw ja krijgt u een code")
    anna.clicks(f"Ja, {SAMEN_STERK} mag dit voor mij doen")
    code = shown_code(anna)

    fatima.logs_in_at_work(SAMEN_STERK)
    types_code(fatima, code=code, bsn=anna.bsn)
    fatima.sees_heading("U gaat een cliënt helpen")
    fatima.sees(f"U doet dit voor {SAMEN_STERK}.", "BSN dat eindigt op 019")
    fatima.does_not_see("Vries")
    fatima.clicks("Ja, wij helpen deze cliënt")
    fatima.sees_heading("De machtiging is actief")
    fatima.sees("Anna de Vries", "Log in met uw eigen eHerkenning")

    opens_mandate(anna, of=SAMEN_STERK)
    anna.sees(f"{FATIMA} heeft de machtiging geactiveerd.")
    anna.clicks("Deze persoon mag mij niet meer helpen : Fatima A.")
    anna.clicks("Ja, Fatima A. mag mij niet meer helpen")
    anna.sees("Deze persoon mag u niet meer helpen. Dat hebt u besloten.")
    anna.clicks("Weer toestaan : Fatima A.")
    anna.clicks("Ja, Fatima A. mag mij weer helpen")
    anna.sees(f"U hebt besloten dat {FATIMA} u weer mag helpen.")

    names(anna, "00110019")
    answers_the_questions(anna)
    anna.sees("U hebt geen code nodig", f"{SAMEN_STERK} helpt u al met")
    anna.clicks(f"Ja, {SAMEN_STERK} mag dit voor mij doen")
    anna.sees_heading(f"{SAMEN_STERK} mag u helpen")
    anna.prints()


def test_it_finds_nobody_who_is_not_there(anna: Person, fatima: Person) -> None:
    anna.logs_in()
    anna.opens("/machtigen/organisatie")
    anna.clicks("Organisatie zoeken")
    anna.sees_error("Vul de naam of het KvK-nummer in")
    anna.fills("Naam of KvK-nummer van de organisatie", "Buurthuis De Linde")
    anna.clicks("Organisatie zoeken")
    anna.sees("Geen organisatie in Namens heeft deze naam of dit nummer.")
    fatima.opens("/")
    fatima.does_not_see("Buurthuis")


def test_it_asks_in_the_name_of_the_organisation(anna: Person, fatima: Person) -> None:
    fatima.logs_in_at_work(SAMEN_STERK)
    fatima.opens("/gemachtigd-worden")
    fatima.sees(f"U doet dit voor {SAMEN_STERK}.")
    fatima.clicks("Beginnen")
    fatima.ticks("Mijn toeslagen")
    fatima.clicks("Volgende")
    fatima.chooses("1 jaar")
    fatima.clicks("Volgende")
    fatima.fills("Hoe noemt u deze cliënt?", "mevrouw op dinsdag")
    fatima.fills("BSN van uw cliënt", anna.bsn)
    fatima.fills_date("27", "3", "1951")
    fatima.clicks("Volgende")
    fatima.chooses("Nee")
    fatima.clicks("Volgende")
    fatima.clicks("Vraag deze machtiging")
    fatima.sees(f"U doet dit voor {SAMEN_STERK}.")
    anna.logs_in()
    anna.opens_until_it_says(f"{anna.practice.pages_address}/verzoeken", SAMEN_STERK)
    anna.sees(f"Gevraagd door {FATIMA}")
    anna.clicks(SAMEN_STERK)
    anna.sees_heading(f"{SAMEN_STERK} wil u helpen")
    anna.sees(f"Dit is gevraagd door {FATIMA}.")
