"""Serves the practice environment and empties it every night: `python -m rehearsal practice`; `--wipe`: at once."""

import fcntl
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from rehearsal.practice.environment import FOLDER, MARK, Environment, refuse_settings
from rehearsal.stage import AMSTERDAM, wall_clock
from tools import places
from tools.run import Stopping, run
from tools.say import Trouble, fail, line, step

NIGHT = time(3)
"""When everything is emptied, on the clock in the Netherlands."""


def main(*, wipe: bool) -> None:
    """Serve until Ctrl-C, or empty. Exit status 1 after trouble."""
    stopping = Stopping()
    try:
        if wipe:
            empty_now()
            return
        environment = Environment.as_usual()
        stopping.listen()
        with alone(environment.folder) as lock:
            lock.write_text(str(os.getpid()), encoding="utf-8")
            serve(environment, stopping=stopping)
    except BlockingIOError:
        fail(Trouble("A practice environment runs already, in another terminal. Stop that one first."))
    except Trouble as trouble:
        # Ctrl-C also reaches the command of that moment, which then fails: no trouble, but what was asked.
        if not stopping():
            fail(trouble)


def serve(environment: Environment, *, stopping: Stopping) -> None:
    """Serve day after day, until somebody asks to stop. Raises `Trouble`."""
    if is_left_over(environment, now=wall_clock()):
        empty(environment.folder)
    emptying = Emptying()
    emptying.listen()
    while not stopping():
        day = Day(stopping=stopping, emptying=emptying, ends_at=next_night(wall_clock()))
        run(environment, stopping=day, greeting=lambda: greeting(environment))
        if not stopping():
            emptying.asked = False
            with step("emptying the practice environment"):
                empty(environment.folder)


@dataclass
class Emptying:
    """Remembers that `--wipe` was asked from another terminal."""

    asked: bool = False

    def listen(self) -> None:
        """Take that signal from now on."""
        signal.signal(signal.SIGUSR1, self._note)

    def _note(self, *_: object) -> None:
        self.asked = True


@dataclass
class Day:
    """Until when the programs run: the night, or somebody who asks to stop or to empty."""

    stopping: Stopping
    emptying: Emptying
    ends_at: datetime

    def __call__(self) -> bool:
        """Whether it is over."""
        return self.stopping() or self.emptying.asked or wall_clock() >= self.ends_at


def next_night(now: datetime) -> datetime:
    """Give the next moment at which everything is emptied."""
    local = now.astimezone(AMSTERDAM)
    tonight = datetime.combine(local.date(), NIGHT, tzinfo=AMSTERDAM)
    return tonight if tonight > local else datetime.combine(local.date() + timedelta(days=1), NIGHT, tzinfo=AMSTERDAM)


def is_left_over(environment: Environment, *, now: datetime) -> bool:
    """Say whether what is there is of no use: a night has passed meanwhile, or it was made for other addresses."""
    mark = environment.folder / MARK
    if not mark.exists():
        return False
    if mark.read_text(encoding="utf-8") != environment.addresses:
        return True
    made_at = datetime.fromtimestamp(mark.stat().st_mtime, UTC)
    return next_night(made_at) <= now


def empty_now() -> None:
    """Empty at once: by whoever serves, or here when nobody does. Raises `Trouble`."""
    refuse_settings(os.environ)
    folder = places.var() / FOLDER
    try:
        with alone(folder):
            empty(folder)
    except BlockingIOError:
        os.kill(int(_lock_of(folder).read_text(encoding="utf-8")), signal.SIGUSR1)
        line("The practice environment that runs empties itself now, and starts again.")
    else:
        line("The practice environment is empty.")


def empty(folder: Path) -> None:
    """Remove everything in the folder of a practice environment. Raises `Trouble` for any other folder."""
    if not folder.exists():
        return
    if folder.is_symlink() or not (folder / MARK).is_file():
        raise Trouble(f"{folder} is no practice environment: there is no file {MARK} in it. Nothing is removed.")
    shutil.rmtree(folder)


@contextmanager
def alone(folder: Path) -> Iterator[Path]:
    """Be the only one that works with this folder. Gives the lock file; raises BlockingIOError when another one is."""
    path = _lock_of(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield path


def greeting(environment: Environment) -> str:
    """Where to begin."""
    return (
        f"\nThe practice environment is ready.\n\n  Begin here  {environment.rehearsal_address}\n"
        f"  Trainers    {environment.rehearsal_address}/groep\n  Namens      {environment.pages_address}\n\n"
        f"Everything is emptied at {NIGHT:%H:%M}, and by: python -m rehearsal practice --wipe\n"
        f"Logs: {places.logs()}. Ctrl-C stops everything."
    )


def _lock_of(folder: Path) -> Path:
    return folder.with_suffix(".lock")
