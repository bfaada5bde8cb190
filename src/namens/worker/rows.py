"""Taking rows of the outbox one by one, and what becomes of a row. What is wrong with one stops no other."""

import traceback
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from typing import TypeVar
from uuid import UUID

import structlog
from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, IntegrityError, InternalError, ProgrammingError, transaction

from namens.lib import clock
from namens.outbox import actions as outbox
from namens.outbox.models import Kind, OutboxRow

# What can be wrong with one row or one person while all the others are fine. Named one by one: a catch of everything
# would hide a broken worker too. What is not named here ends the worker, and still is in nobody's way when it starts
# again: a row is counted and rests from its lease on, a person from the question on.
UNFIT = (
    ArithmeticError,
    AttributeError,
    DataError,
    IntegrityError,
    InternalError,
    LookupError,
    ObjectDoesNotExist,
    OSError,
    ProgrammingError,
    RuntimeError,
    TypeError,
    ValueError,
)

Brought = TypeVar("Brought")

log = structlog.get_logger()


class LeaseLost(RuntimeError):
    """Another worker has the row by now: what this one was about to write is taken back."""


@contextmanager
def settling(row: OutboxRow) -> Iterator[None]:
    """Do something and settle the row, both or neither. Raises LeaseLost."""
    with transaction.atomic():
        yield
        if not outbox.settle(row, now=clock.now()):
            raise LeaseLost


def hand_out(
    *,
    kind: Kind,
    most: int,
    to: Callable[[OutboxRow], None],
    tried: bool | None = None,
    besides: Callable[[], Collection[UUID]] = tuple,
    untried_of: Callable[[], Collection[UUID]] = tuple,
) -> int:
    """Lease rows one by one, each when its turn has come: a row that ends the worker takes no other with it.

    `besides` is asked each time for whom nothing can leave now, and `untried_of` of whom everything counts as tried.
    """
    for number in range(most):
        now, left = clock.now(), besides()
        rows = outbox.lease(now=now, kind=kind, tried=tried, most=1, besides=left, untried_of=untried_of())
        if not rows:
            return number
        to(rows[0])
    return most


def close(row: OutboxRow, problem: str | None) -> None:
    """Settle the row, or let it rest until its next try."""
    now = clock.now()
    if problem is None:
        outbox.settle(row, now=now)
        return
    log.warning("not taken", kind=row.kind, row=str(row.id), attempts=row.attempts, problem=problem)
    outbox.postpone(row, now=now, problem=problem)


def attempt(work: Callable[[], object]) -> str | None:
    """Do this, and give the name of what was wrong with it when that is nobody else's trouble."""
    try:
        work()
    except UNFIT as problem:
        report(problem)
        return type(problem).__name__
    return None


def begin(work: Callable[[OutboxRow], None], row: OutboxRow) -> None:
    """Do this with the row; when that goes wrong the row rests until its next try."""
    problem = attempt(partial(work, row))
    if problem is not None:
        close(row, problem)


def take_up(row: OutboxRow, work: Callable[[Brought], None], brought: Future[Brought]) -> None:
    """Go on with what a carrier brought; when that goes wrong the row rests until its next try."""
    if (raised := brought.exception()) is not None:
        report(raised, row=str(row.id))
        close(row, type(raised).__name__)
        return
    problem = attempt(partial(work, brought.result()))
    if problem is not None:
        close(row, problem)


def report(problem: BaseException, **about: str) -> None:
    """Say what went wrong and where, never with its message: that may hold what nobody may read."""
    frames = traceback.extract_tb(problem.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    log.error("unexpected", problem=type(problem).__name__, where=where, **about)
