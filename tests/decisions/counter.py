"""A process that counts some decisions, says so, and waits: `python -m tests.decisions.counter FOLDER PORTAL TIMES`."""

import os
import sys
import time
from pathlib import Path

from namens.decisions.config import DecisionSettings
from namens.decisions.counts import Endpoint
from namens.decisions.metrics import Metrics


def main() -> None:
    """Count, write the numbers and wait."""
    folder, portal, times = sys.argv[1:]
    metrics = Metrics(DecisionSettings(folder=Path(folder)))
    metrics.counts.decided("expired", portal=portal, endpoint=Endpoint.EVALUATION, told=True, times=int(times))
    metrics.counts.waiting = lambda: 7
    metrics.start()
    time.sleep(1.5)
    os.write(1, b"counted\n")
    time.sleep(600)


if __name__ == "__main__":
    main()
