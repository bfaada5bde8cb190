"""login: how many logins at a portal a second, over HTTP, beside the signing alone and the database alone.

A login is what a portal and a browser send us: authorize, the page *For whom do you log in*, the choice on it, token
and UserInfo; of a `fapi` portal also the question that it pushes first. For the part of the broker its mark is written
into a session that is there already.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from benchmarks.measure import database_alone, in_processes, statements, timed
from benchmarks.portals import Sender, Site, registered
from benchmarks.report import median, p99, report
from benchmarks.site import CSRF, Browser, InProcess, pages
from benchmarks.world import fill, lead_to, mandate, people, visit
from namens.lib import clock
from namens.parties.models import Party
from namens.services.profiles import Profile

AIM, MOST_STATEMENTS, MOST_COLD = 120, 25, 40
WORKERS = 2
BROWSERS = 12  # a few connections may all land at one of the workers
TRANSACTIONS = 5


@dataclass(frozen=True, kw_only=True)
class Measured:
    """How long each login of one profile took, in seconds; and the statements of the very first and of a later one."""

    profile: Profile
    logins: list[float]
    cold: int
    warm: int

    def figures(self, seconds: float) -> dict[str, float]:
        """Give the figures for programs."""
        times = {"median_ms": median(self.logins), "p99_ms": p99(self.logins)}
        return {"logins_a_second": len(self.logins) / seconds, **times, "statements": self.warm, "cold": self.cold}


def main() -> None:
    """Measure each profile and report."""
    seconds, now = float(sys.argv[1]), clock.now()
    fill()
    parties = people(2 * (BROWSERS + 1), now=now)
    pairs = list(zip(parties[::2], parties[1::2], strict=True))
    for client, helper in pairs:
        mandate(client, helper, now=now)
    visits = [visit(helper, now=now) for _, helper in pairs]
    found = [_measured(registered(profile, now=now), pairs, visits, seconds=seconds) for profile in Profile]
    most = max(one.warm for one in found)
    database = database_alone(statements=most, transactions=TRANSACTIONS, seconds=seconds)
    signing = in_processes(lambda _number: _signing(seconds))
    _report(found, database, signing, seconds=seconds)


def _measured(site: Site, pairs: Sequence[tuple[Party, Party]], visits: Sequence[str], *, seconds: float) -> Measured:
    cold, warm = (_counted(site, pairs[-1][0], visit=visits[-1]) for _ in range(2))
    with pages(workers=WORKERS) as port:

        def browse(number: int) -> list[float]:
            browser = Browser(port, session=visits[number])
            return timed(lambda _turn: log_in(browser, site, pairs[number][0], visit=visits[number]), seconds=seconds)

        in_processes(lambda number: browse(number)[:1], count=BROWSERS)
        logins = in_processes(browse, count=BROWSERS)
    return Measured(profile=Profile(site.portal.profile), logins=logins, cold=cold, warm=warm)


def log_in(sender: Sender, site: Site, client: Party, *, visit: str) -> None:
    """Do one login on behalf of `client`; raises AssertionError when something is refused."""
    choose = parse_qs(urlsplit(sender.send("GET", site.address(sender)).location).query)["next"][0]
    lead_to(choose, visit=visit)
    assert sender.send("GET", choose).status == 200
    chosen = sender.send("POST", choose, form={"person": str(client.id), "csrfmiddlewaretoken": CSRF})
    code = parse_qs(urlsplit(chosen.location).query)["code"][0]
    site.use(sender, site.tokens(sender, code))


def _counted(site: Site, client: Party, *, visit: str) -> int:
    """Give the statements of a login, without those that only stand for the broker's part."""
    own = statements(lambda: lead_to("/", visit=visit))
    return statements(lambda: log_in(InProcess(session=visit), site, client, visit=visit)) - own


def _signing(seconds: float) -> list[float]:
    """Do the signatures of one login: two of ours, and the portal's to be made and checked."""
    ours: Any = RSAKey.generate_key(2048, auto_kid=True)
    theirs = ECKey.generate_key("P-256", auto_kid=True)
    claims = {"text": "x" * 400}

    def one_login() -> None:
        for _ in range(2):
            jwt.encode({"alg": "RS256"}, claims, ours)
        jwt.decode(jwt.encode({"alg": "ES256"}, claims, theirs), theirs)

    return timed(lambda _turn: one_login(), seconds=min(seconds, 3))


def _report(found: Sequence[Measured], database: list[float], signing: list[float], *, seconds: float) -> None:
    limit, signed = len(database) / seconds, len(signing) / min(seconds, 3)
    rows = [("measured with", f"{WORKERS} workers, {BROWSERS} browsers, the database: all on the same 2 cores")]
    for one in found:
        rate = len(one.logins) / seconds
        times = f"{median(one.logins):.1f} ms median, {p99(one.logins):.1f} ms at the 99th percentile"
        rows += [
            (f"{one.profile}", f"{rate:7.0f} logins a second (aim {AIM}); {times}"),
            ("  statements", f"{one.warm:7} (aim at most {MOST_STATEMENTS}); the very first {one.cold} ({MOST_COLD})"),
            ("  ratio", f"{rate / limit:7.2f} of the database alone"),
        ]
    rows += [
        ("database alone", f"{limit:7.0f} a second: as many plain statements in {TRANSACTIONS} transactions"),
        ("signing alone", f"{signed:7.0f} a second: two RS256 by us, one ES256 by the portal and its check"),
    ]
    figures: dict[str, Any] = {one.profile: one.figures(seconds) for one in found}
    more = {"database_alone_a_second": limit, "signing_alone_a_second": signed}
    report("login", rows, figures={**figures, **more, "workers": WORKERS, "browsers": BROWSERS})


if __name__ == "__main__":
    main()
