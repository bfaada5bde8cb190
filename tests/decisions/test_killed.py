"""Processes that keep decisions are killed at random moments: what was answered is in the journal, once."""

import os
import random
import secrets
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from namens.decisions import held, spool
from namens.decisions.journaling import LOCK
from namens.decisions.moving import move_waiting
from namens.journal.models import JournalEntry
from tests.decisions.movers import children, environment, kill, wait_until_none_moves

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
KILLS, KILLS_OF_MOVERS = 50, 12
LONGEST_LIFE = 0.2
LONGEST_LIFE_OF_MOVERS = 5.0


def nobody(_number: int) -> list[int]:
    return []


def its_mover_perhaps(number: int) -> list[int]:
    return children(number) if secrets.randbits(1) else []


def killed_after(seconds: float, *words: str, victims: Callable[[int], list[int]] = nobody) -> list[UUID]:
    """Let a process keep for so long after its first answer, kill it, and give the ids that it answered."""
    command = [sys.executable, "-m", "tests.decisions.keeper", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment()) as keeper:
        assert keeper.stdout is not None
        os.set_blocking(keeper.stdout.fileno(), False)
        answered, end = b"", time.monotonic() + 60.0
        while time.monotonic() < end:
            piece = keeper.stdout.read() or b""
            if piece and not answered:
                end = time.monotonic() + seconds
            answered += piece
            time.sleep(0.001)
        kill([*victims(keeper.pid), keeper.pid])
        keeper.wait()
        answered += keeper.stdout.read() or b""
    # A line that was cut was not sent.
    return [UUID(line.decode()) for line in answered.split(b"\n")[:-1]]


def moments(count: int, *, longest: float) -> Iterator[float]:
    dice = random.Random(secrets.randbits(32))
    return (dice.uniform(0, longest) for _ in range(count))


def check(answered: list[UUID], folder: Path) -> None:
    move_waiting(folder=folder)
    found = Counter(JournalEntry.objects.filter(event="decision-asked").values_list("id", flat=True))
    assert len(answered) == len(set(answered)) > KILLS_OF_MOVERS
    assert [one for one in answered if found[one] != 1] == []
    assert max(found.values()) == 1
    assert {path.name for path in folder.iterdir() if not path.name.startswith(".")} <= {LOCK}


def test_it_loses_no_decision_that_was_answered(tmp_path: Path) -> None:
    answered: list[UUID] = []
    for seconds in moments(KILLS, longest=LONGEST_LIFE):
        answered += killed_after(seconds, str(tmp_path))
    assert not any(held.is_held(path) for path in spool.waiting(tmp_path))
    check(answered, tmp_path)


def test_it_writes_none_twice_when_who_moves_is_killed(tmp_path: Path) -> None:
    answered: list[UUID] = []
    for seconds in moments(KILLS_OF_MOVERS, longest=LONGEST_LIFE_OF_MOVERS):
        answered += killed_after(seconds, str(tmp_path), "--move", victims=its_mover_perhaps)
    wait_until_none_moves(tmp_path)
    assert JournalEntry.objects.filter(event="decision-asked").exists()
    check(answered, tmp_path)
