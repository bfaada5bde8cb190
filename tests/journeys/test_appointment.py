"""Bram prepares a talk with Anna: the letter, the sheet, the day itself, the closing; and what can go otherwise."""

from datetime import date, timedelta

import pytest

from namens.lib import clock
from tests.journeys.paper import code_in, letter
from tests.journeys.person import Person
from tests.journeys.stories import BOTH, enters, types_code, written
from tests.journeys.the_day import the_day_comes
from tools.practice import Practice

pytestmark = pytest.mark.journey
BORN = ("27", "3", "1951")
LETTER, PHONE = "Met een code uit een brief", "Op de eigen telefoon, aan tafel"


def in_days(days: int) -> date:
    """The day so many days from now."""
    return clock.today() + timedelta(days=days)


def plans(bram: Person, *, day: date, way: str = LETTER, length: str = "Alleen tijdens de afspraak") -> None:
    """Let Bram, logged in, answer everything but who Anna is, for an appointment with her alone."""
    bram.opens("/afspraken")
    bram.clicks("Een afspraak maken")
    bram.clicks("Beginnen")
    bram.fills("Hoe noemt u deze cliënt?", "mevrouw De Vries")
    bram.clicks("Volgende")
    fills_moment(bram, day)
    bram.clicks("Volgende")
    bram.ticks(BOTH)
    bram.clicks("Volgende")
    bram.chooses("Nee", question="Komt er ook een toeslagpartner?")
    bram.clicks("Volgende")
    bram.chooses(way)
    bram.clicks("Volgende")
    if way in {LETTER, PHONE}:
        bram.chooses(length)
        bram.clicks("Volgende")


def fills_moment(bram: Person, day: date, *, at: str = "10:00") -> None:
    """Say when and where."""
    bram.fills_day(day)
    bram.fills("Hoe laat begint het?", at)
    bram.chooses("1 uur", question="Hoe lang duurt het?")
    bram.page.get_by_label("Waar is het?").fill("Buurthuis De Brink")


def states_anna(bram: Person, anna: Person) -> None:
    """Say who Anna is, for the letter."""
    bram.fills("BSN van uw cliënt", anna.bsn)
    bram.fills_date(*BORN)
    bram.clicks("Volgende")


def makes(bram: Person) -> None:
    """Make it from the check page, and go to its own page."""
    bram.sees_heading("Controleer uw antwoorden")
    bram.clicks("Deze afspraak maken")
    bram.sees_heading("De afspraak is gemaakt")


def prepares_by_letter(bram: Person, anna: Person, *, day: date) -> None:
    """Let Bram log in and prepare a talk with Anna, who gets a letter."""
    bram.logs_in()
    plans(bram, day=day)
    states_anna(bram, anna)
    makes(bram)


def closes(bram: Person, answer: str = "Ja") -> None:
    """Close the appointment that is open on the screen."""
    bram.clicks("De afspraak afsluiten")
    bram.chooses(answer, question="Is de afspraak doorgegaan?")
    bram.clicks("De afspraak afsluiten")


def test_it_leads_from_the_plan_to_the_closing(practice: Practice, anna: Person, bram: Person) -> None:
    day = in_days(14)
    prepares_by_letter(bram, anna, day=day)
    bram.sees("Kloppen de gegevens?", f"De code werkt alleen op {written(day)}.", "Nog niet klaar")
    bram.clicks("Blad voor mevrouw De Vries")
    bram.sees("Neem dit mee", "De brief met de code.", written(day), "Moet dat?")
    bram.prints()
    bram.clicks("Terug")
    here = bram.page.url
    paper = letter(practice, "code")
    assert f"Deze code werkt alleen op {written(day)}." in paper
    the_day_comes(practice)
    types_code(bram, code=code_in(paper), bsn=anna.bsn)
    bram.clicks("Ja, ik help Anna de Vries")
    bram.opens(here)
    bram.sees("Er is ja gezegd. U kunt nu helpen.")
    bram.clicks("Wij beginnen")
    closes(bram)
    bram.sees("Afgesloten")
    assert "Bram Bakker" in letter(practice, "ending")


@pytest.mark.slow
def test_it_opens_the_portal_during_the_appointment_only(practice: Practice, anna: Person, bram: Person) -> None:
    prepares_by_letter(bram, anna, day=in_days(14))
    bram.clicks("Naar de afspraak")
    here, code = bram.page.url, code_in(letter(practice, "code"))
    types_code(bram, code=code, bsn=anna.bsn)
    bram.sees("Deze code werkt niet", "De code is voor een afspraak, en werkt alleen op die dag.")
    the_day_comes(practice)
    types_code(bram, code=code, bsn=anna.bsn)
    bram.clicks("Ja, ik help Anna de Vries")
    enters(bram, practice.portals[0], for_whom="Anna de Vries")
    bram.sees("Toeslagen van Anna de Vries")
    bram.opens(here)
    bram.clicks("Wij beginnen")
    closes(bram)
    bram.opens_until_it_says(f"{practice.portals[0].address}/overzicht", "Inloggen")
    types_code(bram, code=code, bsn=anna.bsn)
    bram.sees("Deze code werkt niet")


