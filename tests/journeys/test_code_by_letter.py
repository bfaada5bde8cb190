"""Bram asks, a letter comes to Anna's house, she gives him the code, and he uses it: without a login of hers."""

import pytest

from namens.lib import clock, workdays
from tests.journeys.paper import code_in, letter
from tests.journeys.person import Person
from tests.journeys.stories import BOTH, a_year_from_today, enters, opens_mandate, types_code, written
from tools.practice import Practice

pytestmark = pytest.mark.journey
BORN = ("27", "3", "1951")


def asks(helper: Person, client: Person, *, born: tuple[str, str, str] = BORN) -> None:
    """Let a helper, who logs in, ask for a mandate for a year, without a partner."""
    helper.logs_in()
    helper.clicks("Gemachtigd worden")
    helper.clicks("Beginnen")
    helper.ticks(BOTH)
    helper.clicks("Volgende")
    helper.chooses("1 jaar")
    helper.clicks("Volgende")
    helper.fills("Hoe noemt u deze cliënt?", "mevrouw De Vries")
    helper.fills("BSN van uw cliënt", client.bsn)
    helper.fills_date(*born)
    helper.clicks("Volgende")
    helper.chooses("Nee", question="Heeft uw cliënt een toeslagpartner?")
    helper.clicks("Volgende")
    helper.clicks("Vraag deze machtiging")
    helper.sees_heading("U hebt het gevraagd")


def test_it_leads_from_the_question_to_the_portal(practice: Practice, anna: Person, bram: Person) -> None:
    asks(bram, anna)
    paper = letter(practice, "code")
    assert "Bram Bakker" in paper
    assert "Inkomstenbelasting" in paper
    assert "Persoonlijk" in paper
    assert anna.bsn not in paper
    types_code(bram, code=code_in(paper), bsn=anna.bsn)
    bram.sees_heading("U gaat Anna de Vries helpen")
    bram.sees("Inkomstenbelasting", "Mijn toeslagen", "het rekeningnummer wijzigen")
    bram.clicks("Ja, ik help Anna de Vries")
    bram.sees_heading("De machtiging is actief")
    enters(bram, practice.portals[0], for_whom="Anna de Vries")
    bram.sees("Toeslagen van Anna de Vries")
    confirmed = letter(practice, "confirmation")
    assert "Uw helper Bram Bakker gaf uw burgerservicenummer op" in confirmed
    assert written(a_year_from_today()) in confirmed


@pytest.mark.slow
def test_it_says_the_same_to_a_helper_who_states_somebody_wrongly(
    practice: Practice, anna: Person, bram: Person
) -> None:
    asks(bram, anna, born=("28", "3", "1951"))
    day = written(workdays.after_working_days(clock.today(), number=5))
    bram.sees(f"Kloppen de gegevens? Dan komt de brief uiterlijk {day}.")
    bram.opens("/mijn-machtigingen")
    bram.sees("mevrouw De Vries", f"Kloppen de gegevens? Dan komt de brief uiterlijk {day}.")
    assert not list(practice.letters.glob("ready/*"))


def test_it_refuses_the_code_from_the_letter_to_dirk(
    practice: Practice, anna: Person, bram: Person, dirk: Person
) -> None:
    asks(bram, anna)
    code = code_in(letter(practice, "code"))
    dirk.logs_in()
    types_code(dirk, code=code, bsn=anna.bsn)
    dirk.sees("Deze code werkt niet")


@pytest.mark.slow
def test_it_makes_the_code_worthless_when_the_client_says_no_online(
    practice: Practice, anna: Person, bram: Person
) -> None:
    asks(bram, anna)
    code = code_in(letter(practice, "code"))
    anna.logs_in()
    anna.sees("Bram Bakker")
    anna.clicks("Bekijk dit verzoek : Bram Bakker")
    anna.clicks("Nee")
    anna.clicks("Ik zeg nee")
    types_code(bram, code=code, bsn=anna.bsn)
    bram.sees("Deze code werkt niet")
    bram.opens("/mijn-machtigingen")
    bram.sees("mevrouw De Vries", "Kloppen de gegevens?")


@pytest.mark.slow
def test_it_shows_the_client_the_letters(practice: Practice, anna: Person, bram: Person) -> None:
    asks(bram, anna)
    letter(practice, "code")
    anna.logs_in()
    anna.opens("/mijn-brieven")
    anna.sees("code")
    anna.does_not_see(code_in(letter(practice, "code")))
    anna.opens("/mijn-machtigingen")
    anna.sees("Bram Bakker")


@pytest.mark.slow
def test_it_can_be_stopped_by_who_never_said_yes_online(practice: Practice, anna: Person, bram: Person) -> None:
    asks(bram, anna)
    types_code(bram, code=code_in(letter(practice, "code")), bsn=anna.bsn)
    bram.clicks("Ja, ik help Anna de Vries")
    anna.logs_in()
    opens_mandate(anna, of="Bram Bakker")
    anna.clicks("Stoppen")
    anna.chooses("Alles")
    anna.clicks("Ja, stop nu")
    anna.sees_heading("Het is gestopt")
    assert "Bram Bakker" in letter(practice, "ending")
