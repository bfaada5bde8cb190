"""decide-many: 1,000 questions in each request, beside the same statement about 1,000 pairs at the database alone."""

import sys

from benchmarks import raw
from benchmarks.decisions import door, pool, register, token
from benchmarks.load import Answered, ask
from benchmarks.many import fill_mandates
from benchmarks.measure import PROCESSES
from benchmarks.report import median, p99, report
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
    rate, used = asked.rate * EACH, asked.cpu / asked.seconds
    rows = [
        ("mandates", f"{mandates:,}"),
        (
            "decisions",
            f"{rate:8.0f} a second (aim {AIM}), {WORKERS} workers, {CONNECTIONS} connections, none wrong, {asked.refused} refused",
        ),
        (
            "one answer",
            f"{median(asked.times):8.1f} ms median, {p99(asked.times):.1f} ms at p99, for {EACH:,} decisions",
        ),
        ("statement", f"{limit:8.0f} pairs a second, {PROCESSES} connections, its rows not read"),
        ("one statement", f"{median(alone):8.1f} ms median, {p99(alone):.1f} ms at p99, for {EACH:,} pairs"),
        ("ratio", f"{rate / limit:8.2f} of the statement"),
        ("who asks", f"{used:8.2f} of one core, on the same cores; it reads every answer"),
    ]
    figures = {
        "mandates": mandates,
        "connections": CONNECTIONS,
        "workers": WORKERS,
        "each": EACH,
        "wrong": 0,
        "refused": asked.refused,
    }
    figures |= {"decisions_a_second": rate, "median_ms": median(asked.times), "p99_ms": p99(asked.times)}
    figures |= {"statement_pairs_a_second": limit, "statement_median_ms": median(alone), "asker_cores": used}
    report("decide_many", rows, figures={**figures, "statement_p99_ms": p99(alone), "ratio": rate / limit})


if __name__ == "__main__":
    main()
