"""Anna has a helper already. She takes another one too, or gives the same one a new mandate: what stops, what stays?"""

import pytest

from namens.lib import clock
from tests.journeys.beforehand import anna_had_bram
from tests.journeys.conftest import Sit
from tests.journeys.person import Person
from tests.journeys.stories import (
    activates,
    answers_the_questions,
    helper_number_of,
    opens_mandate,
    shown_code,
    types_code,
    written,
)
from tools.practice import Practice

pytestmark = pytest.mark.journey

STOPS, STAYS = "Ja, meteen stoppen", "Nee, allebei mogen mij helpen"
WITH_TAXES = "Moet Bram Bakker stoppen met Inkomstenbelasting?"
WITH_ALLOWANCES = "Moet Bram Bakker stoppen met Mijn toeslagen?"
YES_FATIMA = "Ja, Fatima Amrani mag dit voor mij doen"
YES_BRAM = "Ja, Bram Bakker mag dit voor mij doen"


@pytest.fixture(autouse=True)
def before(practice: Practice) -> None:
    """Bram helps Anna already, with taxes and allowances."""
    anna_had_bram(practice)


@pytest.fixture
def fatima(sit: Sit) -> Person:
    """Fatima Amrani, the other helper."""
    return sit("Fatima Amrani", bsn="999990159")


@pytest.fixture
def asked(anna: Person, fatima: Person) -> Person:
    """Anna, on her way to give Fatima the same as Bram has: the question whether Bram must stop."""
    names_helper(anna, fatima)
    answers_the_questions(anna)
    anna.sees_heading("Iemand helpt u hier al mee")
    return anna


def names_helper(client: Person, helper: Person) -> None:
    """Let somebody name a helper; both log in first."""
    helper.logs_in()
    number = helper_number_of(helper)
    client.logs_in()
    client.opens("/machtigen")
    client.fills("Helpernummer", number)
    client.clicks("Volgende")
    client.clicks("Ja, dit is mijn helper")


@pytest.mark.slow
def test_it_asks_for_every_service_whether_the_other_helper_must_stop(asked: Person) -> None:
    asked.sees("U bepaalt of deze helper moet stoppen.", WITH_TAXES, WITH_ALLOWANCES)
    asked.clicks("Volgende")
    asked.sees_error("Kies ja of nee")
    asked.chooses(STOPS, question=WITH_ALLOWANCES)
    asked.clicks("Volgende")
    asked.sees_error("Kies ja of nee")
    asked.chooses(STAYS, question=WITH_TAXES)
    asked.clicks("Volgende")
    asked.sees_heading("Controleer uw antwoorden")


def test_it_stops_what_the_client_wants_stopped_and_nothing_else(asked: Person, bram: Person) -> None:
    today = written(clock.today())
    asked.chooses(STOPS, question=WITH_ALLOWANCES)
    asked.chooses(STAYS, question=WITH_TAXES)
    asked.clicks("Volgende")
    asked.sees("Deze helpers stoppen meteen", "Bram Bakker: Mijn toeslagen")
    asked.does_not_see("Bram Bakker: Inkomstenbelasting")
    bram.logs_in()
    bram.sees("Mijn toeslagen", "Inkomstenbelasting")
    asked.clicks(YES_FATIMA)
    asked.sees_heading("Uw code")
    opens_mandate(asked, of="Bram Bakker")
    asked.sees(f"Mijn toeslagen: gestopt op {today}", "Inkomstenbelasting: tot en met")
    bram.opens("/mijn-machtigingen")
    bram.sees("Inkomstenbelasting")
    bram.does_not_see("Mijn toeslagen", "Fatima")


@pytest.mark.slow
def test_it_stops_nobody_when_both_may_help(asked: Person, fatima: Person) -> None:
    for question in (WITH_ALLOWANCES, WITH_TAXES):
        asked.chooses(STAYS, question=question)
    asked.clicks("Volgende")
    asked.sees_heading("Controleer uw antwoorden")
    asked.does_not_see("Deze helpers stoppen meteen", "Dit komt in de plaats van")
    asked.clicks(YES_FATIMA)
    activates(fatima, code=shown_code(asked), client=asked)
    asked.opens("/mijn-machtigingen")
    asked.sees("Bram Bakker", "Fatima Amrani")
    asked.does_not_see("Eerdere machtigingen", "Gestopt")
    fatima.opens("/mijn-machtigingen")
    fatima.does_not_see("Bram")


@pytest.mark.slow
def test_it_shows_what_a_second_mandate_of_the_same_helper_replaces(anna: Person, bram: Person) -> None:
    names_helper(anna, bram)
    answers_the_questions(anna, services=("Mijn toeslagen",), until="6 maanden")
    anna.sees_heading("Controleer uw antwoorden")
    anna.sees("Dit komt in de plaats van een eerdere machtiging", "Bram Bakker helpt u al met: Mijn toeslagen.")
    anna.does_not_see("Bram Bakker helpt u al met: Inkomstenbelasting")
    anna.clicks(YES_BRAM)
    code = shown_code(anna)
    types_code(bram, code=code, bsn=anna.bsn)
    bram.sees("Dit komt in de plaats van", "Mijn toeslagen")
    bram.clicks("Ja, ik help Anna de Vries")
    bram.sees_heading("De machtiging is actief")
    anna.opens("/mijn-machtigingen")
    anna.sees("Actief")


@pytest.mark.slow
def test_it_replaces_the_whole_when_everything_is_given_anew(anna: Person, bram: Person) -> None:
    names_helper(anna, bram)
    answers_the_questions(anna, until="6 maanden")
    anna.sees("Bram Bakker helpt u al met: Mijn toeslagen, Inkomstenbelasting.")
    anna.clicks(YES_BRAM)
    code = shown_code(anna)
    anna.opens("/mijn-machtigingen")
    anna.sees("Actief", "Wacht op de code")
    activates(bram, code=code, client=anna)
    anna.opens("/mijn-machtigingen")
    anna.sees("Eerdere machtigingen", f"Vervangen door een nieuwere machtiging op {written(clock.today())}.")
