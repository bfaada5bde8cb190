"""pages: how long our pages take, as a multiple of a page without rows, over HTTP with one worker.

The pages are asked in turn, so that whatever else the machine does slows all of them alike.
"""

import sys
import time
from dataclasses import dataclass, field
from datetime import datetime

from benchmarks.measure import statements
from benchmarks.report import median, p99, report
from benchmarks.site import Browser, InProcess, pages
from benchmarks.world import SERVICE, fill, logins, mandate, people, visit
from namens.lib import clock
from namens.parties.models import Party

AIM = 3
EMPTY, DONE_EMPTY = "frame, no rows", "Wat is er voor u gedaan, no lines"
MANDATES, CLIENTS = 50, 500
LINES = 10_000
FRAME, HOME, OVERVIEW, DONE, BY_ME = (
    "/toegankelijkheid",
    "/",
    "/mijn-machtigingen",
    "/wat-is-er-gedaan",
    "/wat-hebt-u-gedaan",
)


@dataclass
class Page:
    """One page as one visitor sees it; `times` in seconds. `empty` is the page that it is compared with."""

    name: str
    path: str
    session: str
    empty: str = EMPTY
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
    parties = people(5 + MANDATES + CLIENTS, now=now)
    client, helper, nobody, busy, third, *others = parties
    for other in others[:MANDATES]:
        mandate(client, other, now=now)
    for other in others[MANDATES:]:
        mandate(other, helper, now=now)
    newcomer = visit(others[-1], now=now)
    return [
        Page(EMPTY, FRAME, newcomer),
        Page("home", HOME, newcomer),
        Page("Mijn machtigingen, 1 mandate", OVERVIEW, newcomer),
        Page(f"Mijn machtigingen, {MANDATES} mandates", OVERVIEW, visit(client, now=now)),
        Page(f"Mijn machtigingen, {CLIENTS} clients", OVERVIEW, visit(helper, now=now)),
        *_done(busy, third, nobody, now=now),
    ]


def _done(client: Party, helper: Party, nobody: Party, *, now: datetime) -> list[Page]:
    """Give *Wat is er voor u gedaan* with nothing, and with ten thousand lines: whole, chosen from, and far back."""
    other = people(1, now=now, skipped=5 + MANDATES + CLIENTS)[0]
    one = mandate(client, helper, now=now)
    mandate(client, other, now=now)
    oldest = logins(client, helper, mandate=one, count=LINES, now=now)
    at, month = visit(client, now=now), f"{oldest.at:%Y-%m}"
    shown = {
        "": "",
        ", one helper": f"?helper={helper.id}",
        ", a helper who did nothing": f"?helper={other.id}",
        ", one service": f"?service={SERVICE}",
        ", the oldest month": f"?month={month}",
        ", far back": f"?newer={oldest.id}",
    }
    lines = f"Wat is er voor u gedaan, {LINES} lines"
    return [
        Page(DONE_EMPTY, DONE, visit(nobody, now=now), empty=DONE_EMPTY),
        *(Page(f"{lines}{name}", f"{DONE}{query}", at, empty=DONE_EMPTY) for name, query in shown.items()),
        Page(f"Wat hebt u gedaan, {LINES} lines", BY_ME, visit(helper, now=now), empty=DONE_EMPTY),
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
    empty = {page.name: median(page.times) for page in shown if page.name == page.empty}
    rows, figures = [], {}
    for page in shown:
        usual, slow = median(page.times), p99(page.times)
        words = f"{usual:6.1f} ms median, {slow:6.1f} ms at the 99th percentile, {page.statements} statements, "
        rows.append((page.name, f"{words}{usual / empty[page.empty]:.2f} times {page.empty} (aim {AIM})"))
        figures[page.name] = {"median_ms": usual, "p99_ms": slow, "statements": page.statements}
    report("pages", rows, figures=figures)


if __name__ == "__main__":
    main()
