"""Keeps casts ready, so that nobody who comes has to wait: `python -m rehearsal.practice.crew`.

A process of its own, with the settings of the practice environment. It does what operators and managers do, by the same
actions: it admits the organisation, binds manager and member, and opens an account of a helpdesk agent for the calls.
"""

import os
import signal
import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import django

from rehearsal.practice import casts
from rehearsal.practice.book import Book
from rehearsal.practice.casts import Cast
from rehearsal.stage import AMSTERDAM, wall_clock

STOCK, FIRST = 25, 4
"""So many casts are ready: for a group that begins together. The first ones before anything else starts."""
PAUSE_SECONDS = 1.0
OPERATOR = ("Beheer van de oefenomgeving", "beheer@oefenen.example")
BY = "practice"


def main() -> None:
    """Keep the stock full until stopped."""
    django.setup()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    while not stopping.is_set():
        fill(Path(os.environ["REHEARSAL_PRACTICE"]), most=STOCK, stopped=stopping.is_set)
        stopping.wait(PAUSE_SECONDS)


def fill(folder: Path, *, most: int, stopped: Callable[[], bool] = lambda: False) -> None:
    """Make casts until so many are ready. Needs the settings of the practice environment."""
    book = Book(folder)
    missing = 0 if book.is_spent() else most - book.ready()
    operator = _operator(now=wall_clock()) if missing > 0 else None
    while operator is not None and missing > 0 and not (stopped() or book.is_spent()):
        prepare(book, operator=operator, now=wall_clock())
        missing -= 1


def prepare(book: Book, *, operator: UUID, now: datetime) -> Cast:
    """Make one cast, let its organisation work with Namens, and put it in stock."""
    cast = casts.invent(claim=book.claim, today=_day(now))
    enter(cast, operator=operator, now=now)
    book.add(cast)
    return cast


def enter(cast: Cast, *, operator: UUID, now: datetime) -> None:
    """Let Namens know the organisation of a cast with its people, and the agent who answers its calls."""
    from namens.signin.models import Role  # noqa: PLC0415 - needs the settings
    from namens.signin.staff import accounts  # noqa: PLC0415 - needs the settings
    from tools.practice_organisations import admit_one  # noqa: PLC0415 - needs the settings

    admit_one(cast.organisation, operator=operator, mail_domain=cast.mail_domain, licensed=False, now=now)
    accounts.invite(name="Helpdesk (oefenen)", email=cast.desk_email, role=Role.HELPDESK_AGENT, by=BY, now=now)


def _operator(*, now: datetime) -> UUID:
    from namens.signin.models import Role  # noqa: PLC0415 - needs the settings
    from namens.signin.staff import accounts  # noqa: PLC0415 - needs the settings

    name, email = OPERATOR
    return accounts.invite(name=name, email=email, role=Role.OPERATOR, by=BY, now=now).staff.id


def _day(now: datetime) -> date:
    return now.astimezone(AMSTERDAM).date()


if __name__ == "__main__":
    main()
