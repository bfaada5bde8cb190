"""A hundred thousand answers, held against the truth while people act and the database is in trouble."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.databases import CHOICE
from tools import places

ENOUGH = 100_000


@pytest.mark.slow
def test_it_never_says_what_was_not_so_whatever_happens_to_the_database() -> None:
    """Errors only while it lasts; each answer was true at some moment between asking and hearing."""
    told = checked(os.environ[CHOICE], ENOUGH)
    assert told["problems"] == []
    assert told["odd"] == {}
    assert told["wrong"] == []
    assert told["answers"] >= ENOUGH
    # Enough of everything, or all this would show nothing.
    assert told["certain"] > ENOUGH // 2
    assert min(told["yes"], told["answers"] - told["yes"]) > ENOUGH // 20
    assert sum(told["did"].values()) > 50
    assert len(told["harmed"]) > 5
    assert (set(told["statuses"]) | {503}, told["refused without a reason"]) == ({503}, 0)
    assert set(told["after a quiet harm"]) == {200}


def checked(kind: str, enough: int) -> dict[str, Any]:
    """Run the checker, and give what came of it."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.decisions.served.checking", kind, str(enough)],
        cwd=places.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return dict(json.loads(ran.stdout.splitlines()[-1]))
