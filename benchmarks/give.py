"""give: how many mandates a second are given and activated, beside as many plain statements on the same server."""

import sys

from benchmarks.measure import PROCESSES, database_alone, in_processes, statements, timed
from benchmarks.report import median, p99, report
from benchmarks.world import fill, mandate, people
from namens.lib import clock

AIM = 150
TRANSACTIONS = 3
PEOPLE = 400


def main() -> None:
    """Measure and report."""
    seconds, now = float(sys.argv[1]), clock.now()
    fill()
    parties = people(PEOPLE, now=now)
    givers, helpers = parties[: PEOPLE // 2], parties[PEOPLE // 2 :]
    count = statements(lambda: mandate(givers[-1], helpers[-1], now=now))

    def give(number: int) -> list[float]:
        own = list(zip(givers[number::PROCESSES], helpers[number::PROCESSES], strict=True))
        return timed(lambda turn: mandate(*own[turn % len(own)], now=now), seconds=seconds)

    pairs = in_processes(give)
    raw = database_alone(statements=count, transactions=TRANSACTIONS, seconds=seconds)
    rate, limit = len(pairs) / seconds, len(raw) / seconds
    rows = [
        ("given and activated", f"{rate:7.0f} pairs a second (aim {AIM}), {PROCESSES} processes, PostgreSQL"),
        ("one pair", f"{median(pairs):7.1f} ms median, {p99(pairs):.1f} ms at the 99th percentile"),
        ("statements of one pair", f"{count:7} in {TRANSACTIONS} transactions"),
        ("database alone", f"{limit:7.0f} a second: as many plain statements and transactions and processes"),
        ("ratio", f"{rate / limit:7.2f} of the database alone"),
    ]
    figures = {"pairs_a_second": rate, "median_ms": median(pairs), "p99_ms": p99(pairs), "statements": count}
    report("give", rows, figures={**figures, "database_alone_a_second": limit, "processes": PROCESSES})


if __name__ == "__main__":
    main()
