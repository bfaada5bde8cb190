"""People who give, stop, report and take back mandates at random, by real actions, and note what is true since when."""

import secrets
import time
from collections import Counter
from collections.abc import Callable
from threading import Lock

from django.db import Error, connection

from namens.codes.actions import Match
from namens.grants.actions import make_keys
from namens.lib import clock
from namens.mandates.actions import Activated, activate, report, restore, stop, try_code
from namens.mandates.models import Mandate, ReportKind
from namens.mandates.states import State
from namens.parties.models import Party
from tests.decisions.machine import Machine, machine
from tests.decisions.served.truth import Pair, Truth
from tests.people import BSNS, fresh, give, load_catalogue, person

PATIENCE, AGAIN = 60.0, 0.05


def portal_of_world() -> Machine:
    """Register a portal whose machine has a token for decisions, in a world where nothing is yet."""
    load_catalogue()
    make_keys(now=clock.now())
    made = machine()
    made.log_in()
    return made


class Actors:
    """One after the other does something. `at_work` is held while they do."""

    def __init__(self, truth: Truth) -> None:
        self.people: dict[str, Party] = {name: person(name, now=clock.now()) for name in BSNS}
        self.pairs: list[Pair] = [(helper, client) for helper in BSNS for client in BSNS if helper != client]
        self.at_work = Lock()
        self.did: Counter[str] = Counter()
        self._truth = truth

    def act(self) -> None:
        """Let somebody do something, and note what is true afterwards; also when nobody knows what came of it."""
        helper, client = pair = secrets.choice(self.pairs)
        with self.at_work:
            began = time.monotonic()
            try:
                name, value = self._act(self.people[helper], self.people[client], client)
            except Error:
                name, value = "nobody knows", self._look(pair)
            self._truth.changed(pair, value=value, began=began, certain=time.monotonic())
        self.did[name] += 1

    def _act(self, helper: Party, client: Party, name: str) -> tuple[str, bool]:
        mandate = running(helper, client)
        if mandate is None:
            offered = give(client, helper, now=clock.now())
            match = try_code(code=offered.code, bsn=BSNS[name], helper=helper, now=clock.now())
            assert isinstance(match, Match)
            fresh(client, now=clock.now())
            assert isinstance(activate(code=match.code, helper=helper, now=clock.now()), Activated)
            return "given", True
        now = clock.now()
        choices: dict[str, tuple[Callable[[], object], bool]] = {
            "stopped by client": (lambda: stop(mandate=mandate.id, by=client, now=now), False),
            "stopped by helper": (lambda: stop(mandate=mandate.id, by=helper, now=now), False),
            "reported": (lambda: report(mandate=mandate.id, by=client, kind=ReportKind.UNWANTED, now=now), False),
        }
        if mandate.state == State.SUSPENDED:
            del choices["stopped by helper"], choices["reported"]
            choices["restored"] = (lambda: restore(mandate=mandate.id, by=client, now=now), True)
        chosen = secrets.choice(list(choices))
        do, value = choices[chosen]
        do()
        return chosen, value

    def _look(self, pair: Pair) -> bool:
        """Say what the database says, as soon as it says anything."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            connection.close()
            try:
                found = running(self.people[pair[0]], self.people[pair[1]])
            except Error:
                time.sleep(AGAIN)
            else:
                return found is not None and found.state == State.ACTIVE
        raise AssertionError("the database did not come back")


def running(helper: Party, client: Party) -> Mandate | None:
    """Give the mandate between these two that is active or suspended."""
    states = [State.ACTIVE, State.SUSPENDED]
    return Mandate.objects.filter(representative=helper, representee=client, state__in=states).first()
