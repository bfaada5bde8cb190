"""A process that keeps decisions until it is killed, and prints the id of each once it may be answered.

`python -m tests.decisions.keeper FOLDER` keeps only; with `--move` it has them moved to the journal as well.
"""

import os
import random
import sys
import time
from pathlib import Path

from namens.decisions.journaling import Journaling
from namens.decisions.spool import Spool
from namens.lib import clock
from tests.decisions.entries import kept

SIZES = (1, 1, 1, 5, 50, 1000)


def keep(spool: Spool, *, pause: float) -> None:
    """Keep batches of several sizes for ever."""
    while True:
        batch = [kept(at=clock.now()) for _ in range(random.choice(SIZES))]
        spool.keep(batch)
        os.write(1, "".join(f"{entry.id}\n" for entry in batch).encode())
        time.sleep(pause)


def main() -> None:
    """Keep, and perhaps move."""
    folder = Path(sys.argv[1])
    if "--move" not in sys.argv:
        # Small files, so that one is often finished or begun when the end comes.
        keep(Spool(folder, segment_bytes=20_000), pause=0)
    journal = Journaling(folder=folder)
    journal.start()
    keep(journal.spool, pause=0.1)


if __name__ == "__main__":
    main()
