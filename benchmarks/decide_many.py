"""decide-many: 1,000 questions in each request, beside the same statement about 1,000 pairs at the database alone."""

import sys

from benchmarks import raw
from benchmarks.decisions import door, pool, register, token
from benchmarks.load import Answered, ask
from benchmarks.many import fill_mandates
from benchmarks.measure import PROCESSES
from benchmarks.report import median, p99, report, spread
from benchmarks.world import fill
from namens.lib import clock

EACH, CONNECTIONS, WORKERS, QUESTIONS, WARM = 1_000, 4, 2, 100_000, 3.0
AIM = 100_000


def main() -> None:
    """Measure and report."""
    seconds, mandates, now = float(sys.argv[1]), int(sys.argv[3]), clock.now()
    fill()
    fill_mandates(0, mandates, now=now)
    register(now=now)
    calls = pool(mandates, size=QUESTIONS).calls_of_many(token(), each=EACH)
    with door(workers=WORKERS) as port:
        ask(port, calls, seconds=WARM, connections=CONNECTIONS).insist()
        asked = ask(port, calls, seconds=seconds, connections=CONNECTIONS, first=50).insist()
    alone = raw.many_in_one(mandates, each=EACH, seconds=seconds)
    _report(asked, alone, mandates=mandates, limit=len(alone) * EACH / seconds)


def _report(asked: Answered, alone: list[float], *, mandates: int, limit: float) -> None:
    rate, with_what = asked.rate * EACH, f"{WORKERS} workers, {CONNECTIONS} connections"
    rows = [
        ("mandates", f"{mandates:,}"),
        ("decisions", f"{rate:8.0f} a second (aim {AIM}), {with_what}; none wrong, {asked.refused} refused"),
        ("one answer", f"{spread(asked.times)}, for {EACH:,} decisions"),
        ("statement", f"{limit:8.0f} pairs a second, {PROCESSES} connections, its rows not read"),
        ("one statement", f"{spread(alone)}, for {EACH:,} pairs"),
        ("ratio", f"{rate / limit:8.2f} of the statement"),
        ("who asks", f"{asked.cpu / asked.seconds:8.2f} of one core, on the same cores; it reads every answer"),
    ]
    figures: dict[str, float] = {"mandates": mandates, "connections": CONNECTIONS, "workers": WORKERS, "each": EACH}
    figures |= {"decisions_a_second": rate, **asked.figures, "statement_pairs_a_second": limit, "ratio": rate / limit}
    figures |= {"statement_median_ms": median(alone), "statement_p99_ms": p99(alone)}
    report("decide_many", rows, figures=figures)


if __name__ == "__main__":
    main()
