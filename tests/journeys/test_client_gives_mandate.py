"""Anna gives Bram a mandate: from the first click to the sheet of paper with the code."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from namens.lib import clock
from tests.journeys.absence import pass_time
from tests.journeys.conftest import Sit
from tests.journeys.person import Person
from tests.journeys.stories import (
    BOTH,
    CODE,
    a_year_from_today,
    answers_the_questions,
    gives,
    helper_number_of,
    shown_code,
    written,
)

pytestmark = pytest.mark.journey


@pytest.fixture
def number(bram: Person) -> str:
    """Bram's helper number, which he gave to Anna."""
    bram.logs_in()
    return helper_number_of(bram)


def begins(anna: Person, number: str) -> None:
    """Let Anna log in and name her helper."""
    anna.logs_in()
    anna.clicks("Iemand machtigen")
    anna.fills("Helpernummer", number)
    anna.clicks("Volgende")
    anna.clicks("Ja, dit is mijn helper")


def test_it_leads_from_the_first_click_to_a_code(anna: Person, number: str) -> None:
    anna.opens("/")
    anna.clicks("Iemand machtigen")
    anna.chooses_oneself_at_digid()
    anna.sees_heading("Wie gaat u helpen?")
    anna.fills("Helpernummer", number)
    anna.clicks("Volgende")
    anna.sees_heading("Is dit uw helper?")
    anna.sees("Bram Bakker helpt u als privépersoon, niet voor een organisatie.")
    anna.clicks("Ja, dit is mijn helper")
    answers_the_questions(anna)
    anna.sees_heading("Controleer uw antwoorden")
    anna.sees("Bram Bakker", "Inkomstenbelasting", "Mijn toeslagen", "Nee: het rekeningnummer wijzigen", "Moet dat?")
    anna.sees(
        written(clock.today()), f"tot en met {written(a_year_from_today())}", "Uw toeslagpartner machtigt zelf ook"
    )
    anna.clicks("Ja, Bram Bakker mag dit voor mij doen")
    anna.sees_heading("Uw code")
    anna.sees(f"De code werkt tot en met {written(clock.today() + timedelta(days=14))}")
    assert not CODE.search(anna.text())
    code = shown_code(anna)
    anna.clicks("Maak een blad om te printen")
    anna.sees_heading("De code voor uw helper")
    anna.sees(code, "Alleen Bram Bakker kan deze code gebruiken", "Hoe stopt u?", "Helpdesk")
    anna.prints()


@pytest.mark.slow
def test_it_shows_the_helper_nothing_before_the_code_is_used(anna: Person, bram: Person) -> None:
    gives(anna, to=bram)
    bram.opens("/mijn-machtigingen")
    bram.sees("U helpt niemand op dit moment.")
    bram.does_not_see("Anna")
    anna.clicks("Naar Mijn machtigingen")
    anna.sees("Bram Bakker", "Wacht op de code")
    anna.clicks("Bram Bakker")
    anna.sees("U hebt deze machtiging gegeven.", "U hebt de code bekeken.")


@pytest.mark.slow
def test_it_gives_an_open_code(anna: Person) -> None:
    anna.logs_in()
    anna.clicks("Iemand machtigen")
    anna.clicks("Ik weet het helpernummer niet")
    anna.sees("De code werkt alleen vandaag.", "Uw helper kan u hoogstens 3 maanden helpen.")
    anna.clicks("Verder met een open code")
    answers_the_questions(anna, until="1 maand")
    anna.sees("Wie de code heeft")
    anna.clicks("Ja, wie de code heeft mag dit voor mij doen")
    anna.sees(f"De code werkt alleen vandaag, {written(clock.today())}.")
    shown_code(anna)
    anna.clicks("Maak een blad om te printen")
    anna.sees(f"De code werkt alleen vandaag, {written(clock.today())}.")


@pytest.mark.slow
def test_it_says_what_to_do_about_every_missing_answer(anna: Person, number: str) -> None:
    begins(anna, number)
    anna.clicks("Volgende")
    anna.sees_error("Kies ten minste één dienst.")
    anna.ticks(BOTH)
    anna.clicks("Volgende")
    anna.clicks("Volgende")
    anna.sees_error("Kies ja of nee")
    anna.chooses("Nee")
    anna.clicks("Volgende")
    anna.clicks("Volgende")
    anna.sees_error("Kies een van de antwoorden")
    anna.chooses("Vanaf vandaag")
    anna.clicks("Volgende")
    anna.clicks("Volgende")
    anna.sees_error("Kies tot wanneer uw helper u mag helpen")
    anna.chooses("1 jaar")
    anna.clicks("Volgende")
    anna.clicks("Volgende")
    anna.sees_error("Kies ja of nee")
    anna.chooses("Ja")
    anna.clicks("Volgende")
    anna.sees_heading("U kunt niet zelf iemand machtigen")
    anna.clicks("Mijn antwoord wijzigen")
    anna.chooses("Nee")
    anna.clicks("Volgende")
    anna.clicks("Volgende")
    anna.sees_error("Kies ja of nee")


