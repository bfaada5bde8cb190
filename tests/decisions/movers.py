"""Processes that use the database of the test, and what they leave behind."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from namens.decisions import held
from namens.decisions.journaling import LOCK
from tools import fixed_settings

MOST_SECONDS = 60


def environment() -> dict[str, str]:
    """The environment of a process that uses the database of this test."""
    found, name = connection.settings_dict, str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return fixed_settings.environment(database_url=f"sqlite:///{name}")
    host = quote(found["HOST"], safe="/")
    return fixed_settings.environment(database_url=f"postgresql://{found['USER']}@/{name}?host={host}")


def children(number: int) -> list[int]:
    """Give the processes that a process of ours started."""
    found = (path.read_text() for path in Path(f"/proc/{number}/task").glob("*/children"))
    return [int(word) for line in found for word in line.split()]


def kill(numbers: list[int]) -> None:
    """Kill these, as far as they still are there."""
    for number in numbers:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def wait_until_none_moves(folder: Path) -> None:
    """Wait for movers whose door is gone: they move once more, and end."""
    until = time.monotonic() + MOST_SECONDS
    while held.is_held(folder / LOCK):
        assert time.monotonic() < until
        time.sleep(0.05)
