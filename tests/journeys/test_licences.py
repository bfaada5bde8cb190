"""Marijke manages Stichting Samen Sterk: she gives, pauses and ends licences, and reads people in from a file."""

from datetime import timedelta

import pytest
from playwright.sync_api import FilePayload

from namens.lib import clock
from tests.journeys.beforehand_at_work import samen_sterk_helps_anna
from tests.journeys.conftest import Sit
from tests.journeys.person import Person
from tools.practice import Practice

pytestmark = pytest.mark.journey

SAMEN_STERK = "Stichting Samen Sterk"
FATIMA = "Fatima Amrani"
FILE = """voornaam;achternaam;e-mail;soort;diensten
Wim;Visser;wim@example.nl;vrijwilliger;Mijn toeslagen
=cmd|'/C calc'!A0;Zoë;zoe@example.nl;medewerker;
Piet;Fout;geen adres;medewerker;
"""


@pytest.fixture
def at_work(marijke: Person, practice: Practice) -> Person:
    """Marijke, logged in, with the list of people before her."""
    samen_sterk_helps_anna(practice)
    marijke.logs_in_at_work(SAMEN_STERK)
    marijke.opens("/organisatie/mensen")
    marijke.sees_heading("Mensen en licenties")
    return marijke


def chooses_file(manager: Person, content: str) -> None:
    """Choose a file on the page that asks for one."""
    manager.clicks("Mensen uit een bestand")
    file = FilePayload(name="mensen.csv", mimeType="text/csv", buffer=content.encode())
    manager.page.get_by_label("CSV-bestand met mensen").set_input_files(file)
    manager.clicks("Bekijk wat er gebeurt")


def test_it_gives_pauses_and_ends_a_licence(at_work: Person) -> None:
    at_work.clicks(FATIMA)
    at_work.clicks("Een licentie geven")
    at_work.ticks("Mijn toeslagen")
    at_work.clicks("Volgende")
    at_work.sees_heading(f"Controleer de licentie van {FATIMA}")
    at_work.clicks("Ja, geef deze licentie")
    at_work.sees("De licentie is gegeven")
    at_work.page.get_by_role("link", name="Pauzeren").first.click()
    at_work.looks()
    at_work.clicks("Ja, pauzeer de licentie")
    at_work.sees("De licentie staat op pauze", "Op pauze")
    at_work.page.get_by_role("link", name="Stoppen").first.click()
    at_work.looks()
    at_work.clicks("Ja, stop de licentie nu")
    at_work.sees("De licentie is gestopt", "Eerdere licenties")


@pytest.mark.slow
def test_it_says_what_a_file_will_do_and_does_it(at_work: Person) -> None:
    chooses_file(at_work, FILE)
    at_work.sees_heading("Controleer wat er gebeurt")
    at_work.sees("Nieuw: 2", "Klopt niet: 1", "Krijgt een uitnodiging. Krijgt een licentie", "Vul een e-mailadres in")
    at_work.clicks("Ja, voer 2 regels uit")
    at_work.opens_until_it_says(at_work.page.url, "Dit is er met uw bestand gebeurd")
    at_work.opens("/organisatie/mensen")
    at_work.sees("Wim Visser", "=cmd|'/C calc'!A0 Zoë", "Uitgenodigd")
    at_work.does_not_see("Piet")


@pytest.mark.slow
def test_it_works_without_scripts_and_says_what_is_wrong_with_a_file(sit: Sit, practice: Practice) -> None:
    samen_sterk_helps_anna(practice)
    marijke = sit("Marijke Blom", bsn="", scripts=False)
    marijke.logs_in_at_work(SAMEN_STERK)
    marijke.opens("/organisatie/mensen")
    chooses_file(marijke, "voornaam;achternaam\nWim;Visser\n")
    marijke.sees_error("Op de eerste regel moeten de namen van de kolommen staan. Dit ontbreekt: e-mail.")


@pytest.mark.slow
def test_it_reviews_renews_and_makes_a_team(at_work: Person) -> None:
    at_work.clicks(FATIMA)
    at_work.clicks("Een licentie geven")
    at_work.ticks("Inkomstenbelasting")
    tomorrow = clock.today() + timedelta(days=1)
    last_day = at_work.page.get_by_role("group", name="Laatste dag")
    for label, number in (("Dag", tomorrow.day), ("Maand", tomorrow.month), ("Jaar", tomorrow.year)):
        last_day.get_by_label(label, exact=True).fill(str(number))
    at_work.clicks("Volgende")
    at_work.clicks("Ja, geef deze licentie")
    at_work.opens("/organisatie/nakijken")
    at_work.sees("Er is één beheerder", "Uitgenodigd, nog niet begonnen")
    at_work.opens("/organisatie/teams")
    at_work.clicks("Maak een team")
    at_work.fills("Naam van het team", "Zeist")
    at_work.clicks("Maak het team")
    at_work.sees("Het team is gemaakt", "Er zit niemand in dit team")


@pytest.mark.slow
def test_it_invites_a_second_manager(at_work: Person) -> None:
    at_work.clicks("Iemand uitnodigen")
    at_work.fills("Voornaam", "Noor")
    at_work.fills("Achternaam", "Kuipers")
    at_work.fills("E-mailadres op het werk", "noor@example.nl")
    at_work.chooses("Medewerker")
    at_work.chooses("Ja", question="Is deze persoon beheerder?")
    at_work.clicks("Nodig deze persoon uit")
    at_work.sees("Noor Kuipers")


@pytest.mark.slow
def test_it_shows_no_page_to_somebody_who_is_no_manager(sit: Sit, dirk: Person, practice: Practice) -> None:
    samen_sterk_helps_anna(practice)
    fatima = sit(FATIMA, bsn="999990159")
    fatima.logs_in_at_work(SAMEN_STERK)
    dirk.logs_in()
    for somebody in (fatima, dirk):
        somebody.opens("/organisatie/mensen")
        somebody.sees_heading("Deze pagina is niet voor u")
