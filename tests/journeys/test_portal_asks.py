"""The portal asks before each page: who may not any more is out at the next click, and nobody goes on unasked."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.journeys.person import Person
from tests.journeys.stories import changes_income, enters, goes_to, has_mandate, opens_mandate
from tools import places
from tools.practice import Practice
from tools.practice_portals import Portal
from tools.programs import Programs

pytestmark = [pytest.mark.journey, pytest.mark.slow]

OVER = "Deze machtiging geldt niet meer. U bent uitgelogd."
AWAY = 503
COMMANDS = re.compile(r"```\n(TOKEN=.*?)```", re.DOTALL)


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
def test_it_does_nothing_while_nobody_answers(bram: Person) -> None:
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


# What the README tells to type


@pytest.fixture
def terminal(practice: Practice, tmp_path: Path) -> Mapping[str, str]:
    """The settings of somebody who types beside `make run`, with these ports and these data."""
    ports = practice.ports
    (tmp_path / "practice").symlink_to(practice.folder, target_is_directory=True)
    numbers = {
        "NAMENS_PAGES_PORT": ports.pages,
        "NAMENS_DECISIONS_PORT": ports.decisions,
        "REHEARSAL_PORT": ports.rehearsal,
        "PORTAL_TOESLAGEN_PORT": ports.toeslagen,
    }
    told = {name: str(number) for name, number in numbers.items()}
    return {**os.environ, **told, "NAMENS_VAR": str(tmp_path), "NAMENS_DATABASE_URL": practice.database_url}


def typed(practice: Practice, terminal: Mapping[str, str]) -> object:
    """Type what the README shows; gives what stands on screen then."""
    commands = COMMANDS.findall((places.ROOT / "README.md").read_text(encoding="utf-8"))[0]
    commands = commands.replace("http://localhost:8001", practice.decisions_address)
    ended = subprocess.run(
        ["/bin/bash", "-euc", commands], cwd=places.ROOT, env=terminal, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)["decision"]


@pytest.mark.usefixtures("helping")
def test_it_answers_the_commands_of_the_readme(anna: Person, practice: Practice, terminal: Mapping[str, str]) -> None:
    assert typed(practice, terminal) is True
    stops_everything(anna)
    assert typed(practice, terminal) is False
