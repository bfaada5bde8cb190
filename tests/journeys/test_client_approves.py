"""Anna answers online what Bram asked: yes, yes but shorter, no, and that she does not know him."""

from datetime import timedelta

import pytest

from namens.lib import clock
from namens.lib.periods import Duration
from tests.journeys.beforehand import bram_asked_anna
from tests.journeys.person import Person
from tests.journeys.stories import a_year_from_today, enters, written
from tests.journeys.test_helper_requests import asks_both
from tools.practice import Practice
from tools.practice_portals import Portal

pytestmark = pytest.mark.journey


@pytest.fixture
def asked(practice: Practice) -> Practice:
    """Bram asked Anna, and she is the one whom he stated."""
    bram_asked_anna(practice)
    return practice


@pytest.fixture
def toeslagen(practice: Practice) -> Portal:
    """The portal of the allowances."""
    return practice.portals[0]


def opens_request(anna: Person) -> None:
    """Log in, and look at what Bram asks."""
    anna.logs_in()
    anna.sees_heading("Wie u wil helpen")
    anna.clicks("Bram Bakker")
    anna.sees_heading("Bram Bakker wil u helpen")


def answers_the_rest(anna: Person, *, extra: str = "Nee") -> None:
    """Answer the questions that are left, up to the check page."""
    anna.chooses(extra, question="Mag uw helper ook uw rekeningnummer wijzigen?")
    anna.clicks("Volgende")
    anna.chooses("Nee", question="Staat u onder bewind of curatele?")
    anna.clicks("Volgende")
    anna.chooses("Ja", question="Hebt u een toeslagpartner?")
    anna.clicks("Volgende")
    anna.sees_heading("Controleer uw antwoorden")


@pytest.mark.usefixtures("asked")
def test_it_leads_from_the_login_to_a_yes_and_to_the_portal(anna: Person, bram: Person, toeslagen: Portal) -> None:
    opens_request(anna)
    anna.sees("Inkomstenbelasting", "Mijn toeslagen", "1 jaar", "Moet dat?", "Hoe stopt u?", "Wat uw helper ziet")
    anna.clicks("Ja")
    answers_the_rest(anna)
    anna.sees("Bram Bakker", f"tot en met {written(a_year_from_today())}", "Nee: het rekeningnummer wijzigen")
    anna.clicks("Ja, Bram Bakker mag dit voor mij doen")
    anna.sees_heading("U hebt ja gezegd")
    anna.sees(f"Bram Bakker mag dit nu voor u doen, tot en met {written(a_year_from_today())}.")
    enters(bram, toeslagen, for_whom="Anna de Vries")
    bram.sees("Toeslagen van Anna de Vries")


@pytest.mark.slow
@pytest.mark.usefixtures("asked")
def test_it_shows_the_helper_that_it_is_active(anna: Person, bram: Person) -> None:
    opens_request(anna)
    anna.clicks("Ja")
    answers_the_rest(anna)
    anna.clicks("Ja, Bram Bakker mag dit voor mij doen")
    bram.logs_in()
    bram.sees("Wat u gevraagd hebt", "mijn cliënt", "Actief", "Anna de Vries")


@pytest.mark.slow
@pytest.mark.usefixtures("asked")
def test_it_says_yes_but_shorter(anna: Person) -> None:
    opens_request(anna)
    anna.clicks("Ja, maar korter")
    anna.does_not_see("3 jaar", "Een laatste dag die ik zelf kies")
    anna.clicks("Volgende")
    anna.sees_error("Kies tot wanneer uw helper u mag helpen")
    anna.chooses("1 maand")
    anna.clicks("Volgende")
    answers_the_rest(anna, extra="Ja")
    anna.clicks("Ja, Bram Bakker mag dit voor mij doen")
    anna.sees(f"tot en met {written(Duration.ONE_MONTH.last_day(clock.today()))}.")


@pytest.mark.usefixtures("asked")
def test_it_says_no_and_the_helper_hears_nothing_of_it(anna: Person, bram: Person) -> None:
    bram.logs_in()
    before = bram.text()
    opens_request(anna)
    anna.clicks("Nee")
    anna.sees("Zegt u nee tegen Bram Bakker?", "Bram Bakker hoort hier niets van.")
    anna.clicks("Ik zeg nee")
    anna.sees_heading("U hebt nee gezegd")
    bram.opens("/mijn-machtigingen")
    assert bram.text() == before
    anna.clicks("Naar mijn machtigingen")
    anna.sees("Bram Bakker", "Niet doorgegaan")


@pytest.mark.slow
@pytest.mark.usefixtures("asked")
def test_it_says_that_she_does_not_know_him(anna: Person) -> None:
    opens_request(anna)
    anna.clicks("Ik ken deze persoon niet")
    anna.sees("Kent u Bram Bakker niet?")
    anna.clicks("Ik ken deze persoon niet")
    anna.sees_heading("Wij weten dat u deze persoon niet kent")
    anna.sees("De helpdesk kijkt ernaar.")
    address = anna.page.url
    anna.goes_back()
    anna.opens(address)
    anna.sees_heading("Wij weten dat u deze persoon niet kent")


@pytest.mark.slow
@pytest.mark.usefixtures("asked")
def test_it_can_wait(anna: Person) -> None:
    anna.logs_in()
    anna.clicks("Later")
    anna.sees("Iemand wil u helpen", "Vraag", "Bram Bakker vraagt of dit mag.")
    anna.opens("/")
    anna.clicks("Bekijk wie het vraagt, en waarvoor")
    anna.sees_heading("Wie u wil helpen")


@pytest.mark.usefixtures("asked")
def test_it_shows_dirk_nothing_of_it(anna: Person, dirk: Person) -> None:
    opens_request(anna)
    dirk.logs_in()
    dirk.does_not_see("Iemand wil u helpen")
    dirk.opens("/verzoeken")
    dirk.sees("Er wacht niemand op uw antwoord.")
    dirk.opens(anna.page.url)
    dirk.does_not_see("Bram")


@pytest.mark.slow
def test_it_leads_from_the_question_of_the_helper_to_the_yes(anna: Person, bram: Person) -> None:
    asks_both(bram)
    bram.clicks("Vraag deze machtiging")
    anna.logs_in()
    anna.opens_until_it_says(f"{anna.practice.pages_address}/verzoeken", "Bram Bakker")
    anna.clicks("Bekijk dit verzoek : Bram Bakker")
    anna.sees("U kunt antwoorden tot en met", written(clock.today() + timedelta(days=42)))
    anna.clicks("Ja")
    answers_the_rest(anna)
    anna.clicks("Ja, Bram Bakker mag dit voor mij doen")
    anna.sees_heading("U hebt ja gezegd")
    bram.opens("/mijn-machtigingen")
    bram.sees("mevrouw De Vries", "Actief", "meneer Amrani", "Kloppen de gegevens?")
