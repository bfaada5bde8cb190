"""Bram and Anna sit at one table, each with a screen of their own. Bram shows a QR, Anna says yes on her phone."""

import time

import pytest
from playwright.sync_api import expect

from namens.lib import clock
from tests.journeys.at_table_beforehand import nobody_may_type_a_bsn, read_by_a_camera, three_weeks_ago
from tests.journeys.beforehand import anna_had_bram
from tests.journeys.beforehand_at_work import samen_sterk_takes_part
from tests.journeys.conftest import Sit
from tests.journeys.person import Person
from tests.journeys.stories import written
from tools.practice import Practice
from tools.say import line

pytestmark = pytest.mark.journey

BEGIN, WAITS = "Uw cliënt zegt ja op de eigen telefoon", "Nog niet klaar"
YES = "Ja, Bram Bakker mag dit voor mij doen"


def shows_a_qr(helper: Person, *, partner: str = "Nee", length: str = "1 jaar") -> str:
    """Answer the questions, and show the QR. Gives the number under it."""
    helper.opens("/overdracht")
    helper.sees_heading(BEGIN)
    helper.clicks("Beginnen")
    helper.ticks("Mijn toeslagen")
    helper.clicks("Volgende")
    helper.chooses(length)
    helper.clicks("Volgende")
    helper.fills("Hoe noemt u deze cliënt?", "mevrouw De V.")
    helper.clicks("Volgende")
    helper.chooses(partner, question="Heeft uw cliënt een toeslagpartner?")
    helper.clicks("Volgende")
    helper.sees_heading("Controleer uw antwoorden")
    helper.clicks("Laat de QR-code zien")
    helper.sees_heading("Laat uw cliënt dit scannen")
    return number_on(helper)


def number_on(helper: Person) -> str:
    """Read the number under the QR."""
    return helper.page.locator(".namens-number").inner_text().strip()


def opens_number(client: Person, number: str) -> None:
    """Type the short address, log in, and type the number."""
    client.opens("/nu")
    client.sees_heading("Log in en zie wie u wil helpen")
    client.does_not_see("Bram")
    client.clicks("Inloggen met DigiD")
    client.chooses_oneself_at_digid()
    client.fills("Het nummer op het scherm van uw helper", number)
    client.clicks("Bekijk wie het vraagt")


def begins_to_answer(client: Person, *, helper: str = "Bram Bakker") -> None:
    """Say yes, and that the helper sits there."""
    client.clicks("Ja")
    client.sees(f"Zit {helper} nu bij u?")
    client.chooses("Ja, aan dezelfde tafel of in dezelfde kamer")
    client.clicks("Volgende")


def answers_the_rest(client: Person) -> None:
    """Answer what is left, up to the check page."""
    client.chooses("Nee", question="Staat u onder bewind of curatele?")
    client.clicks("Volgende")
    client.chooses("Nee", question="Hebt u een toeslagpartner?")
    client.clicks("Volgende")
    client.sees_heading("Controleer uw antwoorden")


def says_yes(client: Person, *, label: str = YES) -> None:
    """Give the last answer."""
    client.clicks(label)
    client.sees_heading("U hebt ja gezegd")


def sees_it(helper: Person, words: str = "Ja: actief") -> None:
    """See it without touching anything."""
    since = time.monotonic()
    expect(helper.page.locator("body")).to_contain_text(words)
    spent = time.monotonic() - since
    line(f"  seen by the helper {spent:.1f} s after the yes")
    expect(helper.page.locator("h1")).to_have_text(words)
    helper.looks()


def test_it_leads_from_a_qr_to_a_yes_that_the_helper_sees_at_once(bram: Person, anna: Person) -> None:
    bram.logs_in()
    number = shows_a_qr(bram)
    bram.sees(WAITS, "mevrouw De V.", "Log in met uw eigen DigiD. Ik kijk niet mee.")
    opens_number(anna, number)
    anna.sees_heading("Bram Bakker wil u helpen")
    anna.sees("Bram Bakker helpt u als privépersoon", "De eerste keer: alleen vandaag")
    begins_to_answer(anna)
    answers_the_rest(anna)
    bram.sees(WAITS)
    bram.does_not_see("Anna")
    says_yes(anna)
    sees_it(bram)
    anna.sees("U kunt uw telefoon wegleggen. Uw helper ziet het nu.", f"tot en met {written(clock.today())}")


