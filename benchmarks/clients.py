"""clients: for whom does a member log in? The list at a portal of an organisation with 5,000 clients, as a multiple of
the same list without anybody, over HTTP with one worker; and the search by name at the database.

The pages are asked in turn, so that whatever else the machine does slows all of them alike.
"""

import sys
import time
from functools import partial
from urllib.parse import parse_qs, urlsplit

from django.db import connection

from benchmarks import staff
from benchmarks.measure import statements, timed
from benchmarks.pages import Page
from benchmarks.portals import Site, registered
from benchmarks.report import median, p99, report
from benchmarks.site import Browser, InProcess, pages
from benchmarks.world import fill, lead_to, visit
from namens.lib import clock
from namens.mandates.clients_of import Wanted, clients_of, grounds_of
from namens.organisations.models import Member, Team
from namens.services.models import Portal
from namens.services.profiles import Profile

AIM, AIM_MS = 3, 100
CLIENTS = 5_000
SOUGHT = ("ozdemir", "de vries 4", "1955", "niemand", "an")


def main() -> None:
    """Measure and report."""
    seconds, now = float(sys.argv[1]), clock.now()
    fill()
    site = registered(Profile.NLGOV, now=now)
    works_for, empty = staff.organisation(now=now), staff.organisation(now=now)
    team = Team.objects.create(organisation=works_for, name="Noord")
    sam, alone = staff.member(works_for, team=team, now=now), staff.member(empty, team=None, now=now)
    staff.clients(works_for, number=CLIENTS, keepers=[sam], now=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    shown = [
        _page("nobody", site, alone),
        _page(f"{CLIENTS:,} clients", site, sam),
        _page(f"{CLIENTS:,} clients, page 100", site, sam, query="?page=100"),
        _page("after a search", site, sam, words="ozdemir"),
        _page("my client is not in the list", site, sam, words="ozdemir", query="/missing"),
    ]
    for page in shown:
        page.statements = statements(page.show)
    with pages(workers=1) as port:
        _measure(shown, port, seconds=seconds)
    _report(shown, searches=_search(sam, site.portal, seconds=seconds), plain=_plain(seconds=seconds))


def _page(name: str, site: Site, member: Member, *, words: str = "", query: str = "") -> Page:
    """Let a portal ask, and this member log in for it in a browser of its own; perhaps somebody is looked for."""
    session = visit(member.party, now=clock.now())
    browser = InProcess(session=session)
    place = parse_qs(urlsplit(browser.send("GET", site.address(browser)).location).query)["next"][0]
    lead_to(place, visit=session)
    assert browser.send("POST", place, form={"words": words}).status == 303
    return Page(name, f"{place}{query}", session)


def _measure(shown: list[Page], port: int, *, seconds: float) -> None:
    browsers = [(page, Browser(port, session=page.session)) for page in shown]
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for page, browser in browsers:
            began = time.perf_counter()
            assert browser.send("GET", page.path).status == 200
            page.times.append(time.perf_counter() - began)


def _search(member: Member, portal: Portal, *, seconds: float) -> dict[str, list[float]]:
    """Give how long the one statement of each search takes, with the reading of its rows."""
    now = clock.now()
    grounds, services = grounds_of(member, now=now), frozenset(portal.service_ids())

    def seek(words: str) -> list[float]:
        wanted = Wanted(typed=words, services=services, begun=True)
        work = partial(clients_of, member, grounds=grounds, wanted=wanted, now=now)
        return timed(lambda _turn: work(), seconds=seconds / len(SOUGHT))

    return {words: seek(words) for words in SOUGHT}


def _plain(*, seconds: float) -> list[float]:
    """Give how long the database takes for the names alone: no mandates, no licences, no order."""

    def ask(_turn: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM parties_person WHERE folded_name LIKE %s", ["%ozdemir%"])
            cursor.fetchall()

    return timed(ask, seconds=seconds / len(SOUGHT))


def _report(shown: list[Page], *, searches: dict[str, list[float]], plain: list[float]) -> None:
    empty = median(shown[0].times)
    rows: list[tuple[str, str]] = []
    figures: dict[str, object] = {}
    for page in shown:
        usual, slow = median(page.times), p99(page.times)
        words = f"{usual:6.1f} ms median, {slow:6.1f} ms at the 99th percentile, {page.statements} statements, "
        rows.append((page.name, f"{words}{usual / empty:.2f} times the empty page (aim {AIM})"))
        figures[page.name] = {"median_ms": usual, "p99_ms": slow, "statements": page.statements}
    for sought, times in searches.items():
        words = f"{median(times):6.1f} ms median, {p99(times):6.1f} ms at the 99th percentile (aim {AIM_MS} ms)"
        rows.append((f"search for {sought!r}", words))
        figures[f"search {sought}"] = {"median_ms": median(times), "p99_ms": p99(times)}
    rows.append(("the names alone, plain", f"{median(plain):6.1f} ms median"))
    figures["names alone"] = {"median_ms": median(plain)}
    report("clients", rows, figures=figures)


if __name__ == "__main__":
    main()
