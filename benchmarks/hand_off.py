"""hand_off: 100 pages with a QR that wait for a yes, each asking every 2.5 seconds, and what that costs the process
that serves them, as a share of one core.

Beside it in the same run: the least that our pages answer (`/health`), as often.
"""

import time
from collections.abc import Sequence
from datetime import datetime
from itertools import cycle

from benchmarks.measure import statements
from benchmarks.processes import cpu, serving
from benchmarks.report import median, p99, report
from benchmarks.site import Browser, InProcess, pages
from benchmarks.world import SERVICE, fill, people, visit
from namens.appointments.actions import make_hand_off
from namens.lib import clock
from namens.lib.periods import Duration
from namens.parties.models import Party
from namens.services.models import Service

WAITING, EVERY, LASTS = 100, 2.5, 60.0
AIM = 10.0


def main() -> None:
    """Measure and report."""
    now = clock.now()
    fill()
    helpers = people(WAITING, now=now)
    waiting = [(_asks(helper, now), visit(helper, now=now)) for helper in helpers]
    path, session = waiting[0]
    counted = statements(lambda: InProcess(session=session).send("GET", path))
    with pages(workers=1) as port:
        processes = serving(port)
        browsers = [(path, Browser(port, session=session)) for path, session in waiting]
        _ask(browsers, seconds=EVERY)
        spent, times = _cost(browsers, processes)
        least, _ = _cost([("/health", browser) for _, browser in browsers], processes)
    _report(spent, least, times, counted=counted)


def _asks(helper: Party, now: datetime) -> str:
    """Let a helper show a QR, and give what the page asks every 2.5 seconds."""
    chosen = list(Service.objects.filter(key=SERVICE))
    made = make_hand_off(helper=helper, label="Proef", services=chosen, duration=Duration.ONE_YEAR, now=now)
    return f"/overdracht/qr/{made.hand_off.request_id}/stand"


def _cost(browsers: Sequence[tuple[str, Browser]], processes: Sequence[int]) -> tuple[float, list[float]]:
    """Give the share of one core in percent that it took to answer for a minute, and how long each answer took."""
    before = cpu(processes)
    times = _ask(browsers, seconds=LASTS)
    return (cpu(processes) - before) / LASTS * 100, times


def _ask(browsers: Sequence[tuple[str, Browser]], *, seconds: float) -> list[float]:
    """Let each browser ask once in 2.5 seconds, one after the other, evenly; gives how long each answer took."""
    began, pause = time.perf_counter(), EVERY / len(browsers)
    times: list[float] = []
    for number, (path, browser) in enumerate(cycle(browsers)):
        at = began + number * pause
        if at - began >= seconds:
            return times
        time.sleep(max(0.0, at - time.perf_counter()))
        sent = time.perf_counter()
        assert browser.send("GET", path).status == 200
        times.append(time.perf_counter() - sent)
    return times


def _report(spent: float, least: float, times: list[float], *, counted: int) -> None:
    each = spent / 100 * LASTS / len(times) * 1000
    rows = [
        ("waiting pages", f"{WAITING}, each asks every {EVERY:.1f} s, for {LASTS:.0f} s"),
        ("of one core", f"{spent:6.1f} % of the serving process (aim below {AIM:.0f} %), {each:.2f} ms an answer"),
        ("the least", f"{least:6.1f} % for as many answers of /health"),
        ("one answer", f"{median(times):6.1f} ms median, {p99(times):.1f} ms at the 99th percentile"),
        ("statements", f"{counted:6}"),
    ]
    figures = {"core_percent": spent, "health_core_percent": least, "waiting": WAITING, "seconds": LASTS}
    figures |= {"median_ms": median(times), "p99_ms": p99(times), "statements": counted}
    report("hand_off", rows, figures=figures)


if __name__ == "__main__":
    main()
