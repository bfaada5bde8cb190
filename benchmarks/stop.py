"""stop: a client stops a mandate by the real action; is the very next question answered with no, while others ask too?

The portal's own event is not measured: nobody sends it yet.
"""

import sys
import threading
import time
from dataclasses import dataclass, field

from benchmarks import invented
from benchmarks.decisions import Pool, door, mandate_asked_about, pool, register, token
from benchmarks.invented import Course, Sort, uuid_of
from benchmarks.load import Answered, Calls, ask, ask_here
from benchmarks.many import fill_mandates
from benchmarks.report import median, p99, report
from benchmarks.world import fill
from namens.lib import clock
from namens.mandates.actions import stop
from namens.parties.models import Party

STOPS, OTHERS, WORKERS = 1_000, 8, 2
MANDATES = 100_000


@dataclass
class Stopped:
    """How many seconds it took: the action, and after it the question; and how many questions until no."""

    acting: list[float] = field(default_factory=list)
    asking: list[float] = field(default_factory=list)
    questions: list[int] = field(default_factory=list)


def main() -> None:
    """Measure and report."""
    now = clock.now()
    fill()
    fill_mandates(0, MANDATES, now=now)
    register(now=now)
    with door(workers=WORKERS) as port:
        stopped, others = _among_others(port)
    _report(stopped, others)


def _among_others(port: int) -> tuple[Stopped, Answered]:
    """Stop while others ask about what is not stopped: the last tenth of the mandates."""
    untouched = pool(MANDATES, size=20_000)
    kept = [turn for turn in range(20_000) if mandate_asked_about(turn, MANDATES) >= MANDATES * 9 // 10]
    quiet = Pool(MANDATES, [untouched.bodies[turn] for turn in kept], [untouched.needles[turn] for turn in kept])
    found: list[Answered] = []
    stopped, ended = Stopped(), threading.Event()

    def others() -> None:
        while not ended.is_set():
            found.append(ask(port, quiet.calls(token()), seconds=2, connections=OTHERS).insist())

    beside = threading.Thread(target=others)
    beside.start()
    try:
        _stop_all(port, stopped)
    finally:
        ended.set()
        beside.join()
    return stopped, found[-1]


def _stop_all(port: int, stopped: Stopped) -> None:
    running = (number for number in range(MANDATES * 9 // 10) if _runs(number))
    for number, _ in zip(running, range(STOPS), strict=False):
        _stop_one(port, number, stopped)


def _runs(mandate: int) -> bool:
    return invented.course_of(mandate) is Course.RUNS and not invented.is_at_organisation(mandate)
