"""Journaling beside the event loop: a thread brings what was kept to the disk, a process of its own to the journal.

A thread that moves would make every answer wait for its turn (ADR 0043). One process moves for all doors that share the
folder; each door looks whether it lives and starts another. It ends with the door that started it. Knows no Django.
"""

import subprocess
import sys
import time
from pathlib import Path

from namens.decisions import held, spool
from namens.decisions.pulse import Pulse
from namens.decisions.spool import Spool

SYNC_SECONDS, TURN_SECONDS = 0.1, 0.5
# A mover that cannot begin is not started again and again.
AGAIN_SECONDS = 5.0
STOPPED_WITHIN_SECONDS = 5.0
LOCK = "mover.lock"


class Journaling:
    """The entries of this process, and what brings them further. Made after the fork; `spool.keep` is for the loop."""

    def __init__(self, *, folder: Path) -> None:
        self._folder = folder
        self.spool = Spool(folder)
        self._mover: subprocess.Popen[bytes] | None = None
        self._started_at = float("-inf")
        self._syncing = Pulse("sync", seconds=SYNC_SECONDS, work=self.spool.sync)
        self._turning = Pulse("journal", seconds=TURN_SECONDS, work=self._turn)

    def start(self) -> None:
        """Begin."""
        self._syncing.start()
        self._turning.start()

    def stop(self) -> None:
        """Finish, and move what can be moved within a few seconds; the rest is for whoever moves next.

        Not for the event loop: it waits.
        """
        self._syncing.stop()
        self._turning.stop()
        self.spool.close()
        if spool.waiting_bytes(self._folder):
            self._have_moved()
        self._end_mover()

    def _turn(self) -> None:
        # Where no portal wants a journal, no mover is ever started.
        if self.spool.turn():
            self._have_moved()

    def _have_moved(self) -> None:
        """Start a mover when none lives, and not too soon after the last one."""
        if self._mover is not None and self._mover.poll() is not None:
            self._end_mover()
        recently = time.monotonic() - self._started_at < AGAIN_SECONDS
        if self._mover is not None or recently or held.is_held(self._folder / LOCK):
            return
        self._started_at = time.monotonic()
        program = [sys.executable, "-m", "namens.decisions.mover", str(self._folder)]
        # A session of its own: Ctrl-C is for the door, and the mover ends when the door lets go of its input.
        self._mover = subprocess.Popen(program, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our words

    def _end_mover(self) -> None:
        mover, self._mover = self._mover, None
        if mover is None or mover.stdin is None:
            return
        mover.stdin.close()
        try:
            mover.wait(STOPPED_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            # It waits for the database. Killed at any moment it loses nothing.
            mover.kill()
            mover.wait()
