"""The worker: hands outbox rows to their rooms, keeps the register's facts fresh, and throws away what is spent.

Killed at any moment it loses nothing: a row it held comes back when its lease ends.
"""

import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, connections

from namens.codes import actions as codes
from namens.grants import actions as grants
from namens.grants import logout
from namens.journal.events import Channel
from namens.lib import clock
from namens.mandates import queries
from namens.mandates.actions import block
from namens.outbox import actions as outbox
from namens.outbox.models import Kind, OutboxRow
from namens.population import actions as population
from namens.population.answers import Found
from namens.signin import drafts

PAUSE_SECONDS = 0.2
UPKEEP_EVERY = timedelta(minutes=1)
REGISTER_EVERY = timedelta(hours=24)

log = structlog.get_logger()


@dataclass
class Rounds:
    """When what has to be done next. Nothing here is lost with the process: it only says when to look again."""

    upkeep_due: datetime
    register_due: datetime


def run(*, once: bool) -> None:
    """Work until SIGTERM or SIGINT, or hand out once what is due."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopping.set())
    rounds = Rounds(upkeep_due=clock.now(), register_due=clock.now())
    while True:
        if not _turn(rounds):
            stopping.wait(PAUSE_SECONDS)
        if once or stopping.is_set():
            return


def hand_out(*, now: datetime) -> int:
    """Lease what is due and hand each row to its room. Gives how many rows there were."""
    rows = outbox.lease(now=now)
    for row in rows:
        _hand_over(row)
    return len(rows)


def erase_spent(*, now: datetime) -> None:
    """Erase what nobody can use any more: codes that were shown, drafts, requests and tokens."""
    codes.forget_stale(now=now)
    drafts.forget_stale(now=now)
    grants.forget_stale(now=now)


def refresh_one(*, now: datetime) -> bool:
    """Ask the register about one person with a running mandate whom it was not asked about for a day.

    True when there may be more to ask. One at a time, so that a slow register never holds up what has to leave.
    """
    stale = queries.people_with_running_mandates(refreshed_before=now - REGISTER_EVERY, today=clock.day_of(now), most=1)
    for party in stale:
        answer = population.refresh(party=party, now=now, channel=Channel.WORKER)
        if not isinstance(answer, Found):
            log.warning("register not asked", party=str(party.id), answer=type(answer).__name__)
            return False
        party.person.refresh_from_db()
        block(person=party.person, now=now, channel=Channel.WORKER)
    return bool(stale)


def _turn(rounds: Rounds) -> bool:
    """Do one round; True when there was something to hand out. A database that is away is waited for."""
    now = clock.now()
    try:
        if hand_out(now=now):
            return True
        if now >= rounds.upkeep_due:
            erase_spent(now=now)
            rounds.upkeep_due = now + UPKEEP_EVERY
        if now >= rounds.register_due and not refresh_one(now=now):
            rounds.register_due = now + UPKEEP_EVERY
    except (OperationalError, InterfaceError) as problem:
        log.warning("database away", problem=type(problem).__name__)
        connections.close_all()
    return False


def _hand_over(row: OutboxRow) -> None:
    problem = _ROOMS[Kind(row.kind)](row)
    now = clock.now()
    if problem is None:
        outbox.settle(row, now=now)
        return
    log.warning("not taken", kind=row.kind, row=str(row.id), attempts=row.attempts, problem=problem)
    outbox.postpone(row, now=now, problem=problem)


def _end_access(row: OutboxRow) -> str | None:
    grants.end_access(mandate=UUID(row.payload["mandate"]), now=clock.now())
    return None


def _send_logout(row: OutboxRow) -> str | None:
    outcome = logout.send(family=UUID(row.payload["family"]), now=clock.now())
    return outcome.problem if isinstance(outcome, logout.Failed) else None


_ROOMS: dict[Kind, Callable[[OutboxRow], str | None]] = {
    Kind.ACCESS_ENDED: _end_access,
    Kind.BACK_CHANNEL_LOGOUT: _send_logout,
}
