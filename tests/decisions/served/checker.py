"""Holds the door's answers against the truth while everything happens."""

import asyncio
import secrets
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import Error, connection, connections

from tests.decisions.machine import Machine
from tests.decisions.served.acting import Actors, portal_of_world
from tests.decisions.served.asking import Asking
from tests.decisions.served.harming import harms
from tests.decisions.served.serving import Served, serving
from tests.decisions.served.truth import Truth
from tests.decisions.served.world import World

AT_ONCE, LONGEST = 16, 400.0
TOKEN_SECONDS = 100.0
# Nobody waits longer than a second; lanes are made anew within one.
AFTER = 2.0


class Run:
    """One run: who acts, who asks, and what is done to the database."""

    def __init__(self, place: World, portal: Machine, actors: Actors) -> None:
        self._portal, self._actors = portal, actors
        self.harms = harms(place, at_work=actors.at_work)
        self.harmed: list[tuple[str, float, float]] = []
        self.problems: list[str] = []
        self.did = actors.did
        self._is_over = threading.Event()

    def token(self) -> str:
        """Give a token that lives."""
        return self._portal.token

    def ask(self, port: int, enough: int) -> Asking:
        """Ask while the others do what they do."""
        questions = {
            (helper, client): self._portal.question(self._actors.people[helper], self._actors.people[client])
            for helper, client in self._actors.pairs
        }
        asking = Asking(port, questions, self.token, enough, time.monotonic() + LONGEST)
        threads = [threading.Thread(target=self._kept, args=[do]) for do in (self._act, self._harm)]
        for thread in threads:
            thread.start()
        asyncio.run(asking.ask(AT_ONCE))
        self._is_over.set()
        for thread in threads:
            thread.join()
        return asking

    def ask_after(self, harm: str, served: Served) -> int:
        """Harm the database while nobody asks, and give the status of the very first answer afterwards."""
        self.harms[harm]()
        helper, client = self._actors.pairs[0]
        people = self._actors.people
        return served.ask(self._portal.question(people[helper], people[client]), token=self.token()).status

    def _kept(self, do: Callable[[], None]) -> None:
        try:
            do()
        except BaseException as problem:
            self.problems.append(repr(problem))
            raise

    def _act(self) -> None:
        logged_in = time.monotonic()
        while not self._is_over.wait(0.005):
            if time.monotonic() - logged_in > TOKEN_SECONDS:
                try:
                    self._portal.log_in()
                    logged_in = time.monotonic()
                except (Error, AssertionError):
                    continue  # Told to come again later.
            self._actors.act()
        connection.close()

    def _harm(self) -> None:
        while not self._is_over.wait(1 + secrets.randbelow(300) / 100):
            name = secrets.choice(list(self.harms))
            began = time.monotonic()
            self.harms[name]()
            self.harmed.append((name, began, time.monotonic()))


def check(place: World, enough: int) -> dict[str, Any]:
    """Run it, and say what came of it."""
    # A pool would make who acts wait for seconds after each harm.
    connections.settings["default"]["OPTIONS"].pop("pool", None)
    portal, truth = portal_of_world(), Truth()
    run = Run(place, portal, Actors(truth))
    with serving(place.address) as served:
        began = time.monotonic()
        asking = run.ask(served.port, enough)
        seconds = time.monotonic() - began
        quiet = [run.ask_after(harm, served) for harm in sorted(run.harms)]
    return told(run, asking, truth) | {"seconds": round(seconds, 1), "after a quiet harm": quiet}


def told(run: Run, asking: Asking, truth: Truth) -> dict[str, Any]:
    """Say what came of it."""
    return {
        "answers": len(asking.said),
        "yes": sum(said.value for said in asking.said),
        "certain": sum(len(truth.possible(said)) == 1 for said in asking.said),
        "wrong": [repr(said) for said in truth.wrong(asking.said)],
        "did": run.did,
        "harmed": [name for name, _, _ in run.harmed],
        "refused": len(asking.refused),
        "statuses": sorted({one.code for one in asking.refused}),
        "refused without a reason": sum(
            not any(one.received >= began and one.sent <= ended + AFTER for _, began, ended in run.harmed)
            for one in asking.refused
        ),
        "slowest": round(max((one.received - one.sent for one in asking.said + asking.refused), default=0), 2),
        "odd": asking.odd,
        "problems": run.problems,
    }
