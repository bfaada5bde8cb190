"""noting: what counting, tracing and keeping for the journal cost an answer of the decisions door, in microseconds, and
how late the event loop comes while what was kept is moved into PostgreSQL.

Beside them in the same run: one bare write, the counters of prometheus_client for several processes, a loop that keeps
nothing, and one with the moving in a thread of its own process (decision 0043).
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import uvloop

from benchmarks.ready import tables
from benchmarks.report import p99, report
from namens.decisions import spool
from namens.decisions.counts import Counts, Endpoint
from namens.decisions.exporting import Traces
from namens.decisions.journaling import TURN_SECONDS, Journaling
from namens.decisions.moving import move_waiting
from namens.decisions.pulse import Pulse
from namens.decisions.spool import Kept, Spool
from namens.decisions.traces import Parent
from namens.lib import clock
from namens.lib.ids import new_id

ROUNDS, TURNS = 30, 2000
A_SECOND, BURST = 2000, 10
NOW, SOMEBODY = clock.now(), new_id()
EVALUATION = Endpoint.EVALUATION


def main() -> None:
    """Measure and report."""
    seconds = float(sys.argv[1])
    tables()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        alone = {**_kept(folder), **_counted(folder), **_traced()}
        rate = _rate(folder / "rate")
        lags = {
            "a loop that keeps nothing": _lag(lambda _: None, seconds=seconds),
            f"that keeps {A_SECOND} a second": _lag(Spool(folder / "kept").keep, seconds=seconds),
            "and another process moves them": _moved(folder / "moved", seconds=seconds),
            "and a thread moves them": _moved_by_thread(folder / "thread", seconds=seconds),
        }
    rows = [(name, f"{spent:8.2f} µs") for name, spent in alone.items()]
    rows += [(name, f"{median(late) * 1000:.2f} ms late, p99 {p99(late):.2f} ms") for name, late in lags.items()]
    rows.append(("moved to the journal by one process", f"{rate:.0f} a second"))
    figures = {
        "moved_a_second": round(rate),
        "microseconds": {name: round(spent, 2) for name, spent in alone.items()},
        "late_ms": {name: {"median": median(late) * 1000, "p99": p99(late)} for name, late in lags.items()},
    }
    report("noting", rows, figures=figures)


def entry() -> Kept:
    """Give one decision, with an id of its own."""
    return Kept(
        id=new_id(),
        at=NOW,
        portal=SOMEBODY,
        actor=SOMEBODY,
        subject=SOMEBODY,
        mandate=SOMEBODY,
        result="permit",
        service="mijn-toeslagen",
        request="0190f7a2-0000-7000-8000-000000000000",
    )


def each(work: Callable[[], object], *, turns: int = TURNS) -> float:
    """Give how many microseconds one turn takes: the median of some rounds."""
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(turns):
            work()
        spent.append((time.perf_counter() - began) / turns * 1_000_000)
    return median(spent)


def _kept(folder: Path) -> dict[str, float]:
    keeping, one, hundred = Spool(folder / "spool"), [entry()], [entry() for _ in range(100)]
    with (folder / "bare").open("ab", buffering=0) as file:
        bare = each(lambda: os.write(file.fileno(), bytes(150)))
    return {
        "one bare write of 150 bytes": bare,
        "keep one decision": each(lambda: keeping.keep(one)),
        "keep a hundred in one answer": each(lambda: keeping.keep(hundred), turns=100),
        "make one entry": each(entry),
    }


def _counted(folder: Path) -> dict[str, float]:
    counts = Counts()

    def count() -> None:
        counts.answered(EVALUATION, status=200, seconds=0.003)
        counts.decided("permit", portal="my-portal", endpoint=EVALUATION, told=True)
        counts.looked_up(3)
        counts.shown(known=True)

    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    from prometheus_client import Counter, Histogram  # noqa: PLC0415 - it looks for that folder at its import

    requests, decided = Counter("requests", "-", ["endpoint", "status"]), Counter("decided", "-", ["p", "e", "o"])
    spent, pairs, tokens = Histogram("spent", "-", ["endpoint"]), Histogram("pairs", "-"), Counter("tokens", "-", ["f"])

    def theirs() -> None:
        requests.labels("evaluation", "200").inc()
        spent.labels("evaluation").observe(0.003)
        decided.labels("my-portal", "evaluation", "permit").inc()
        pairs.observe(3)
        tokens.labels("kept").inc()

    return {"count one request": each(count), "the same with prometheus_client": each(theirs, turns=200)}


def _traced() -> dict[str, float]:
    traces, parent = Traces(endpoint="http://127.0.0.1:1", ratio=0.0), Parent(1, 1, sampled=True)

    def trace(by: Parent | None) -> None:
        traces.record(
            EVALUATION,
            parent=by,
            ended_at=NOW,
            seconds=0.003,
            status=200,
            portal="my-portal",
            outcomes={"permit": 1},
            pairs=1,
        )

    found = {
        "a request that nobody traces": each(lambda: trace(None)),
        "a span": each(lambda: trace(parent), turns=10),
    }
    traces.stop()
    return found


def _moved(folder: Path, *, seconds: float) -> list[float]:
    """Keep as a door does."""
    journal = Journaling(folder=folder)
    journal.start()
    journal.spool.keep([entry()])
    while spool.waiting_bytes(folder):
        time.sleep(0.1)
    late = _lag(journal.spool.keep, seconds=seconds)
    journal.stop()
    return late


def _moved_by_thread(folder: Path, *, seconds: float) -> list[float]:
    keeping = Spool(folder)

    def move() -> None:
        keeping.turn()
        move_waiting(folder=folder)

    moving = Pulse("thread", seconds=TURN_SECONDS, work=move)
    moving.start()
    late = _lag(keeping.keep, seconds=seconds)
    moving.stop()
    return late


def _rate(folder: Path) -> float:
    """Give how many entries a second are moved."""
    keeping = Spool(folder)
    for _ in range(100):
        keeping.keep([entry() for _ in range(100)])
    keeping.close()
    began = time.perf_counter()
    return move_waiting(folder=folder) / (time.perf_counter() - began)


def _lag(keep: Callable[[Sequence[Kept]], object], *, seconds: float) -> list[float]:
    """Keep at an even pace, and give how many seconds too late the loop came to each."""

    async def pace() -> list[float]:
        loop, late, pause = asyncio.get_running_loop(), list[float](), BURST / A_SECOND
        due, end = loop.time(), loop.time() + seconds
        while due < end:
            due += pause
            await asyncio.sleep(due - loop.time())
            late.append(max(0.0, loop.time() - due))
            keep([entry() for _ in range(BURST)])
        return late

    return uvloop.run(pace())


if __name__ == "__main__":
    main()
