"""Bram helps Anna at two portals with one mandate: he sees her allowances, reports a change, is refused the rest."""

import pytest
from playwright.sync_api import expect

from tests.journeys.person import Person
from tests.journeys.stories import changes_income, enters, gives, goes_to, has_mandate, opens_mandate, types_code
from tools.practice import Practice
from tools.practice_portals import Portal

pytestmark = pytest.mark.journey

ALLOWANCES = ("Zorgtoeslag", "Huurtoeslag", "Kindgebonden budget", "Kinderopvangtoeslag")
IN_WHOSE_NAME = "Bram Bakker namens Anna de Vries"


@pytest.fixture
def toeslagen(practice: Practice) -> Portal:
    """The portal of the allowances."""
    return practice.portals[0]


@pytest.fixture
def tax(practice: Practice) -> Portal:
    """The portal of the income tax."""
    return practice.portals[1]


def test_it_leads_from_the_code_to_the_allowances(anna: Person, bram: Person, toeslagen: Portal) -> None:
    code = gives(anna, to=bram)
    types_code(bram, code=code, bsn=anna.bsn)
    bram.sees_heading("U gaat Anna de Vries helpen")
    bram.sees("Inkomstenbelasting", "Mijn toeslagen", "het rekeningnummer wijzigen")
    bram.clicks("Ja, ik help Anna de Vries")
    bram.sees("Vanaf nu kunt u Anna de Vries helpen.", "Gebruik nooit de DigiD van uw cliënt.")
    bram.clicks("Naar mijn machtigingen")
    bram.sees("Anna de Vries", "Actief")
    enters(bram, toeslagen, for_whom="Anna de Vries")
    bram.sees("Toeslagen van Anna de Vries", *ALLOWANCES)


@pytest.mark.slow
def test_it_says_on_every_page_who_acts_for_whom(anna: Person, bram: Person, toeslagen: Portal) -> None:
    has_mandate(anna, bram)
    enters(bram, toeslagen, for_whom="Anna de Vries")
    for path in ("/overzicht", "/inkomen", "/rekeningnummer"):
        bram.opens(toeslagen.address + path)
        bram.sees(IN_WHOSE_NAME)
        assert "Anna" not in bram.page.title()
        assert "Bram" not in bram.page.title()


@pytest.mark.slow
def test_it_lets_the_helper_report_another_income(anna: Person, bram: Person, toeslagen: Portal) -> None:
    has_mandate(anna, bram)
    enters(bram, toeslagen, for_whom="Anna de Vries")
    bram.clicks("Inkomen wijzigen")
    bram.page.locator("#value").fill("veel")
    bram.clicks("Verder")
    bram.sees("Vul het inkomen in hele euro's in, bijvoorbeeld 24.500.")
    changes_income(bram, toeslagen, to="19.750")
    bram.sees("€ 19.750 per jaar", IN_WHOSE_NAME)
    bram.clicks("Ja, wijzig dit")
    bram.sees_heading("Het inkomen is gewijzigd")
    bram.clicks("Naar het overzicht")
    bram.sees("Door Bram Bakker, namens Anna de Vries")


@pytest.mark.slow
def test_it_shows_the_client_that_the_mandate_was_used(anna: Person, bram: Person, toeslagen: Portal) -> None:
    has_mandate(anna, bram)
    enters(bram, toeslagen, for_whom="Anna de Vries")
    opens_mandate(anna, of="Bram Bakker")
    anna.sees("Bram Bakker heeft voor u ingelogd bij Mijn toeslagen.")


def test_it_refuses_the_bank_account(anna: Person, bram: Person, toeslagen: Portal) -> None:
    has_mandate(anna, bram)
    enters(bram, toeslagen, for_whom="Anna de Vries")
    bram.clicks("Waarom niet?")
    bram.sees_heading("U mag het rekeningnummer niet wijzigen")
    bram.sees("Anna de Vries heeft dit niet toegestaan in de machtiging.")


