"""pages: how long our pages take, as a multiple of our frame with a session and no rows, over HTTP with one worker.

The pages are asked in turn, so that whatever else the machine does slows all of them alike.
"""

import sys
import time
from dataclasses import dataclass, field
from datetime import datetime

from benchmarks.measure import statements
from benchmarks.report import median, p99, report
from benchmarks.site import Browser, InProcess, pages
from benchmarks.world import fill, mandate, people, visit
from namens.lib import clock

AIM = 3
MANDATES, CLIENTS = 50, 500
FRAME, HOME, OVERVIEW = "/toegankelijkheid", "/", "/mijn-machtigingen"


@dataclass
class Page:
    """One page as one visitor sees it; `times` in seconds."""

    name: str
    path: str
    session: str
    statements: int = 0
    times: list[float] = field(default_factory=list)

    def show(self) -> None:
        """Show it within this process."""
        assert InProcess(session=self.session).send("GET", self.path).status == 200


def main() -> None:
    """Measure and report."""
    seconds, now = float(sys.argv[1]), clock.now()
    fill()
    shown = _shown(now)
    for page in shown:
        page.statements = statements(page.show)
    with pages(workers=1) as port:
        _measure(shown, port, seconds=seconds)
    _report(shown)


def _shown(now: datetime) -> list[Page]:
    parties = people(2 + MANDATES + CLIENTS, now=now)
    client, helper, *others = parties
    for other in others[:MANDATES]:
        mandate(client, other, now=now)
    for other in others[MANDATES:]:
        mandate(other, helper, now=now)
    newcomer = visit(others[-1], now=now)
    return [
        Page("frame, no rows", FRAME, newcomer),
        Page("home", HOME, newcomer),
        Page("Mijn machtigingen, 1 mandate", OVERVIEW, newcomer),
        Page(f"Mijn machtigingen, {MANDATES} mandates", OVERVIEW, visit(client, now=now)),
        Page(f"Mijn machtigingen, {CLIENTS} clients", OVERVIEW, visit(helper, now=now)),
    ]


def _measure(shown: list[Page], port: int, *, seconds: float) -> None:
    browsers = [(page, Browser(port, session=page.session)) for page in shown]
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for page, browser in browsers:
            began = time.perf_counter()
            assert browser.send("GET", page.path).status == 200
            page.times.append(time.perf_counter() - began)


def _report(shown: list[Page]) -> None:
    frame = median(shown[0].times)
    rows, figures = [], {}
    for page in shown:
        usual, slow = median(page.times), p99(page.times)
        words = f"{usual:6.1f} ms median, {slow:6.1f} ms at the 99th percentile, {page.statements} statements, "
        rows.append((page.name, f"{words}{usual / frame:.2f} times the frame (aim {AIM})"))
        figures[page.name] = {"median_ms": usual, "p99_ms": slow, "statements": page.statements}
    report("pages", rows, figures=figures)


if __name__ == "__main__":
    main()
