"""Without the right settings no command begins; the program says which one is wrong, in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("namens")


def start(**changes: str | None) -> "subprocess.CompletedProcess[str]":
    """Run `namens check` with other settings; None leaves one out."""
    wanted = {name: value for name, value in {**os.environ, **changes}.items() if value is not None}
    return subprocess.run([PROGRAM, "check"], env=wanted, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"NAMENS_BASE_URL": None},
            "the environment variable NAMENS_BASE_URL is not set; docs/settings.md says what it is for",
        ),
        (
            {"NAMENS_DAYS_AHEAD": "0"},
            "the environment variable NAMENS_DAYS_AHEAD must be a whole number from 1 to 366",
        ),
        (
            {"NAMENS_KEYS": ","},
            "the environment variable NAMENS_KEYS must be id:base64 with commas between: the keyring is empty",
        ),
    ],
    ids=["missing", "out of bounds", "no keyring"],
)
def test_it_names_the_setting_that_is_wrong(changes: dict[str, str | None], says: str) -> None:
    done = start(**changes)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"namens: {says}\n")


def test_it_says_what_keeps_a_deployment_from_starting() -> None:
    done = start(NAMENS_ENVIRONMENT="production", NAMENS_HELPDESK_PHONE="")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("namens: this deployment may not start. ")
