"""Bram asks for a mandate of Anna and of her allowance partner: from the first click to the sheet and the list."""

import pytest

from namens.lib import clock, workdays
from tests.journeys.absence import pass_time
from tests.journeys.conftest import Sit
from tests.journeys.person import Person
from tests.journeys.stories import BOTH, written

pytestmark = pytest.mark.journey

PARTNER_BSN = "999990135"


def letter_by() -> str:
    """The day on which a letter that is asked for today is there at the latest."""
    return written(workdays.after_working_days(clock.today(), number=5))


def begins(bram: Person) -> None:
    """Let Bram log in and begin to ask."""
    bram.logs_in()
    bram.clicks("Gemachtigd worden")
    bram.sees_heading("Gemachtigd worden")
    bram.clicks("Beginnen")


def states(bram: Person, who: str, *, label: str, bsn: str, born: tuple[str, str, str]) -> None:
    """Fill in who somebody is."""
    bram.fills("Hoe noemt u deze cliënt?" if who == "uw cliënt" else "Hoe noemt u de toeslagpartner?", label)
    bram.fills(f"BSN van {who}", bsn)
    bram.fills_date(*born)


def comes_to_the_client(bram: Person) -> None:
    """Begin, and answer with what and for how long."""
    begins(bram)
    answers_the_first(bram)


def answers_the_first(bram: Person) -> None:
    """Answer with what and for how long."""
    bram.ticks(BOTH)
    bram.clicks("Volgende")
    bram.chooses("1 jaar")
    bram.clicks("Volgende")
    bram.sees_heading("Wie is uw cliënt?")


def asks_both(bram: Person) -> None:
    """Begin, and ask of Anna and of her partner, up to the check page."""
    comes_to_the_client(bram)
    states_both(bram)


def states_both(bram: Person) -> None:
    """Say who Anna and her partner are, up to the check page."""
    states(bram, "uw cliënt", label="mevrouw De Vries", bsn="999990019", born=("27", "3", "1951"))
    bram.clicks("Volgende")
    bram.chooses("Ja", question="Heeft uw cliënt een toeslagpartner?")
    bram.clicks("Volgende")
    bram.sees_heading("Wie is de toeslagpartner?")
    states(bram, "de toeslagpartner", label="meneer Amrani", bsn=PARTNER_BSN, born=("2", "11", "1949"))
    bram.clicks("Volgende")
    bram.sees_heading("Controleer uw antwoorden")


def test_it_leads_from_the_first_click_to_the_sheet_and_the_list(bram: Person) -> None:
    bram.opens("/")
    bram.clicks("Gemachtigd worden")
    bram.comes_with_digid()
    bram.sees("Uw cliënt krijgt thuis een brief met een code, binnen 5 werkdagen.")
    bram.clicks("Beginnen")
    answers_the_first(bram)
    states_both(bram)
    bram.sees("mevrouw De Vries", "BSN dat eindigt op 019", "meneer Amrani", "BSN dat eindigt op 135", "1 jaar")
    bram.clicks("Vraag deze machtiging")
    bram.sees_heading("U hebt het gevraagd")
    bram.sees(f"Kloppen de gegevens? Dan komt de brief uiterlijk {letter_by()}.", "/verzoeken")
    bram.clicks("Blad voor mevrouw De Vries")
    bram.sees_heading("Bram Bakker wil u helpen")
    bram.sees(letter_by(), "Mijn toeslagen, Inkomstenbelasting", "Moet dat?")
    bram.prints()
    bram.clicks("Terug")
    bram.sees_heading("mevrouw De Vries")
    bram.clicks("Terug naar mijn machtigingen")
    bram.sees("Wat u gevraagd hebt", "mevrouw De Vries", "meneer Amrani", f"uiterlijk {letter_by()}.")
    assert not any("999990019" in trace or PARTNER_BSN in trace for trace in bram.traces())


