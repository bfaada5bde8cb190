"""The process that moves kept decisions into the journal: `python -m namens.decisions.mover FOLDER`.

Started by a door and ended with it: once nobody holds the other end of its input it moves for the last time. One at a
time for a folder; another one ends at once.
"""

import os
import select
import signal
import sys
from functools import partial
from pathlib import Path

import structlog

from namens.decisions import held
from namens.decisions.journaling import LOCK
from namens.decisions.pulse import carefully

MOVE_SECONDS = 0.5
# The answers go first when there is not enough of the machine for both.
_NICE = 5

log = structlog.get_logger()


def main(words: list[str]) -> int:
    """Move until the door is gone."""
    folder = Path(words[0])
    if held.lock(folder / LOCK) is None:
        return 0
    os.nice(_NICE)
    # Whoever stops a whole group of processes stops the door too, and its last entries want to be moved.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "namens.settings")
    import django  # noqa: PLC0415 - only who has the lock needs it

    django.setup()
    is_last = False
    while not is_last:
        is_last = bool(select.select([sys.stdin], [], [], MOVE_SECONDS)[0])
        carefully("journal", partial(move, folder))
    return 0


def move(folder: Path) -> None:
    """Move all that is finished. A database that is away is waited for."""
    from django.db import InterfaceError, OperationalError, connections  # noqa: PLC0415 - as above

    from namens.decisions.moving import move_waiting  # noqa: PLC0415 - Django has to be ready first

    try:
        move_waiting(folder=folder)
    except (OperationalError, InterfaceError) as problem:
        log.warning("database away", problem=type(problem).__name__)
        connections.close_all()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
