"""A thread that does something again and again beside the event loop, until it is told to stop."""

import threading
import traceback
from collections.abc import Callable

import structlog

STOPPED_WITHIN_SECONDS = 5

log = structlog.get_logger()


class Pulse:
    """Does `work` every so many seconds, and once more at its end. What goes wrong is logged, and tried again."""

    def __init__(self, name: str, *, seconds: float, work: Callable[[], object]) -> None:
        self._name, self._seconds, self._work = name, seconds, work
        self._stopping = threading.Event()
        # A daemon: a database that does not answer must not keep a process from ending. What it moves stays on disk.
        self._thread = threading.Thread(target=self._run, name=f"namens-{name}", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> bool:
        """Let it work once more and end; says whether it did within a few seconds."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(STOPPED_WITHIN_SECONDS)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.wait(self._seconds):
            carefully(self._name, self._work)
        carefully(self._name, self._work)


def carefully(name: str, work: Callable[[], object]) -> None:
    """Do it, and say what went wrong without its message: that may hold what nobody may read."""
    try:
        work()
    except Exception as problem:  # noqa: BLE001 - who dies silently would fill the disk behind it
        frames = traceback.extract_tb(problem.__traceback__)
        where = f"{frames[-1].filename}:{frames[-1].lineno}"
        log.error("unexpected", work=name, problem=type(problem).__name__, where=where)
