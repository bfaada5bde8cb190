"""Random stops with a replica in trouble, through real doors that are asked all the time."""

import subprocess

import pytest

from tools import places, replicas

pytestmark = [pytest.mark.slow, pytest.mark.one_database]
# One episode of each trouble; the benchmark makes a thousand.
TRIALS = 100


def test_it_never_says_yes_later_than_two_seconds_after_a_stop() -> None:
    if replicas.binaries() is None:
        pytest.skip(replicas.ADVICE)
    command = [str(places.PYTHON), "-m", "benchmarks.stop_on_replicas", str(TRIALS)]
    done = subprocess.run(command, cwd=places.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "yes later than 2 s: 0" in done.stdout
    assert f"trials: {TRIALS}" in done.stdout