@pytest.mark.slow
def test_it_takes_a_request_back(bram: Person) -> None:
    asks_both(bram)
    bram.clicks("Vraag deze machtiging")
    bram.clicks("Naar mijn machtigingen")
    bram.clicks("meneer Amrani")
    bram.clicks("Toch niet vragen")
    bram.sees("Wilt u dit verzoek terugnemen?")
    bram.clicks("Ja, neem het terug")
    bram.sees("Niet doorgegaan", "U hebt het teruggenomen op", written(clock.today()))
    bram.goes_back()
    bram.opens("/mijn-machtigingen")
    bram.sees("mevrouw De Vries", "Niet doorgegaan")


@pytest.mark.slow
def test_it_asks_once_when_the_button_is_pressed_twice(bram: Person) -> None:
    asks_both(bram)
    bram.presses_twice("Vraag deze machtiging")
    bram.sees_heading("U hebt het gevraagd")
    bram.clicks("Naar mijn machtigingen")
    assert bram.text().count("mevrouw De Vries") == 1


@pytest.mark.slow
def test_it_says_what_is_not_right_yet(bram: Person) -> None:
    comes_to_the_client(bram)
    bram.clicks("Volgende")
    bram.sees_error("Vul het BSN in")
    states(bram, "uw cliënt", label="ik", bsn=bram.bsn, born=("14", "6", "84"))
    bram.clicks("Volgende")
    bram.sees_error("Dit is uw eigen BSN.")
    bram.sees_error("Vul bij jaar 4 cijfers in")
    states(bram, "uw cliënt", label="👵 <b>oma</b>", bsn="123456789", born=("14", "6", "1951"))
    bram.clicks("Volgende")
    bram.sees_error("Er staat een typefout in het BSN.")
    states(bram, "uw cliënt", label="👵 <b>oma</b>", bsn="999990019", born=("0", "0", "1951"))
    bram.clicks("Volgende")
    bram.chooses("Nee", question="Heeft uw cliënt een toeslagpartner?")
    bram.clicks("Volgende")
    bram.sees("👵 <b>oma</b>", "BSN dat eindigt op 019")


@pytest.mark.slow
def test_it_sets_apart_what_a_client_has_to_log_in_for(bram: Person) -> None:
    begins(bram)
    bram.sees("Hiervoor moet uw cliënt zelf inloggen", "AOW en pensioen")
    bram.clicks("Volgende")
    bram.sees_error("Kies ten minste één dienst.")


@pytest.mark.slow
def test_it_refuses_one_bsn_for_both(bram: Person) -> None:
    comes_to_the_client(bram)
    states(bram, "uw cliënt", label="mevrouw De Vries", bsn="999990019", born=("27", "3", "1951"))
    bram.clicks("Volgende")
    bram.chooses("Ja", question="Heeft uw cliënt een toeslagpartner?")
    bram.clicks("Volgende")
    states(bram, "de toeslagpartner", label="meneer Amrani", bsn="999990019", born=("2", "11", "1949"))
    bram.clicks("Volgende")
    bram.sees_error("Dit is het BSN van uw cliënt.")
    bram.clicks("Terug")
    bram.clicks("Terug")
    bram.sees("U vulde een nummer in dat eindigt op 019.")


@pytest.mark.slow
def test_it_goes_on_after_a_new_login_without_bsn(bram: Person) -> None:
    comes_to_the_client(bram)
    states(bram, "uw cliënt", label="mevrouw De Vries", bsn="999990019", born=("27", "3", "1951"))
    pass_time(bram.practice, context=bram.page.context)
    bram.clicks("Volgende")
    bram.sees_heading("U bent niet meer ingelogd")
    bram.clicks("Opnieuw inloggen")
    bram.chooses_oneself_at_digid()
    bram.sees_heading("Wie is uw cliënt?")
    assert bram.page.get_by_label("Hoe noemt u deze cliënt?").input_value() == "mevrouw De Vries"
    assert not bram.page.get_by_label("BSN van uw cliënt").input_value()


@pytest.mark.slow
def test_it_works_without_scripts(sit: Sit) -> None:
    bram = sit("Bram Bakker", bsn="999990032", scripts=False)
    asks_both(bram)
    bram.clicks("Vraag deze machtiging")
    bram.sees_heading("U hebt het gevraagd")
