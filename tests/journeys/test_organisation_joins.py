"""Stichting Samen Sterk joins: an operator admits it, and its people begin with a link and eHerkenning."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.agents import is_at_work
from tests.journeys.conftest import Sit
from tests.journeys.person import Person
from tools.practice import Practice

pytestmark = pytest.mark.journey
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


@pytest.fixture
def goes_to_work(practice: Practice) -> Callable[[Person], None]:
    """Let an operator be at work."""
    return lambda olga: void(is_at_work(olga, practice, role="operator"))


def void(_: object) -> None:
    """Forget what came of it."""


def test_it_joins_and_its_manager_begins(
    olga: Person, marijke: Person, joost: Person, goes_to_work: Callable[[Person], None]
) -> None:
    goes_to_work(olga)
    link = admits(olga)
    begins(marijke, link)
    marijke.sees("U bent de enige beheerder")
    joost.opens(link)
    joost.sees_heading("Deze uitnodiging werkt niet")
    joost.sees("Deze uitnodiging is al gebruikt.")