@pytest.mark.slow
def test_it_lets_the_helper_change_the_bank_account_when_the_client_said_yes(
    anna: Person, bram: Person, toeslagen: Portal
) -> None:
    has_mandate(anna, bram, extra="Ja")
    enters(bram, toeslagen, for_whom="Anna de Vries")
    bram.clicks("Rekeningnummer wijzigen")
    bram.page.locator("#value").fill("NL91 ABNA 0417 1643 00")
    bram.clicks("Verder")
    bram.clicks("Ja, wijzig dit")
    bram.sees_heading("Het rekeningnummer is gewijzigd")


@pytest.mark.slow
def test_it_opens_the_second_portal_with_the_same_mandate(
    anna: Person, bram: Person, toeslagen: Portal, tax: Portal
) -> None:
    has_mandate(anna, bram)
    enters(bram, toeslagen, for_whom="Anna de Vries")
    enters(bram, tax, for_whom="Anna de Vries")
    bram.sees("Inkomstenbelasting van Anna de Vries", IN_WHOSE_NAME)
    bram.opens(f"{toeslagen.address}/overzicht")
    bram.sees("Toeslagen van Anna de Vries")


@pytest.mark.slow
def test_it_asks_for_whom_and_takes_for_myself(anna: Person, bram: Person, toeslagen: Portal) -> None:
    has_mandate(anna, bram)
    goes_to(bram, toeslagen)
    expect(bram.page.get_by_role("radio", checked=True)).to_have_count(0)
    bram.clicks("Inloggen bij Mijn toeslagen")
    bram.sees_error("Kies voor wie u inlogt")
    bram.chooses("Voor mijzelf")
    bram.clicks("Inloggen bij Mijn toeslagen")
    bram.sees("U bent ingelogd als Bram Bakker", "Uw toeslagen")
    bram.does_not_see("Anna")


@pytest.mark.slow
def test_it_goes_back_to_the_portal_when_the_helper_does_not_want_to(dirk: Person, toeslagen: Portal) -> None:
    goes_to(dirk, toeslagen)
    dirk.clicks("Niet inloggen")
    dirk.sees("U bent gestopt met inloggen. Er is niets veranderd.")


def test_it_offers_nobody_to_dirk(anna: Person, bram: Person, dirk: Person, toeslagen: Portal) -> None:
    has_mandate(anna, bram)
    goes_to(dirk, toeslagen)
    dirk.sees("Voor mijzelf")
    dirk.does_not_see("Anna", "Bram")
    dirk.clicks("Mijn cliënt staat er niet bij")
    dirk.does_not_see("Anna", "Bram")
    dirk.sees("Wij kennen geen andere machtiging waarmee u iemand kunt helpen bij Mijn toeslagen.")


@pytest.mark.slow
def test_it_says_why_a_client_is_not_in_the_list_yet(anna: Person, bram: Person, toeslagen: Portal) -> None:
    gives(anna, to=bram)
    goes_to(bram, toeslagen)
    bram.does_not_see("Anna")
    bram.clicks("Mijn cliënt staat er niet bij")
    bram.sees("Er wacht een machtiging op u", "U moet eerst een code invullen.")
    bram.does_not_see("Anna")


@pytest.mark.slow
def test_it_lets_the_helper_out_at_the_portal_and_at_namens(anna: Person, bram: Person, toeslagen: Portal) -> None:
    has_mandate(anna, bram)
    enters(bram, toeslagen, for_whom="Anna de Vries")
    bram.clicks("Uitloggen", until=f"{toeslagen.address}/uitgelogd*")
    bram.sees("U bent ook uitgelogd bij Namens.", "Er blijft niets van u op dit apparaat staan.")
    assert bram.last_answer().header_value("clear-site-data") == '"cache", "storage"'
    bram.opens("/mijn-machtigingen")
    bram.sees_heading("Inloggen bij Namens")
    bram.opens(f"{toeslagen.address}/overzicht")
    bram.sees_heading("Hoe wilt u inloggen?")