@pytest.mark.slow
def test_it_opens_a_qr_once_and_leaves_nothing_of_it_in_the_browser(
    bram: Person, anna: Person, dirk: Person, practice: Practice
) -> None:
    bram.logs_in()
    shows_a_qr(bram)
    address = read_by_a_camera(practice)
    anna.opens(address)
    anna.sees_heading("Log in en zie wie u wil helpen")
    anna.clicks("Inloggen met DigiD")
    anna.chooses_oneself_at_digid()
    anna.sees_heading("Bram Bakker wil u helpen")
    plain = address.rpartition("/")[2]
    assert plain not in anna.page.content()
    assert plain not in str(anna.page.context.cookies())
    assert plain not in str(anna.page.evaluate("[document.referrer, location.href]"))
    dirk.opens(address)
    dirk.clicks("Inloggen met DigiD")
    dirk.chooses_oneself_at_digid()
    dirk.sees("Dit adres werkt niet (meer). Vraag uw helper om een nieuwe.")
    dirk.does_not_see("Bram", "Anna")
    bram.opens(address)
    bram.clicks("Bekijk wie het vraagt")
    bram.sees("Dit hebt u zelf gemaakt.")


@pytest.mark.slow
def test_it_stops_who_phones_instead_of_sitting_there(bram: Person, anna: Person) -> None:
    bram.logs_in()
    number = shows_a_qr(bram)
    opens_number(anna, number)
    anna.clicks("Ja")
    anna.clicks("Volgende")
    anna.sees_error("Kies of deze persoon nu bij u zit")
    anna.chooses("Nee, wij praten via telefoon, video, e-mail of berichten")
    anna.clicks("Volgende")
    anna.sees_heading("U hebt nee gezegd")
    anna.sees("Hang op, en reageer niet.", "Bram Bakker hoort hier niets van.")
    anna.clicks("Dit melden")
    anna.clicks("Ja, meld dit")
    anna.sees("De helpdesk kijkt ernaar.")
    bram.clicks("Kijk of het klaar is")
    bram.sees(WAITS, number)


@pytest.mark.slow
def test_it_asks_client_and_partner_one_after_the_other(bram: Person, anna: Person, sit: Sit) -> None:
    partner = sit("Hassan Amrani", bsn="999990135")
    bram.logs_in()
    number = shows_a_qr(bram, partner="Ja")
    bram.sees("Nog niet compleet")
    opens_number(anna, number)
    begins_to_answer(anna)
    answers_the_rest(anna)
    says_yes(anna)
    anna.sees("Uw helper ziet het als alles compleet is.")
    bram.clicks("Kijk of het klaar is")
    bram.sees("Nog niet compleet")
    bram.clicks("Nu de partner")
    bram.fills("Hoe noemt u de toeslagpartner?", "meneer A.")
    bram.clicks("Laat de QR-code zien")
    bram.sees_heading("Laat de partner dit scannen")
    opens_number(partner, number_on(bram))
    begins_to_answer(partner)
    answers_the_rest(partner)
    says_yes(partner)
    sees_it(bram, "Compleet: allebei ja")


@pytest.mark.slow
def test_it_serves_an_organisation_that_may_not_process_bsns(sit: Sit, anna: Person, practice: Practice) -> None:
    samen_sterk_takes_part(practice)
    nobody_may_type_a_bsn(practice)
    fatima = sit("Fatima Amrani", bsn="999990159")
    fatima.logs_in_at_work("Stichting Samen Sterk")
    fatima.opens("/activeren")
    fatima.sees("Laat uw cliënt een QR-code zien.")
    fatima.clicks("Laat een QR-code zien")
    number = shows_a_qr(fatima)
    opens_number(anna, number)
    anna.sees_heading("Stichting Samen Sterk wil u helpen")
    anna.clicks("Ja")
    anna.sees("Zit Fatima A. van Stichting Samen Sterk nu bij u?")
    anna.chooses("Ja, aan dezelfde tafel of in dezelfde kamer")
    anna.clicks("Volgende")
    anna.chooses("Nee", question="Mag uw helper ook uw rekeningnummer wijzigen?")
    anna.clicks("Volgende")
    answers_the_rest(anna)
    says_yes(anna, label="Ja, Stichting Samen Sterk mag dit voor mij doen")
    sees_it(fatima)
    fatima.clicks("Bekijk waar u dit gebruikt")
    fatima.sees("Anna de Vries")


