"""stop: a client stops a mandate by the real action; is the very next question answered with no, while others ask too?

And before that, in peace: how long until the portal's own receiver has the event, brought by a worker that was idle.
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from uuid import UUID

from benchmarks import invented
from benchmarks.decisions import CLIENT_ID, Pool, body_of, door, mandate_asked_about, needle, pool, register, token
from benchmarks.hearing import Heard, hear, portal_that_hears
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
HEARD = 200


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
    with portal_that_hears(CLIENT_ID) as told:
        heard = hear(_stops(), told)
    with door(workers=WORKERS) as port:
        stopped, others = _among_others(port)
    _report(stopped, others, heard)


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


def _stops() -> Iterator[tuple[str, Callable[[], object]]]:
    """Give the first mandates that run, each with how its client stops it."""
    for number in islice(_running(), HEARD):
        identity, client = uuid_of(Sort.MANDATE, number), Party.objects.get(id=uuid_of(Sort.CLIENT, number // 2))
        yield str(identity), partial(_stop, identity, client)


def _stop(mandate: UUID, client: Party) -> None:
    stop(mandate=mandate, by=client, now=clock.now())


def _running() -> Iterator[int]:
    return (number for number in range(MANDATES * 9 // 10) if _runs(number))


def _stop_all(port: int, stopped: Stopped) -> None:
    shown = ""
    for turn, number in enumerate(islice(_running(), HEARD, HEARD + STOPS)):
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


def _report(stopped: Stopped, others: Answered, heard: Heard) -> None:
    first = sum(asked == 1 for asked in stopped.questions)
    rows = [
        ("mandates", f"{MANDATES:,}, of which {len(stopped.questions):,} are stopped, one after the other"),
        ("no at once", f"{first:6} of {len(stopped.questions)} by the very next question (aim all)"),
        ("until no", f"{spread(stopped.asking)}, on a new connection"),
        ("the action", spread(stopped.acting)),
        ("others", f"{others.rate:6.0f} answers a second meanwhile, {OTHERS} connections, {WORKERS} workers"),
        ("the event", f"{spread(heard.seconds)} until the portal has it, {len(heard.seconds)} stops (aim p99 1 s)"),
        ("not heard", f"{heard.missing:6} in half a minute (aim 0)"),
    ]
    figures: dict[str, float] = {
        "mandates": MANDATES,
        "stops": len(stopped.questions),
        "no_by_the_next_question": first,
    }
    figures |= {"until_no_median_ms": median(stopped.asking), "until_no_p99_ms": p99(stopped.asking)}
    figures |= {"heard": len(heard.seconds), "not_heard": heard.missing}
    figures |= {"event_median_ms": median(heard.seconds), "event_p99_ms": p99(heard.seconds)}
    figures |= {"action_median_ms": median(stopped.acting), "action_p99_ms": p99(stopped.acting)}
    report("stop", rows, figures={**figures, "others_a_second": others.rate, "connections": OTHERS, "workers": WORKERS})


if __name__ == "__main__":
    main()
