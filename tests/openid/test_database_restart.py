"""The database crashes under people who log in, and comes back: trouble while it is gone, none afterwards."""

import json
import os
import subprocess
import sys

import pytest

from tests.databases import CHOICE
from tools import places


@pytest.mark.slow
@pytest.mark.skipif(os.environ.get(CHOICE) != "postgresql", reason="a file does not crash")
def test_it_is_right_at_once_after_the_database_came_back() -> None:
    """Four people log in again and again; it crashes under them, and once more while nobody is there."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.openid.restarting"], cwd=places.ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    told = json.loads(ran.stdout.splitlines()[-1])
    began = {name.rpartition(" ")[0]: set[str]() for name in told["statuses"]}
    for name in told["statuses"]:
        moment, _, status = name.rpartition(" ")
        began[moment].add(status)
    assert began["after"] == began["after a quiet crash"] == {"200", "303"}
    assert began["before"] | began.get("away", set()) == {"200", "303", "503"}
    assert told["odd"] == []
    rows = told["rows"]
    assert rows["requests"] == rows["codes"] == rows["families"] == rows["journal"]
    assert (rows["used"], rows["ended"]) == (rows["proofs"], 0)
