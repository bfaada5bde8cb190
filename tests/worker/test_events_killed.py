"""The worker is killed at random moments: every event comes, in the order of its line, and twice only as the same."""

import json
import random
import secrets
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.hearing import Handler, Heard, Receiver, listening
from tests.worker.eventbag import EVENTS, LINES
from tools import commands, places, postgresql
from tools.practice import NAMENS, Practice
from tools.practice_portals import Ports

pytestmark = pytest.mark.slow
KILLS, MOST_ROUNDS = 12, 60
LONGEST_LIFE = 30.0


@pytest.fixture
def practice(tmp_path: Path, database_server: postgresql.Server | None) -> Practice:
    """An installation with a database of its own, on the database of this run."""
    url = f"sqlite:///{tmp_path / 'namens.sqlite3'}"
    if database_server is not None:
        url = database_server.create_database(f"events_{secrets.token_hex(4)}")
    prepared = Practice(folder=tmp_path / "practice", ports=Ports.free(), database_url=url)
    for _, prepare in prepared.preparations():
        prepare()
    return prepared


@pytest.fixture
def ear() -> Iterator[Receiver]:
    """A portal that needs a moment for each event, and fails now and then."""
    dice = random.Random(8)

    def answer(_handler: Handler, _heard: Heard) -> int:
        time.sleep(dice.uniform(0.0, 0.05))
        return 500 if dice.random() < 0.05 else 200

    with listening() as server:
        server.answer = answer
        yield server


def bag(practice: Practice, verb: str, *words: str) -> dict[str, Any]:
    command: list[str | Path] = [places.PYTHON, "-m", "tests.worker.eventbag", verb, *words]
    said = commands.output(command, environment=practice.environment())
    found: dict[str, Any] = json.loads(said.splitlines()[-1]) if said.strip() else {}
    return found


def lives_until(practice: Practice, ear: Receiver, *, more: int, log: Path) -> None:
    """Let a worker live until it brought so many more, and kill it without a word."""
    enough, until = len(ear.heard) + more, time.monotonic() + LONGEST_LIFE
    with log.open("ab") as file:
        worker = subprocess.Popen([NAMENS, "worker"], env=practice.environment(), stdout=file, stderr=file)
    try:
        while len(ear.heard) < enough and time.monotonic() < until:
            time.sleep(0.002)
    finally:
        worker.kill()
        worker.wait()


def test_it_loses_no_event_and_keeps_the_order(practice: Practice, ear: Receiver, tmp_path: Path) -> None:
    told = bag(practice, "fill", ear.address)
    dice = random.Random(secrets.randbits(32))
    for _ in range(KILLS):
        lives_until(practice, ear, more=dice.randint(1, 15), log=tmp_path / "worker.log")
        bag(practice, "later")
    for _ in range(MOST_ROUNDS):
        if bag(practice, "count")["events"] == 0:
            break
        lives_until(practice, ear, more=100, log=tmp_path / "worker.log")
        bag(practice, "later")
    assert bag(practice, "count") == {"events": 0, "rows": 0, "all": LINES * EVENTS}
    taken = [heard for heard in ear.heard if heard.status == 200]
    assert {heard.id for heard in taken} == set(told["lines"])
    assert len({(heard.id, heard.body) for heard in ear.heard}) == LINES * EVENTS
    assert all(heard.is_signed_with(told["secret"]) for heard in ear.heard)
    first = list(dict.fromkeys(heard.number for heard in taken))
    line_of = {heard.number: told["lines"][heard.id] for heard in taken}
    for line in set(told["lines"].values()):
        numbers = [number for number in first if line_of[number] == line]
        assert numbers == sorted(numbers)
