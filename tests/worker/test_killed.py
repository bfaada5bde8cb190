"""The worker is killed at random moments: no letter is lost and none is printed twice."""

import hashlib
import json
import random
import secrets
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.worker.mailbag import OVERVIEWS
from tools import commands, places, postgresql
from tools.practice import NAMENS, Practice
from tools.practice_portals import Ports
from tools.programs import Programs

pytestmark = pytest.mark.slow
KILLS = 25
LONGEST_LIFE = 1.6
# More than are ever needed: on a busy machine a worker is killed before it did anything.
MOST_ROUNDS = 90


@pytest.fixture
def practice(tmp_path: Path, database_server: postgresql.Server | None) -> Practice:
    """An installation with a database of its own, on the database of this run."""
    url = f"sqlite:///{tmp_path / 'namens.sqlite3'}"
    if database_server is not None:
        url = database_server.create_database(f"killed_{secrets.token_hex(4)}")
    prepared = Practice(folder=tmp_path / "practice", ports=Ports.free(), database_url=url)
    for _, prepare in prepared.preparations():
        prepare()
    return prepared


@pytest.fixture
def register(practice: Practice, tmp_path: Path) -> Iterator[None]:
    """The rehearsal register, running."""
    only = [program for program in practice.programs() if program.name == "rehearsal"]
    with Programs(only, logs=tmp_path / "log"):
        yield


def bag(practice: Practice, verb: str) -> str:
    return commands.output([places.PYTHON, "-m", "tests.worker.mailbag", verb], environment=practice.environment())


def told(practice: Practice) -> dict[str, Any]:
    counted: dict[str, Any] = json.loads(bag(practice, "count").splitlines()[-1])
    return counted


def lives_for(practice: Practice, seconds: float, log: Path) -> None:
    """Let a worker live for so long, and kill it without a word."""
    with log.open("ab") as file:
        worker = subprocess.Popen([NAMENS, "worker"], env=practice.environment(), stdout=file, stderr=file)
    try:
        time.sleep(seconds)
    finally:
        worker.kill()
        worker.wait()


@pytest.mark.usefixtures("register")
def test_it_loses_no_letter_and_prints_none_twice(practice: Practice, tmp_path: Path) -> None:
    bag(practice, "fill")
    dice = random.Random(secrets.randbits(32))
    for _ in range(KILLS):
        lives_for(practice, dice.uniform(0.6, LONGEST_LIFE), tmp_path / "worker.log")
        bag(practice, "later")
    for _ in range(MOST_ROUNDS):
        if told(practice)["waiting"] == 0:
            break
        commands.output([NAMENS, "worker", "--once"], environment=practice.environment())
        bag(practice, "later")
    end = told(practice)
    ready = sorted(folder.name for folder in practice.letters.glob("ready/*"))
    assert (end["waiting"], end["others"]) == (0, 0)
    assert ready == end["posted"]
    assert len(ready) == end["asked"] == end["requested"] * (1 + OVERVIEWS)
    assert end["codes"] == end["requested"]
    for folder in practice.letters.glob("ready/*"):
        manifest = json.loads((folder / "manifest.json").read_text())
        assert manifest["sha256"] == hashlib.sha256((folder / "letter.pdf").read_bytes()).hexdigest()
