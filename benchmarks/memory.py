"""memory: what each process of the door holds after 1,000 requests, and after 100,000."""

from benchmarks.decisions import door, pool, register, token
from benchmarks.load import CONNECTIONS, ask_here
from benchmarks.many import fill_mandates
from benchmarks.processes import resident, serving
from benchmarks.report import report
from benchmarks.world import fill
from namens.lib import clock

MANDATES, QUESTIONS, WORKERS = 100_000, 100_000, 2
FEW, MANY = 1_000, 100_000
AIM_MIB, AIM_GROWTH_MIB = 150, 5


def main() -> None:
    """Measure and report."""
    now = clock.now()
    fill()
    fill_mandates(0, MANDATES, now=now)
    register(now=now)
    questions = pool(MANDATES, size=QUESTIONS)
    with door(workers=WORKERS) as port:
        processes, held, asked = serving(port), [], 0
        for reached in (FEW, *range(MANY // 10, MANY + 1, MANY // 10)):
            calls = questions.calls(token())
            ask_here(port, calls, seconds=240, connections=CONNECTIONS, first=asked, most=reached - asked).insist()
            asked = reached
            held.append((asked, [resident(one) for one in processes]))
    _report(held)


def _report(held: list[tuple[int, list[float]]]) -> None:
    few, many = held[0][1], held[-1][1]
    most, grown = max(many), max(after - before for before, after in zip(few, many, strict=True))
    rows = [
        *[(f"after {asked:,}", ", ".join(f"{one:.0f}" for one in each) + " MiB a process") for asked, each in held],
        ("the largest", f"{most:.0f} MiB (aim {AIM_MIB}); shared pages count in each"),
        ("grown since", f"{grown:+.1f} MiB at most from {FEW:,} to {MANY:,} requests (aim {AIM_GROWTH_MIB})"),
    ]
    figures: dict[str, float] = {"mandates": MANDATES, "connections": CONNECTIONS, "workers": WORKERS}
    figures |= {"most_mib": most, "grown_mib": grown, "wrong": 0}
    report("memory", rows, figures={**figures, "held_mib": {str(asked): each for asked, each in held}})


if __name__ == "__main__":
    main()
