"""Keeps casts ready, so that nobody who comes has to wait: `python -m rehearsal.practice.crew [--once]`.

A process of its own, with the settings of the practice environment. It does what operators and managers do, by the same
actions: it admits the organisation, binds manager and member, and opens an account of a helpdesk agent for the calls.
"""

import argparse
import os
import signal
import threading
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import django

from rehearsal.practice import casts
from rehearsal.practice.book import Book
from rehearsal.practice.casts import Cast
from rehearsal.stage import AMSTERDAM, wall_clock

STOCK = 25
"""So many casts are ready: a group that begins together, and one who begins again."""
PAUSE_SECONDS = 1.0
OPERATOR = ("Beheer van de oefenomgeving", "beheer@oefenen.example")
BY = "practice"


def main() -> None:
    """Fill the stock, and go on doing so until stopped; `--once` only fills it."""
    parser = argparse.ArgumentParser(prog="python -m rehearsal.practice.crew", description=__doc__)
    parser.add_argument("--once", action="store_true", help="fill the stock, then stop")
    once = parser.parse_args().once
    django.setup()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    book = Book(Path(os.environ["REHEARSAL_PRACTICE"]))
    operator = _operator(now=wall_clock())
    while not stopping.is_set():
        if book.ready() < STOCK:
            prepare(book, operator=operator, now=wall_clock())
        elif once:
            return
        else:
            stopping.wait(PAUSE_SECONDS)


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
