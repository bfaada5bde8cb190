"""Fatima leaves Stichting Samen Sterk while she is logged in: at her next click she is out, here and at the portal."""

import pytest

from tests.journeys.beforehand_at_work import samen_sterk_helps_anna
from tests.journeys.conftest import Sit
from tests.journeys.person import Person
from tools.practice import Practice
from tools.practice_portals import Portal

pytestmark = pytest.mark.journey

SAMEN_STERK = "Stichting Samen Sterk"
FATIMA = "Fatima Amrani"


@pytest.fixture
def toeslagen(practice: Practice) -> Portal:
    """The portal of the allowances; Samen Sterk has a mandate of Anna for it."""
    samen_sterk_helps_anna(practice)
    return practice.portals[0]


@pytest.fixture
def fatima(sit: Sit) -> Person:
    """Fatima Amrani, volunteer of Samen Sterk."""
    return sit(FATIMA, bsn="999990159")


def ends(manager: Person, name: str) -> None:
    """Let a manager end somebody."""
    manager.logs_in_at_work(SAMEN_STERK)
    manager.opens("/organisatie/mensen")
    manager.clicks(name)
    manager.clicks("Laat deze persoon vertrekken")
    manager.sees_heading(f"Vertrekt {name} bij de organisatie?")
    manager.clicks("Ja, stop nu alle toegang")
    manager.sees("Deze persoon kan nu nergens meer in", "Weg")


def test_it_has_her_out_at_the_next_click_here_and_at_the_portal(
    fatima: Person, marijke: Person, toeslagen: Portal
) -> None:
    fatima.opens(toeslagen.address)
    fatima.logs_in_at_portal_for_work(SAMEN_STERK)
    fatima.fills("Naam of geboortejaar van uw cliënt", "vries")
    fatima.clicks("Zoeken")
    fatima.chooses("Anna de Vries")
    fatima.clicks("Inloggen bij Mijn toeslagen")
    fatima.sees("Toeslagen van Anna de Vries")
    here = fatima.opens_a_tab()
    here.opens("/")
    here.sees(f"{FATIMA} voor {SAMEN_STERK}")
    ends(marijke, FATIMA)
    here.opens("/")
    here.does_not_see(f"{FATIMA} voor {SAMEN_STERK}")
    fatima.opens_until_it_says(f"{toeslagen.address}/overzicht", "Opnieuw inloggen")
    fatima.does_not_see("Toeslagen van Anna de Vries")


@pytest.mark.slow
def test_it_keeps_her_out_when_she_tries_again(fatima: Person, marijke: Person, toeslagen: Portal) -> None:
    assert toeslagen.address
    ends(marijke, FATIMA)
    fatima.opens("/")
    fatima.clicks("Inloggen met eHerkenning")
    fatima.chooses_oneself_at_eherkenning(SAMEN_STERK)
    fatima.sees("U werkt in Namens niet meer voor deze organisatie")
