"""Letting a worker work until it has no more to do, and what it does at another hour."""

import time
from datetime import datetime

from namens.lib import clock
from namens.worker import Worker

MOST_SECONDS = 20


def work(worker: Worker, *, at: datetime | None = None) -> int:
    """Let it take turns until it waits for nothing and nobody. Gives the number of turns that had something to do."""
    busy, until = 0, time.monotonic() + MOST_SECONDS
    with clock.frozen(at or clock.now()):
        while time.monotonic() < until:
            if worker.turn():
                busy += 1
            elif worker.is_waiting:
                time.sleep(0.005)
            else:
                return busy
    raise AssertionError("this worker never comes to an end")
