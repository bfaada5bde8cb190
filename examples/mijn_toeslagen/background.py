"""What goes on beside the pages: a thread that gets our secret, hears what we missed, and reports acts."""

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event as Signal
from threading import Thread

from namens_client import Namens, NoAnswer

from mijn_toeslagen.catching_up import catch_up
from mijn_toeslagen.portal import Portal

SECONDS_BETWEEN = 30.0
SECONDS_AFTER_TROUBLE = 5.0
# Namens gives an event up after three days of trying; nothing tells us so.
BETWEEN_CATCHING_UP = timedelta(hours=1)
log = logging.getLogger("portal")


@dataclass
class Background:
    """The thread. A page wakes it when there is something to report, or an event was missed."""

    portal: Portal
    machine: Namens
    stopped: Signal = field(default_factory=Signal)
    heard_at: datetime | None = None

    def start(self) -> None:
        """Begin."""
        Thread(target=self._go_on, name="with Namens", daemon=True).start()

    def stop(self) -> None:
        """End, after what is under way."""
        self.stopped.set()
        self.portal.something_to_report.set()

    def turn(self) -> float:
        """Do what there is to do; gives the seconds until the next time, unless somebody wakes us before that."""
        return min(self._tried(self._report), self._tried(self._hear))

    def _tried(self, do: Callable[[], None]) -> float:
        try:
            do()
        except NoAnswer as problem:
            log.warning("Namens did not answer: %s", problem)
            return max(SECONDS_AFTER_TROUBLE, problem.retry_after or 0)
        except sqlite3.Error as problem:
            log.warning("our own file did not answer: %s", type(problem).__name__)
            return SECONDS_AFTER_TROUBLE
        return SECONDS_BETWEEN

    def _report(self) -> None:
        """Report the acts that wait. Raises NoAnswer."""
        while self.portal.reports.send(self.machine, service=self.portal.settings.service_key):
            pass

    def _go_on(self) -> None:
        wake = self.portal.something_to_report
        while not self.stopped.is_set():
            wait = self.turn()
            wake.wait(wait)
            wake.clear()

    def _hear(self) -> None:
        """Hear what was told while we were away, or was not told in time. Raises NoAnswer."""
        here = self.portal
        missed = here.something_missed.is_set()
        now = here.clock()
        if not missed and self.heard_at is not None and now - self.heard_at < BETWEEN_CATCHING_UP:
            return
        here.something_missed.clear()
        # When this comes to no end, the next turn tries again.
        self.heard_at = None
        catch_up(here, self.machine)
        if not here.secrets.read():
            here.secrets.renew(self.machine)
        self.heard_at = now
