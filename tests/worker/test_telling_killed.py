"""The worker is killed at random moments: no portal misses a change, hears it twice, or in another order."""

import json
import random
import secrets
from pathlib import Path
from typing import Any

import pytest

from tests.worker.test_killed import lives_for, practice
from tools import commands, places
from tools.practice import NAMENS, Practice

__all__ = ["practice"]

pytestmark = pytest.mark.slow
KILLS = 8
MOST_ROUNDS = 20
PAIRS, CHANGES, PORTALS = 12, [1, 2, 3, 4], 2


def changes(practice: Practice, verb: str) -> str:
    return commands.output([places.PYTHON, "-m", "tests.worker.changing", verb], environment=practice.environment())


def told(practice: Practice) -> dict[str, Any]:
    counted: dict[str, Any] = json.loads(changes(practice, "count").splitlines()[-1])
    return counted


def test_it_tells_every_change_once_and_in_order(practice: Practice, tmp_path: Path) -> None:
    changes(practice, "fill")
    dice = random.Random(secrets.randbits(32))
    for _ in range(KILLS):
        lives_for(practice, dice.uniform(0.4, 2.0), tmp_path / "worker.log")
        changes(practice, "later")
    for _ in range(MOST_ROUNDS):
        if told(practice)["waiting"] == 0:
            break
        commands.output([NAMENS, "worker", "--once"], environment=practice.environment())
        changes(practice, "later")
    end = told(practice)
    assert (end["waiting"], end["untold"]) == (0, 0)
    assert end["heard"] == [CHANGES] * (PAIRS * PORTALS)
    assert len(end["numbers"]) == PORTALS
    for numbers in end["numbers"]:
        assert len(numbers) >= PAIRS * len(CHANGES)
        assert numbers == list(range(1, len(numbers) + 1))
