"""Journaling beside the answers: a process of its own moves what was kept, and goes with the door that started it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from namens.decisions import held, journaling, spool
from namens.decisions.journaling import LOCK, Journaling
from namens.journal.models import JournalEntry
from tests.decisions.entries import kept
from tests.decisions.movers import children, environment, kill, wait_until_none_moves

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a mover use the database of this test."""
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(journaling, "AGAIN_SECONDS", 0.5)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journaling]:
    """Journaling as a door has it."""
    running = Journaling(folder=tmp_path)
    running.start()
    yield running
    running.stop()
    wait_until_none_moves(tmp_path)


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


def in_journal() -> int:
    return JournalEntry.objects.filter(event="decision-asked").count()


def movers(of: int) -> list[int]:
    return [number for number in children(of) if b"mover" in Path(f"/proc/{number}/cmdline").read_bytes()]


def test_it_brings_a_decision_to_the_journal(journal: Journaling) -> None:
    entry = kept()
    journal.spool.keep([entry])
    until(lambda: in_journal() == 1)
    assert JournalEntry.objects.get(event="decision-asked").id == entry.id


def test_it_starts_nobody_while_nothing_was_kept(tmp_path: Path, journal: Journaling) -> None:
    time.sleep(3 * journaling.TURN_SECONDS)
    assert journal.spool.turn() == 0
    assert not held.is_held(tmp_path / LOCK)


def test_it_moves_what_was_kept_last_when_it_stops(tmp_path: Path) -> None:
    journal = Journaling(folder=tmp_path)
    journal.start()
    journal.spool.keep([kept(), kept()])
    journal.stop()
    wait_until_none_moves(tmp_path)
    assert (in_journal(), spool.waiting(tmp_path)) == (2, [])


def test_it_takes_over_what_a_door_left_that_died(tmp_path: Path) -> None:
    dead = spool.Spool(tmp_path)
    dead.keep([kept(), kept()])
    dead.close()
    journal = Journaling(folder=tmp_path)
    journal.start()
    until(lambda: in_journal() == 2)
    journal.stop()


def test_it_starts_another_mover_when_one_is_killed(tmp_path: Path, journal: Journaling) -> None:
    journal.spool.keep([kept()])
    until(lambda: held.is_held(tmp_path / LOCK))
    journal.spool.keep([kept()])
    assert journal._mover is not None
    kill([journal._mover.pid])
    journal.spool.keep([kept()])
    until(lambda: in_journal() == 3)


def test_it_has_one_mover_for_several_doors(tmp_path: Path, journal: Journaling) -> None:
    other = Journaling(folder=tmp_path)
    other.start()
    for door in (journal, other):
        door.spool.keep([kept()])
    until(lambda: in_journal() == 2)
    second = [sys.executable, "-m", "namens.decisions.mover", str(tmp_path)]
    assert subprocess.run(second, stdin=subprocess.DEVNULL, check=False, timeout=30).returncode == 0
    assert held.is_held(tmp_path / LOCK)
    other.stop()


def test_it_ends_with_the_door_that_started_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.decisions.keeper", str(tmp_path), "--move"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as door:
        until(lambda: len(movers(door.pid)) == 1)
        until(lambda: in_journal() > 0)
        door.kill()
    wait_until_none_moves(tmp_path)
    assert spool.waiting_bytes(tmp_path) == 0


def test_it_is_not_ended_by_who_stops_a_whole_group(journal: Journaling) -> None:
    journal.spool.keep([kept()])
    until(lambda: in_journal() == 1)
    assert journal._mover is not None
    os.kill(journal._mover.pid, signal.SIGTERM)
    journal.spool.keep([kept()])
    until(lambda: in_journal() == 2)
    assert journal._mover.poll() is None


def test_it_keeps_what_it_has_while_the_database_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMENS_DATABASE_URL", "sqlite:////nowhere/at/all.sqlite3")
    journal = Journaling(folder=tmp_path)
    journal.start()
    journal.spool.keep([kept()])
    until(lambda: held.is_held(tmp_path / LOCK))
    journal.stop()
    assert spool.waiting_bytes(tmp_path) > 0
    wait_until_none_moves(tmp_path)
    assert spool.waiting_bytes(tmp_path) > 0
