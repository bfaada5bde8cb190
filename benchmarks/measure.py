"""Doing something again and again, in one process or in several at once, and what the database alone needs for it."""

import multiprocessing
import time
import uuid
from collections.abc import Callable
from multiprocessing.queues import SimpleQueue

import psycopg
from django.conf import settings
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test.utils import CaptureQueriesContext

PROCESSES = 2
Answers = SimpleQueue[list[float] | None]
_NO_STATEMENT = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def timed(work: Callable[[int], object], *, seconds: float) -> list[float]:
    """Do `work(turn)` for so long, and give how many seconds each turn took."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        work(len(times))
        times.append(time.perf_counter() - began)
    return times


def in_processes(work: Callable[[int], list[float]], *, count: int = PROCESSES) -> list[float]:
    """Do `work(number)` in `count` processes at once, and give the times of all of them."""
    # What a pool of connections holds cannot be shared with a forked process.
    database = connections["default"]
    assert isinstance(database, DatabaseWrapper)
    database.close()
    database.close_pool()
    forking = multiprocessing.get_context("fork")
    answers: Answers = forking.SimpleQueue()
    started = [forking.Process(target=_answer, args=[work, number, answers]) for number in range(count)]
    for process in started:
        process.start()
    of_each = [answers.get() for _ in started]
    for process in started:
        process.join()
    if None in of_each:
        raise RuntimeError("a process did not come to its end; it has said why")
    return [one for times in of_each for one in times or ()]


def statements(work: Callable[[], object]) -> int:
    """Give how many SQL statements `work` sends; those that only begin or end a transaction do not count."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return sum(not query["sql"].startswith(_NO_STATEMENT) for query in captured.captured_queries)


def database_alone(*, statements: int, transactions: int, seconds: float) -> list[float]:
    """Send as many plain inserts and look-ups in as many transactions, without Django, from as many processes."""
    with _connected() as plain:
        plain.execute("CREATE TABLE raw (id uuid PRIMARY KEY, body text)")

    def one_process(_number: int) -> list[float]:
        with _connected() as plain:
            return timed(lambda _turn: _plain(plain, statements, transactions), seconds=seconds)

    return in_processes(one_process)


def _answer(work: Callable[[int], list[float]], number: int, answers: Answers) -> None:
    """Hand over the times, or None when something went wrong: the one who waits must hear something."""
    times = None
    try:
        times = work(number)
    finally:
        answers.put(times)


def _plain(plain: psycopg.Connection, statements: int, transactions: int) -> None:
    for number in range(statements):
        key = uuid.uuid4()
        if number % 2:
            plain.execute("SELECT body FROM raw WHERE id = %s", [key])
        else:
            plain.execute("INSERT INTO raw VALUES (%s, 'x')", [key])
        if (number + 1) * transactions // statements > number * transactions // statements:
            plain.commit()


def _connected() -> psycopg.Connection:
    database = settings.DATABASES["default"]
    host, user, name = (str(database[part]) for part in ("HOST", "USER", "NAME"))
    return psycopg.connect(host=host, user=user, dbname=name)
