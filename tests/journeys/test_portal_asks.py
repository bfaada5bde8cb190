"""The portal asks before each page: who may not any more is out at the next click, and nobody goes on unasked."""

import os
import signal
from collections.abc import Iterator

import pytest

from tests.journeys.person import Person
from tests.journeys.stories import changes_income, enters, goes_to, has_mandate, opens_mandate
from tools.practice import Practice
from tools.practice_portals import Portal
from tools.programs import Programs

pytestmark = [pytest.mark.journey, pytest.mark.slow]

OVER = "Deze machtiging geldt niet meer. U bent uitgelogd."
AWAY = 503


@pytest.fixture
def toeslagen(practice: Practice) -> Portal:
    """The portal that asks."""
    return practice.portals[0]


@pytest.fixture
def helping(anna: Person, bram: Person, toeslagen: Portal) -> None:
    """Bram has a mandate of Anna, with everything in it, and is logged in for her."""
    has_mandate(anna, bram, extra="Ja")
    enters(bram, toeslagen, for_whom="Anna de Vries")


@pytest.fixture
def mute(programs: Programs) -> Iterator[None]:
    """The decisions door takes connections and says nothing."""
    door = next(one.process for one in programs.running if one.program.name == "decisions")
    # Started in a session of its own: the group is granian and the process that answers.
    os.killpg(door.pid, signal.SIGSTOP)
    yield
    os.killpg(door.pid, signal.SIGCONT)


def stops_everything(client: Person) -> None:
    """Stop the mandate with Bram."""
    opens_mandate(client, of="Bram Bakker")
    client.clicks("Stoppen")
    client.chooses("Alles")
    client.clicks("Ja, stop nu")
    client.sees_heading("Het is gestopt")


@pytest.mark.usefixtures("helping", "asleep")
def test_it_refuses_the_next_click_after_a_stop(anna: Person, bram: Person) -> None:
    bram.clicks("Inkomen wijzigen")
    stops_everything(anna)
    bram.clicks("Rekeningnummer wijzigen")
    bram.sees_heading("U bent uitgelogd")
    bram.sees(OVER, "Vraag uw cliënt om een nieuwe machtiging als u nog wilt helpen.")
    bram.does_not_see("Anna", "Zorgtoeslag")


@pytest.mark.usefixtures("helping", "asleep")
def test_it_writes_nothing_after_a_stop(anna: Person, bram: Person, toeslagen: Portal) -> None:
    changes_income(bram, toeslagen, to="12.345")
    stops_everything(anna)
    bram.clicks("Ja, wijzig dit")
    bram.sees_heading("De machtiging geldt niet meer")
    bram.sees("Er is niets gewijzigd. U bent uitgelogd.")
    enters(anna, toeslagen, for_whom="Voor mijzelf")
    anna.does_not_see("12.345")


@pytest.mark.usefixtures("helping", "mute")
def test_it_does_nothing_while_nobody_answers(bram: Person, toeslagen: Portal) -> None:
    bram.eye.expected.add(AWAY)
    bram.clicks("Inkomen wijzigen")
    bram.sees_heading("Probeer het zo opnieuw")
    bram.sees("Wij konden niet nagaan of u nog mag helpen.", "Er is niets veranderd.")
    bram.does_not_see("Zorgtoeslag")
    assert bram.last_answer().status == AWAY


def test_it_asks_nothing_about_dirk_who_comes_for_himself(dirk: Person, toeslagen: Portal) -> None:
    goes_to(dirk, toeslagen)
    dirk.does_not_see("Anna de Vries")
    enters(dirk, toeslagen, for_whom="Voor mijzelf")
    dirk.sees("Uw toeslagen")
