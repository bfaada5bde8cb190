"""stop: a client stops a mandate by the real action; is the very next question answered with no, while others ask too?

The portal's own event is not measured: nobody sends it yet.
"""

import threading
import time
from dataclasses import dataclass, field
from itertools import islice

from benchmarks import invented
from benchmarks.decisions import Pool, body_of, door, mandate_asked_about, needle, pool, register, token
from benchmarks.invented import Course, Question, Sort, uuid_of
from benchmarks.load import Answered, ask, ask_here
from benchmarks.many import fill_mandates
from benchmarks.report import median, p99, report, spread
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
    shown, running = "", (number for number in range(MANDATES * 9 // 10) if _runs(number))
    for turn, number in enumerate(islice(running, STOPS)):
        # A token lives five minutes.
        if turn % 100 == 0:
            shown = token()
        _stop_one(port, number, shown, stopped)


def _runs(mandate: int) -> bool:
    return invented.course_of(mandate) is Course.RUNS and not invented.is_at_organisation(mandate)


def _stop_one(port: int, mandate: int, shown: str, stopped: Stopped) -> None:
    """Hear yes, stop, and ask until no."""
    identity, client = uuid_of(Sort.MANDATE, mandate), Party.objects.get(id=uuid_of(Sort.CLIENT, mandate // 2))
    question = body_of(Question(client=mandate // 2, service=0, helper=invented.helper_of(mandate)))
    yes, no = (Pool(MANDATES, [question], [needle(truth)]).calls(shown) for truth in (str(identity), "stopped"))
    ask_here(port, yes, seconds=5, connections=1, most=1).insist()
    began = time.perf_counter()
    stop(mandate=identity, by=client, now=clock.now())
    acted = time.perf_counter()
    asked = 1
    while ask_here(port, no, seconds=5, connections=1, most=1).wrong:
        asked += 1
    stopped.acting.append(acted - began)
    stopped.asking.append(time.perf_counter() - acted)
    stopped.questions.append(asked)


def _report(stopped: Stopped, others: Answered) -> None:
    first = sum(asked == 1 for asked in stopped.questions)
    rows = [
        ("mandates", f"{MANDATES:,}, of which {len(stopped.questions):,} are stopped, one after the other"),
        ("no at once", f"{first:6} of {len(stopped.questions)} by the very next question (aim all)"),
        ("until no", f"{spread(stopped.asking)}, on a new connection"),
        ("the action", spread(stopped.acting)),
        ("others", f"{others.rate:6.0f} answers a second meanwhile, {OTHERS} connections, {WORKERS} workers"),
        ("the event", "not measured: nobody sends it to portals yet"),
    ]
    figures: dict[str, float] = {
        "mandates": MANDATES,
        "stops": len(stopped.questions),
        "no_by_the_next_question": first,
    }
    figures |= {"until_no_median_ms": median(stopped.asking), "until_no_p99_ms": p99(stopped.asking)}
    figures |= {"action_median_ms": median(stopped.acting), "action_p99_ms": p99(stopped.acting)}
    report("stop", rows, figures={**figures, "others_a_second": others.rate, "connections": OTHERS, "workers": WORKERS})


if __name__ == "__main__":
    main()
