"""growth: do decisions take longer with ten million mandates than with ten thousand?

The same database three times, kept on the way to its full size. The sizes are asked in turn, so that whatever else the
machine does slows all of them alike; beside each, pgbench on the same data.
"""

import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import sql

from benchmarks import raw
from benchmarks.decisions import Pool, door, pool, register, token
from benchmarks.load import CONNECTIONS, ask
from benchmarks.many import fill_mandates
from benchmarks.report import median, p99, report
from benchmarks.world import fill
from namens.lib import clock

SIZES = (10_000, 1_000_000, 10_000_000)
QUESTIONS, ROUNDS, WORKERS = 100_000, 8, 2
AIM = 1.3


@dataclass
class Size:
    """One size: its database, its questions and how long they took."""

    mandates: int
    database: str
    questions: Pool
    times: list[float] = field(default_factory=list)
    alone: raw.Bench | None = None
    written: str = ""


def main() -> None:
    """Measure and report."""
    seconds = float(sys.argv[1])
    sizes = _filled()
    with ExitStack() as doors:
        ports = [doors.enter_context(door(workers=WORKERS, environment=_environment(size.database))) for size in sizes]
        for turn in range(ROUNDS + 1):
            for size, port in zip(sizes, ports, strict=True):
                calls, first = size.questions.calls(token()), turn * QUESTIONS // ROUNDS
                asked = ask(port, calls, seconds=seconds / ROUNDS, first=first).insist()
                # The first round warms.
                size.times += asked.times if turn else []
    for size in sizes:
        size.alone = raw.pgbench(size.mandates, connections=CONNECTIONS, seconds=seconds / 2, database=size.database)
    _report(sizes)


def _filled() -> list[Size]:
    """Fill the database, and copy it at each size but the last."""
    now, begin, sizes = clock.now(), 0, []
    fill()
    register(now=now)
    name = str(settings.DATABASES["default"]["NAME"])
    for mandates in SIZES:
        written = fill_mandates(begin, mandates, now=now)
        database = name if mandates == SIZES[-1] else _copy(name, f"{name}_{mandates}")
        sizes.append(Size(mandates, database, pool(mandates, size=QUESTIONS), written=str(written)))
        begin = mandates
        print(f"  {mandates:,} mandates: {written}", flush=True)
    return sizes


def _copy(name: str, other: str) -> str:
    """Copy a database that nobody uses now; gives the name of the copy."""
    database = connections["default"]
    assert isinstance(database, DatabaseWrapper)
    database.close()
    database.close_pool()
    host, user = (str(settings.DATABASES["default"][part]) for part in ("HOST", "USER"))
    with psycopg.connect(host=host, user=user, dbname="postgres", autocommit=True) as plain:
        plain.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(other), sql.Identifier(name)))
    with psycopg.connect(host=host, user=user, dbname=other, autocommit=True) as plain:
        plain.execute("VACUUM ANALYZE")
    return other


def _environment(database: str) -> dict[str, str]:
    """Give what lets a program use this database of the same server."""
    address = os.environ["NAMENS_DATABASE_URL"]
    return {"NAMENS_DATABASE_URL": urlsplit(address)._replace(path=f"/{database}").geturl()}


def _report(sizes: list[Size]) -> None:
    least, rows = median(sizes[0].times), []
    figures: dict[str, dict[str, float | str]] = {}
    for size in sizes:
        assert size.alone is not None
        usual, slow, alone = median(size.times), p99(size.times), size.alone
        rows += [
            (
                f"{size.mandates:,}",
                f"{usual:6.2f} ms median, {usual / least:.2f} times the smallest (aim {AIM}), {slow:.1f} ms at p99",
            ),
            (
                "  pgbench",
                f"{median(alone.times):6.2f} ms median, {p99(alone.times):.1f} ms at p99, {alone.rate:.0f} a second",
            ),
        ]
        figures[str(size.mandates)] = {"median_ms": usual, "p99_ms": slow, "times_the_smallest": usual / least}
        figures[str(size.mandates)] |= {"pgbench_median_ms": median(alone.times), "pgbench_p99_ms": p99(alone.times)}
        figures[str(size.mandates)] |= {"pgbench_a_second": alone.rate, "n": len(size.times), "filled": size.written}
    report("growth", rows, figures={"sizes": figures, "connections": CONNECTIONS, "workers": WORKERS, "wrong": 0})


if __name__ == "__main__":
    main()
