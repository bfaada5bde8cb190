"""What goes on beside the pages: a thread that gets our secret, hears what we missed, and reports acts."""

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event as Signal
from threading import Thread

from namens_client import Namens, NoAnswer, TooOld

from mijn_toeslagen import hearing
from mijn_toeslagen.portal import Portal

SECONDS_BETWEEN = 30.0
SECONDS_AFTER_TROUBLE = 5.0
log = logging.getLogger("portal")


@dataclass
class Background:
    """The thread. A page wakes it when there is something to report."""

    portal: Portal
    machine: Namens
    stopped: Signal = field(default_factory=Signal)
    is_ready: bool = False

    def start(self) -> None:
        """Begin."""
        Thread(target=self._go_on, name="with Namens", daemon=True).start()

    def stop(self) -> None:
        """End, after what is under way."""
        self.stopped.set()
        self.portal.something_to_report.set()

    def turn(self) -> float:
        """Do what there is to do; gives the seconds until the next time, unless somebody wakes us before that."""
        return min(self._tried(self._report), self._tried(self._make_ready))

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

    def _make_ready(self) -> None:
        """Once: get our first secret, and hear what was told while we were away. Raises NoAnswer."""
        if self.is_ready:
            return
        here = self.portal
        read = here.heard.read()
        if read is None:
            # We are new: what happened before is in no session of ours.
            here.heard.go_on_after(self.machine.newest_event())
        else:
            self._catch_up(read)
        if not here.secrets.read():
            here.secrets.renew(self.machine)
        self.is_ready = True

    def _catch_up(self, read: int) -> None:
        here = self.portal
        try:
            for event in self.machine.events(after=read):
                if not here.heard.was_heard(str(event.id)):
                    hearing.take(event, here)
        except TooOld:
            # What was told is gone: nobody stays logged in on its strength.
            newest = self.machine.newest_event()
            here.sessions.end_all(login.sid for login in here.sessions.logins())
            here.heard.go_on_after(newest)
