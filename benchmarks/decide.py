"""decide: how many questions a second a portal's machine gets answered over HTTP, its token checked, beside pgbench
with the same statement over as many connections. Each answer is held against the truth; half are yes.
"""

import sys

from benchmarks import raw
from benchmarks.decisions import Pool, door, pool, register, token
from benchmarks.load import CONNECTIONS, Answered, ask
from benchmarks.many import fill_mandates
from benchmarks.report import median, p99, report, spread
from benchmarks.world import fill
from namens.lib import clock

WORKERS, QUESTIONS, WARM = 2, 100_000, 3.0
AIM, AIM_P99_MS = 0.4, 25


def main() -> None:
    """Measure and report."""
    seconds, mandates, now = float(sys.argv[1]), int(sys.argv[3]), clock.now()
    fill()
    written = fill_mandates(0, mandates, now=now)
    register(now=now)
    questions = pool(mandates, size=QUESTIONS)
    with door(workers=WORKERS) as port:
        asked = measured(port, questions, seconds=seconds)
    alone = raw.pgbench(mandates, connections=CONNECTIONS, seconds=seconds)
    _report(asked, alone, questions, written=str(written))


def measured(port: int, questions: Pool, *, seconds: float, connections: int = CONNECTIONS) -> Answered:
    """Ask for so long, after a while that does not count."""
    calls = questions.calls(token())
    ask(port, calls, seconds=WARM, connections=connections).insist()
    return ask(port, calls, seconds=seconds, connections=connections, first=QUESTIONS // 2).insist()


def _report(asked: Answered, alone: raw.Bench, questions: Pool, *, written: str) -> None:
    ratio, yes = asked.rate / alone.rate, questions.share_of_yes
    with_what = f"{WORKERS} workers, {CONNECTIONS} connections"
    rows = [
        ("mandates", f"{questions.mandates:,}; {written}"),
        ("decisions", f"{asked.rate:7.0f} a second, {with_what}; {yes:.0%} yes, none wrong, {asked.refused} refused"),
        ("one answer", f"{spread(asked.times)} (aim {AIM_P99_MS})"),
        ("pgbench", f"{alone.rate:7.0f} a second, {spread(alone.times)}"),
        ("ratio", f"{ratio:7.2f} of pgbench (aim {AIM})"),
        ("who asks", f"{asked.cpu / asked.seconds:7.2f} of one core, on the same cores; it reads every answer"),
    ]
    figures = {"mandates": questions.mandates, "connections": CONNECTIONS, "workers": WORKERS, "share_of_yes": yes}
    figures |= {"decisions_a_second": asked.rate, **asked.figures, "pgbench_a_second": alone.rate, "ratio": ratio}
    figures |= {"pgbench_median_ms": median(alone.times), "pgbench_p99_ms": p99(alone.times)}
    report("decide", rows, figures=figures)


if __name__ == "__main__":
    main()
