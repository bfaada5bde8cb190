"""decide-sqlite: as decide, from SQLite with one worker, beside sqlite3 alone with the same statement."""

import sys

from benchmarks import raw
from benchmarks.decide import measured
from benchmarks.decisions import door, pool, register
from benchmarks.load import CONNECTIONS, Answered
from benchmarks.many import fill_mandates
from benchmarks.report import median, p99, report, spread
from benchmarks.world import fill
from namens.lib import clock

MANDATES, QUESTIONS = 100_000, 100_000
AIM = 10_000


def main() -> None:
    """Measure and report."""
    seconds, now = float(sys.argv[1]), clock.now()
    fill()
    written = fill_mandates(0, MANDATES, now=now)
    register(now=now)
    with door(workers=1) as port:
        asked = measured(port, pool(MANDATES, size=QUESTIONS), seconds=seconds)
    alone = raw.sqlite_alone(MANDATES, seconds=seconds)
    _report(asked, alone, limit=len(alone) / seconds, written=str(written))


def _report(asked: Answered, alone: list[float], *, limit: float, written: str) -> None:
    with_what = f"1 worker, {CONNECTIONS} connections"
    rows = [
        ("mandates", f"{MANDATES:,}; {written}"),
        ("decisions", f"{asked.rate:7.0f} a second (aim {AIM}), {with_what}; none wrong, {asked.refused} refused"),
        ("one answer", spread(asked.times)),
        ("sqlite3 alone", f"{limit:7.0f} a second, {median(alone):.3f} ms median, {p99(alone):.3f} ms at p99"),
        ("ratio", f"{asked.rate / limit:7.2f} of sqlite3 alone"),
        ("who asks", f"{asked.cpu / asked.seconds:7.2f} of one core, on the same cores; it reads every answer"),
    ]
    figures = {"mandates": MANDATES, "connections": CONNECTIONS, "workers": 1, "decisions_a_second": asked.rate}
    figures |= {**asked.figures, "sqlite3_a_second": limit, "ratio": asked.rate / limit}
    figures |= {"sqlite3_median_ms": median(alone), "sqlite3_p99_ms": p99(alone)}
    report("decide_sqlite", rows, figures=figures)


if __name__ == "__main__":
    main()
