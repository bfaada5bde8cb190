"""silence: does the time that a helper waits tell whether the person who was stated exists, lives, has an address?

Each case is asked in turn, in an order that changes every round, and held against the case that matches.
"""

import math
import secrets
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from benchmarks.measure import statements
from benchmarks.report import median, p99, report
from benchmarks.world import SERVICE, fill, people
from namens.journal.events import Channel
from namens.lib import clock
from namens.lib.partial_date import PartialDate
from namens.lib.periods import Duration
from namens.mandates.actions import Stated, request
from namens.parties.actions import record_facts, register_person
from namens.parties.facts import PersonFacts, PersonName, StopSignal
from namens.parties.identifiers import Bsn
from namens.parties.models import Party
from namens.parties.stating import state
from namens.services.models import Service

HELPERS, ROUNDS_OF_ONE = 400, 6
BORN = PartialDate(1951, 3, 27)
ONE_IN_A_HUNDRED = 1.628
"""Of Kolmogorov and Smirnov: two large samples of one thing are further apart than this once in a hundred times."""


@dataclass
class Case:
    """Somebody who is stated; `times` in seconds."""

    name: str
    bsn: Bsn
    birth_date: PartialDate
    statements: int = 0
    times: list[float] = field(default_factory=list)


def main() -> None:
    """Measure and report."""
    seconds, now = float(sys.argv[1]), clock.now()
    fill()
    cases, helpers = _cases(now), people(HELPERS, now=now)
    for case in cases:
        # Once before: the very first of anything takes longer.
        _ask(case, helpers[0], now)
        case.statements = statements(partial(_ask, case, helpers[0], now))
    end = time.perf_counter() + seconds
    for helper in (helper for helper in helpers[1:] for _ in range(ROUNDS_OF_ONE)):
        if time.perf_counter() > end:
            break
        for case in secrets.SystemRandom().sample(cases, k=len(cases)):
            began = time.perf_counter()
            _ask(case, helper, now)
            case.times.append(time.perf_counter() - began)
    _report(cases)


def distance(one: Sequence[float], other: Sequence[float]) -> float:
    """Give the largest difference between the shares of both that are at most so long (Kolmogorov and Smirnov)."""
    steps = sorted([(value, 1 / len(one)) for value in one] + [(value, -1 / len(other)) for value in other])
    share, largest = 0.0, 0.0
    for number, (value, step) in enumerate(steps):
        share += step
        if number + 1 == len(steps) or steps[number + 1][0] != value:
            largest = max(largest, abs(share))
    return largest


def by_chance(one: int, other: int) -> float:
    """Give the distance that two samples of one and the same thing exceed once in a hundred times."""
    return ONE_IN_A_HUNDRED * math.sqrt((one + other) / (one * other))


def _cases(now: datetime) -> list[Case]:
    facts = PersonFacts(PersonName("Proef", "", "Persoon"), BORN)
    known = {
        "match": (Bsn("999990019"), facts),
        "deceased": (Bsn("999990214"), replace(facts, signals=frozenset({StopSignal.DECEASED}))),
        "no address": (Bsn("999990469"), facts),
    }
    for bsn, told in known.values():
        record_facts(party=register_person(bsn=bsn, now=now, channel=Channel.COMMAND), facts=told, now=now)
    numbers = {name: bsn for name, (bsn, _) in known.items()}
    return [
        Case("match", numbers["match"], BORN),
        Case("match, again", numbers["match"], BORN),
        Case("other date of birth", numbers["match"], PartialDate(1952, 4, 28)),
        Case("nobody", Bsn("999990421"), BORN),
        Case("deceased", numbers["deceased"], BORN),
        Case("no address", numbers["no address"], BORN),
    ]


def _ask(case: Case, helper: Party, now: datetime) -> None:
    chosen = list(Service.objects.filter(key=SERVICE))
    stated = Stated(label="Mevrouw A.", kept=state(bsn=case.bsn, birth_date=case.birth_date, now=now))
    request(helper=helper, stated=[stated], services=chosen, duration=Duration.ONE_YEAR, now=now)


def _report(cases: list[Case]) -> None:
    match, rows, figures = cases[0], [], {}
    limit = by_chance(len(match.times), len(match.times))
    for case in cases:
        usual, slow, apart = median(case.times), p99(case.times), distance(match.times, case.times)
        words = f"{usual:6.2f} ms median, {slow:6.2f} ms at the 99th percentile, n {len(case.times)}"
        rows.append((case.name, f"{words}, {case.statements} statements, distance {apart:.3f} (at most {limit:.3f})"))
        told = {"median_ms": usual, "p99_ms": slow, "n": len(case.times), "statements": case.statements}
        figures[case.name] = {**told, "distance": apart}
    differ = [case.name for case in cases if distance(match.times, case.times) > limit]
    rows.append(("differ", ", ".join(differ) or "none of them, as far as so many tries can tell"))
    report("silence", rows, figures={**figures, "distance_by_chance": limit, "differ": differ})


if __name__ == "__main__":
    main()