@pytest.mark.slow
def test_it_is_asked_again_when_it_moves(practice: Practice, anna: Person, bram: Person) -> None:
    prepares_by_letter(bram, anna, day=in_days(14))
    old = code_in(letter(practice, "code"))
    bram.clicks("Naar de afspraak")
    bram.clicks("Verzetten")
    fills_moment(bram, in_days(3), at="23:30")
    bram.clicks("Verzetten")
    bram.sees_error("Een afspraak eindigt op de dag zelf.")
    fills_moment(bram, in_days(3))
    bram.clicks("Verzetten")
    bram.sees("Zet een vinkje als u het ermee eens bent")
    bram.ticks("Een andere dag?")
    bram.clicks("Verzetten")
    bram.sees(written(in_days(3)), "Neemt de eigen telefoon mee en zegt aan tafel ja.")
    the_day_comes(practice)
    types_code(bram, code=old, bsn=anna.bsn)
    bram.sees("Deze code werkt niet")


@pytest.mark.slow
def test_it_is_cancelled(practice: Practice, anna: Person, bram: Person) -> None:
    prepares_by_letter(bram, anna, day=in_days(14))
    code = code_in(letter(practice, "code"))
    bram.clicks("Naar de afspraak")
    bram.clicks("Afzeggen")
    bram.sees("Een code uit een brief werkt niet meer.", "Bel zelf uw cliënt.")
    bram.clicks("Ja, afzeggen")
    bram.sees("Afgezegd", "Haal de afspraak uit uw agenda")
    the_day_comes(practice)
    types_code(bram, code=code, bsn=anna.bsn)
    bram.sees("Deze code werkt niet")


@pytest.mark.slow
def test_it_says_that_it_was_forgotten(practice: Practice, bram: Person) -> None:
    bram.logs_in()
    plans(bram, day=in_days(2), way=PHONE)
    makes(bram)
    the_day_comes(practice, days_later=2)
    bram.opens("/afspraken")
    bram.sees("Voorbij", "Niet afgesloten", "U hebt de afspraak niet afgesloten.")
    bram.page.locator(".namens-card a").first.click()
    closes(bram, "Nee, de afspraak ging niet door")
    bram.sees("Afgesloten", "De afspraak ging niet door.")


@pytest.mark.slow
def test_it_says_with_dates_why_a_letter_cannot_do(bram: Person) -> None:
    bram.logs_in()
    plans(bram, day=in_days(2), way="Mijn cliënt logt zelf in en doet het samen met mij")
    bram.sees_heading("Controleer uw antwoorden")
    bram.clicks("Wijzig : Hoe zij ja zeggen")
    bram.sees("Waarom niet met een brief?", "Een brief met een code komt te laat")


@pytest.mark.slow
def test_it_shows_the_client_the_appointment_and_takes_a_no_before_its_day(
    practice: Practice, anna: Person, bram: Person
) -> None:
    day = in_days(14)
    prepares_by_letter(bram, anna, day=day)
    letter(practice, "code")
    anna.logs_in()
    anna.opens("/mijn-afspraken")
    anna.sees("10:00 tot 11:00", "Bram Bakker helpt u met:", "Alleen tijdens de afspraak.")
    # Of somebody new only: words of a stranger come after the yes.
    anna.does_not_see("Buurthuis De Brink")
    anna.opens("/verzoeken")
    anna.clicks("Bram Bakker")
    anna.sees(f"U kunt ja zeggen op {written(day)}", "Nee zeggen kan nu al.")
    anna.clicks("Nee")
    anna.clicks("Ik zeg nee")
    anna.opens("/mijn-afspraken")
    anna.sees("Geen helper heeft hier een afspraak met u gemaakt.")
    bram.opens("/afspraken")
    bram.clicks(bram.page.locator(".namens-card a").first.inner_text())
    bram.sees("Kloppen de gegevens?", "Nog niet klaar")


@pytest.mark.slow
def test_it_exists_for_nobody_else(bram: Person, dirk: Person) -> None:
    bram.logs_in()
    plans(bram, day=in_days(2), way=PHONE)
    makes(bram)
    bram.clicks("Naar de afspraak")
    dirk.logs_in()
    dirk.opens(bram.page.url)
    dirk.does_not_see("mevrouw De Vries")
