"""Stichting Samen Sterk joins: an operator admits it, and its people begin with a link and eHerkenning."""

import html
import re
import time

import httpx2
import pytest

from tests.journeys.agents import is_at_work
from tests.journeys.conftest import Sit
from tests.journeys.person import Person
from tools.practice import Practice

pytestmark = pytest.mark.journey
SOON = 20.0
ORGANISATION = "Stichting Samen Sterk"
LINK = re.compile(r"http://localhost:\d+/organisatie/uitnodiging/[\w-]{20,}")


@pytest.fixture
def olga(sit: Sit) -> Person:
    """Olga, operator."""
    return sit("Olga", bsn="")


@pytest.fixture
def joost(sit: Sit) -> Person:
    """Joost van Leeuwen, of Stichting Samen Sterk."""
    return sit("Joost van Leeuwen", bsn="")


def link_shown_to(person: Person) -> str:
    """Give the link of an invitation that stands on the page."""
    found = LINK.search(person.text())
    assert found is not None, person.text()
    return found[0]


def admits(olga: Person, *, may_process_bsn: bool = True) -> str:
    """Let an operator admit the organisation, and give the link for its manager."""
    olga.opens("/beheer/organisaties")
    olga.clicks("Een organisatie toelaten")
    olga.fills("KvK-nummer", "0011 0019")
    olga.fills("Naam van de organisatie", ORGANISATION)
    olga.chooses(
        "Ja" if may_process_bsn else "Nee", question="Mag deze organisatie burgerservicenummers (BSN) gebruiken?"
    )
    olga.fills("Volgens welke wet, en voor welke taak?", "Wmo 2015, artikel 2.2.4")
    olga.fills("Voornaam van de eerste beheerder", "Marijke")
    olga.fills("Achternaam van de eerste beheerder", "Blom")
    olga.fills("E-mailadres van de eerste beheerder", "marijke@samensterk.example")
    olga.clicks("Toelaten en uitnodigen")
    olga.sees_heading("Marijke Blom is uitgenodigd")
    return link_shown_to(olga)


def begins(person: Person, link: str) -> None:
    """Open the link of an invitation and log in with eHerkenning."""
    person.opens(link)
    person.sees_heading(f"U bent uitgenodigd door {ORGANISATION}")
    assert link.rsplit("/", 1)[1] not in person.page.url
    person.clicks("Inloggen met eHerkenning")
    person.chooses_oneself_at_eherkenning(ORGANISATION)
    person.sees_heading(f"Welkom, {person.name}")


def invites(marijke: Person, *, may_manage: bool) -> str:
    """Let the manager invite Joost, and give the link that the page shows."""
    marijke.clicks("Iemand uitnodigen")
    marijke.fills("Voornaam", "Joost")
    marijke.fills("Achternaam", "van Leeuwen")
    marijke.fills("E-mailadres op het werk", "joost@samensterk.example")
    marijke.chooses("Medewerker", question="Werkt hier als")
    marijke.chooses("Ja" if may_manage else "Nee", question="Is deze persoon beheerder?")
    marijke.clicks("Nodig deze persoon uit")
    marijke.sees_heading("Joost van Leeuwen is uitgenodigd")
    return link_shown_to(marijke)


def link_mailed(practice: Practice) -> str:
    """Wait for the e-mail to Joost, and give the link in it."""
    deadline = time.monotonic() + SOON
    while time.monotonic() < deadline:
        mailbox = html.unescape(httpx2.get(f"{practice.rehearsal_address}/postvak", trust_env=False).text)
        found = re.search(rf"Marijke Blom nodigt u uit .*?({LINK.pattern})", mailbox, re.DOTALL)
        if found:
            return found[1]
        time.sleep(0.2)
    raise AssertionError("no e-mail invites Joost")


def test_it_joins_its_manager_begins_and_a_colleague_begins_too(
    olga: Person, marijke: Person, joost: Person, practice: Practice
) -> None:
    is_at_work(olga, practice, role="operator")
    link = admits(olga)
    begins(marijke, link)
    marijke.sees("U bent de enige beheerder")
    second = invites(marijke, may_manage=True)
    assert link_mailed(practice) == second
    joost.opens(link)
    joost.sees_heading("Deze uitnodiging werkt niet")
    begins(joost, second)
    olga.opens("/beheer/organisaties")
    olga.clicks(ORGANISATION)
    olga.sees("Mensen 2", "Beheerders 2")


@pytest.mark.slow
def test_it_asks_to_join_by_itself(sit: Sit, olga: Person, practice: Practice) -> None:
    somebody = sit("Tineke Bos", bsn="")
    somebody.opens("/")
    somebody.clicks("Uw organisatie aanmelden")
    somebody.clicks("Versturen")
    somebody.sees_error("Vul het KvK-nummer in")
    somebody.fills("KvK-nummer", "00440043")
    somebody.fills("Naam van de organisatie", "Buurthuis De Linde")
    somebody.chooses("Nee", question="Mag deze organisatie burgerservicenummers (BSN) gebruiken?")
    somebody.fills("Wie kunnen wij bellen of schrijven?", "Tineke Bos")
    somebody.fills("E-mailadres van deze persoon", "tineke@delinde.example")
    somebody.clicks("Versturen")
    somebody.sees_heading("Wij hebben uw aanmelding")
    is_at_work(olga, practice, role="operator")
    olga.opens("/beheer/organisaties")
    olga.clicks("Buurthuis De Linde")
    olga.clicks("Niet toelaten")
    olga.clicks("Niet toelaten")
    olga.sees("Niet toegelaten")


@pytest.mark.slow
def test_it_is_stopped_at_once_and_goes_on_with_two_operators(
    sit: Sit, olga: Person, marijke: Person, practice: Practice
) -> None:
    oscar = sit("Oscar", bsn="")
    for operator in (olga, oscar):
        is_at_work(operator, practice, role="operator")
    begins(marijke, admits(olga))
    olga.opens("/beheer/organisaties")
    olga.clicks(ORGANISATION)
    address = olga.page.url
    olga.clicks("Blokkeren")
    olga.fills("Waarom?", "Melding van een cliënt")
    olga.clicks("Nu stopzetten")
    marijke.opens("/organisatie/mensen")
    marijke.sees_heading("Inloggen bij Namens")
    olga.clicks("Opheffen voorstellen : Iedereen van deze organisatie")
    olga.sees("Een collega van het beheer moet akkoord gaan.")
    oscar.opens(address)
    oscar.clicks("Akkoord: hef dit op : Iedereen van deze organisatie")
    oscar.sees("Werkt met Namens")
    marijke.opens("/organisatie/mensen")
    marijke.sees("Marijke Blom")