@pytest.mark.slow
def test_it_says_what_is_wrong_with_a_day(anna: Person, number: str) -> None:
    begins(anna, number)
    anna.ticks("Mijn toeslagen")
    anna.clicks("Volgende")
    anna.chooses("Nee")
    anna.clicks("Volgende")
    yesterday, too_far = clock.today() - timedelta(days=1), clock.today() + timedelta(days=91)
    anna.chooses("Vanaf een latere dag")
    anna.clicks("Volgende")
    anna.sees_error("Vul de eerste dag in: dag, maand en jaar")
    anna.fills_date("31", "2", "2027")
    anna.clicks("Volgende")
    anna.sees_error("Deze datum bestaat niet.")
    anna.fills_day(yesterday)
    anna.clicks("Volgende")
    anna.sees_error("Deze dag is voorbij. Kies vandaag of een latere dag.")
    anna.fills_day(too_far)
    anna.clicks("Volgende")
    anna.sees_error("Kies een eerste dag die minder ver weg is.")
    anna.fills_day(clock.today() + timedelta(days=90))
    anna.clicks("Volgende")
    anna.chooses("Een laatste dag die ik zelf kies")
    anna.fills_day(clock.today())
    anna.clicks("Volgende")
    anna.sees_error("De laatste dag ligt voor de eerste dag.")
    anna.fills_date("1", "1", "2099")
    anna.clicks("Volgende")
    anna.sees_error("Langer mag hier niet.")


def test_it_gives_once_when_the_button_is_pressed_twice(anna: Person, number: str) -> None:
    begins(anna, number)
    answers_the_questions(anna)
    anna.presses_twice("Ja, Bram Bakker mag dit voor mij doen")
    anna.sees_heading("Uw code")
    anna.goes_back()
    anna.sees_heading("Uw code")
    anna.clicks("Naar Mijn machtigingen")
    expect(anna.page.get_by_role("heading", name="Bram Bakker")).to_have_count(1)


@pytest.mark.slow
def test_it_keeps_two_tabs_apart(anna: Person, number: str) -> None:
    begins(anna, number)
    other = anna.opens_a_tab()
    other.opens("/machtigen")
    other.fills("Helpernummer", number)
    other.clicks("Volgende")
    other.clicks("Ja, dit is mijn helper")
    answers_the_questions(anna, services=("Mijn toeslagen",))
    answers_the_questions(other, services=("Inkomstenbelasting Belasting",))
    other.clicks("Ja, Bram Bakker mag dit voor mij doen")
    anna.clicks("Ja, Bram Bakker mag dit voor mij doen")
    assert shown_code(anna) != shown_code(other)


@pytest.mark.slow
def test_it_can_be_changed_with_the_back_button(anna: Person, number: str) -> None:
    begins(anna, number)
    answers_the_questions(anna)
    anna.goes_back()
    anna.sees_heading("Uw toeslagpartner")
    anna.chooses("Nee")
    anna.clicks("Volgende")
    anna.sees_heading("Controleer uw antwoorden")
    anna.does_not_see("Uw toeslagpartner machtigt zelf ook")


@pytest.mark.slow
def test_it_keeps_what_was_typed_when_the_session_ends_half_way(anna: Person, number: str) -> None:
    begins(anna, number)
    pass_time(anna.practice, context=anna.page.context)
    anna.ticks("Parkeervergunning")
    anna.clicks("Volgende")
    anna.sees_heading("U bent niet meer ingelogd")
    anna.clicks("Opnieuw inloggen")
    anna.chooses_oneself_at_digid()
    anna.sees_heading("Waarmee mag uw helper u helpen?")
    expect(anna.page.get_by_role("checkbox", name="Parkeervergunning")).to_be_checked()


def test_it_shows_nobody_else_what_was_typed(anna: Person, dirk: Person, number: str) -> None:
    begins(anna, number)
    pass_time(anna.practice, context=anna.page.context)
    anna.ticks("Parkeervergunning")
    anna.clicks("Volgende")
    dirk.sits_down_at(anna)
    dirk.clicks("Opnieuw inloggen")
    dirk.chooses_oneself_at_digid()
    dirk.sees_heading("Deze pagina bestaat niet")
    dirk.does_not_see("Anna", "Bram", "Parkeervergunning")


@pytest.mark.slow
def test_it_warns_before_the_session_ends(anna: Person) -> None:
    anna.page.clock.install()
    anna.logs_in()
    anna.page.clock.fast_forward("13:30")
    dialog = anna.page.get_by_role("dialog", name="Bent u er nog?")
    expect(dialog).to_be_visible()
    anna.looks()
    dialog.get_by_role("button", name="Verder gaan").click()
    expect(dialog).to_be_hidden()
    anna.page.clock.fast_forward("12:00")
    expect(dialog).to_be_hidden()


def test_it_works_with_the_keyboard_alone(anna: Person, number: str) -> None:
    anna.logs_in()
    anna.opens("/machtigen")
    anna.presses("Tab")
    anna.has_focus_on("Naar de inhoud")
    anna.presses("Enter", "Tab")
    anna.page.keyboard.type(number)
    with anna.page.expect_navigation():
        anna.presses("Enter")
    anna.sees_heading("Is dit uw helper?")


def test_it_works_without_javascript(sit: Sit, number: str) -> None:
    anna = sit("Anna de Vries", bsn="999990019", scripts=False)
    begins(anna, number)
    answers_the_questions(anna)
    anna.clicks("Ja, Bram Bakker mag dit voor mij doen")
    shown_code(anna)


@pytest.mark.slow
def test_it_leaves_nothing_behind_after_logging_out(anna: Person, bram: Person) -> None:
    code = gives(anna, to=bram)
    anna.logs_out()
    anna.sees_heading("U bent uitgelogd")
    assert anna.last_answer("POST").header_value("clear-site-data") == '"cache", "storage"'
    anna.goes_back()
    anna.does_not_see("Anna", "Bram", code)
    anna.opens("/mijn-machtigingen")
    anna.sees_heading("Inloggen bij Namens")


def test_it_puts_no_name_and_no_number_in_addresses_and_titles(anna: Person, bram: Person) -> None:
    code = gives(anna, to=bram)
    for trace in anna.traces():
        assert "Anna" not in trace
        assert "Bram" not in trace
        assert anna.bsn not in trace
        assert code not in trace