@pytest.mark.slow
def test_it_goes_on_with_a_mandate_for_its_own_client_only(
    bram: Person, anna: Person, dirk: Person, practice: Practice
) -> None:
    anna_had_bram(practice)
    three_weeks_ago(practice)
    bram.logs_in()
    bram.opens("/mijn-machtigingen")
    bram.clicks("Anna de Vries")
    bram.clicks("Langer helpen: laat een QR-code zien")
    bram.sees_heading("Een machtiging verlengen")
    bram.clicks("Beginnen")
    bram.chooses("1 jaar")
    bram.clicks("Volgende")
    bram.sees("Anna de Vries")
    bram.clicks("Laat de QR-code zien")
    number = number_on(bram)
    opens_number(dirk, number)
    dirk.sees("Dit adres werkt niet (meer).")
    opens_number(anna, number)
    anna.sees_heading("Bram Bakker wil u helpen")
    anna.sees("Dit komt in de plaats van een eerdere machtiging")
    begins_to_answer(anna)
    anna.chooses("Nee", question="Mag uw helper ook uw rekeningnummer wijzigen?")
    anna.clicks("Volgende")
    answers_the_rest(anna)
    says_yes(anna)
    sees_it(bram)


@pytest.mark.slow
def test_it_goes_on_where_the_client_was_who_closed_the_phone(bram: Person, anna: Person) -> None:
    bram.logs_in()
    number = shows_a_qr(bram)
    opens_number(anna, number)
    begins_to_answer(anna)
    anna.chooses("Nee", question="Staat u onder bewind of curatele?")
    anna.clicks("Volgende")
    anna.page.context.clear_cookies()
    opens_number(anna, number)
    anna.sees("Hebt u een toeslagpartner?")
    anna.chooses("Nee", question="Hebt u een toeslagpartner?")
    anna.clicks("Volgende")
    says_yes(anna)
    sees_it(bram)


@pytest.mark.slow
def test_it_works_without_scripts(sit: Sit) -> None:
    bram = sit("Bram Bakker", bsn="999990032", scripts=False)
    anna = sit("Anna de Vries", bsn="999990019", scripts=False)
    bram.logs_in()
    number = shows_a_qr(bram)
    bram.clicks("Kijk of het klaar is")
    opens_number(anna, number)
    begins_to_answer(anna)
    answers_the_rest(anna)
    says_yes(anna)
    bram.clicks("Kijk of het klaar is")
    bram.sees_heading("Ja: actief")


@pytest.mark.slow
def test_it_makes_a_new_qr_and_takes_one_back(bram: Person, anna: Person) -> None:
    bram.logs_in()
    first = shows_a_qr(bram)
    bram.clicks("Maak een nieuwe QR-code")
    bram.sees_heading("Laat uw cliënt dit scannen")
    second = number_on(bram)
    opens_number(anna, first)
    anna.sees("Dit adres werkt niet (meer).")
    anna.clicks("Vul het nummer in")
    anna.fills("Het nummer op het scherm van uw helper", second)
    anna.clicks("Bekijk wie het vraagt")
    anna.sees_heading("Bram Bakker wil u helpen")
    bram.clicks("Toch niet vragen")
    bram.clicks("Ja, neem het terug")
    bram.sees_heading("Het is niet doorgegaan")
    anna.clicks("Ja")
    anna.sees("Bram Bakker heeft het verzoek teruggenomen.")


@pytest.mark.slow
def test_it_speaks_english_to_a_client(bram: Person, anna: Person) -> None:
    bram.logs_in()
    number = shows_a_qr(bram)
    anna.opens("/nu")
    anna.clicks("English")
    anna.sees_heading("Log in to see who wants to help you")
    anna.clicks("Log in with DigiD")
    anna.chooses_oneself_at_digid()
    anna.fills("The number on your helper’s screen", number)
    anna.clicks("See who asks")
    anna.sees_heading("Bram Bakker wants to help you")
    anna.clicks("Yes")
    anna.sees("Is Bram Bakker with you now?")
