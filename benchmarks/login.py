"""login: how many logins at a portal a second, over HTTP, beside the signing alone and the database alone.

A login is what a portal and a browser send us: authorize, the page *For whom do you log in*, the choice on it, token
and UserInfo. For the part of the broker its mark is written into a session that is there already.
"""

import json
import secrets
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from benchmarks.measure import database_alone, in_processes, statements, timed
from benchmarks.report import median, p99, report
from benchmarks.site import CSRF, Answer, Browser, InProcess, pages
from benchmarks.world import SERVICE, fill, lead_to, mandate, people, visit
from namens.grants.addresses import TOKEN, full
from namens.grants.assertions import TYPE
from namens.lib import clock
from namens.parties.models import Party
from namens.services.actions import PortalTerms, approve_portal, propose_portal
from namens.services.models import Portal
from namens.services.profiles import Profile

AIM, MOST_STATEMENTS, MOST_COLD = 120, 25, 40
WORKERS = 2
BROWSERS = 4
TRANSACTIONS = 5
REDIRECT_URI = "https://portal.example/terug"
VERIFIER, CHALLENGE = "verifier-of-the-portal-that-is-long-enough-1234", "pZhjEPVf4d1NW1zZWiXMa4400nlQgiSZgS5ApJFdmH4"


class Sender(Protocol):
    """Who sends requests to us."""

    def send(self, method: str, path: str, *, form: dict[str, str] | None = None, bearer: str = "") -> Answer:
        """Send one request and give the answer."""


@dataclass(frozen=True)
class Site:
    """The portal: its key, and what it asks."""

    portal: Portal
    key: ECKey
    service: str

    def question(self) -> str:
        """The address to which it sends a browser."""
        asked = {
            "client_id": self.portal.client_id,
            "redirect_uri": REDIRECT_URI,
            "response_type": "code",
            "scope": f"openid urn:uuid:{self.service}",
            "state": secrets.token_urlsafe(16),
            "nonce": secrets.token_urlsafe(16),
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        }
        return f"/openid/authorize?{urlencode(asked)}"

    def form(self, code: str) -> dict[str, str]:
        """What it sends to the token endpoint."""
        second = int(clock.now().timestamp())
        who = self.portal.client_id
        claims = {"iss": who, "sub": who, "aud": full(TOKEN), "iat": second, "exp": second + 60}
        claims["jti"] = secrets.token_urlsafe(24)
        return {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": REDIRECT_URI,
            "code_verifier": VERIFIER,
            "client_assertion_type": TYPE,
            "client_assertion": jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key),
        }


def main() -> None:
    """Measure and report."""
    seconds, now = float(sys.argv[1]), clock.now()
    fill()
    site = registered(now)
    parties = people(2 * (BROWSERS + 1), now=now)
    pairs = list(zip(parties[::2], parties[1::2], strict=True))
    for client, helper in pairs:
        mandate(client, helper, now=now)
    visits = [visit(helper, now=now) for _, helper in pairs]
    cold, warm = (_counted(site, pairs[-1][0], visit=visits[-1]) for _ in range(2))
    with pages(workers=WORKERS) as port:

        def browse(number: int) -> list[float]:
            browser = Browser(port, session=visits[number])
            return timed(lambda _turn: log_in(browser, site, pairs[number][0], visit=visits[number]), seconds=seconds)

        in_processes(lambda number: browse(number)[:1], count=BROWSERS)
        logins = in_processes(browse, count=BROWSERS)
    database = database_alone(statements=warm, transactions=TRANSACTIONS, seconds=seconds)
    signing = in_processes(lambda _number: _signing(site, seconds))
    _report(logins, database, signing, seconds=seconds, counted=(cold, warm))


def log_in(sender: Sender, site: Site, client: Party, *, visit: str) -> None:
    """Do one login on behalf of `client`; raises AssertionError when something is refused."""
    choose = parse_qs(urlsplit(sender.send("GET", site.question()).location).query)["next"][0]
    lead_to(choose, visit=visit)
    assert sender.send("GET", choose).status == 200
    chosen = sender.send("POST", choose, form={"person": str(client.id), "csrfmiddlewaretoken": CSRF})
    code = parse_qs(urlsplit(chosen.location).query)["code"][0]
    tokens = sender.send("POST", "/openid/token", form=site.form(code))
    assert tokens.status == 200, tokens.body
    access_token: str = json.loads(tokens.body)["access_token"]
    assert sender.send("GET", "/openid/userinfo", bearer=access_token).status == 200


def registered(now: datetime) -> Site:
    """Register the portal and give it its key."""
    key = ECKey.generate_key("P-256", auto_kid=True)
    terms = PortalTerms(
        client_id="portal",
        name="Portaal",
        profile=Profile.NLGOV,
        services=(SERVICE,),
        redirect_uris=(REDIRECT_URI,),
        sector="portal",
        jwks={"keys": [key.as_dict(private=False)]},
    )
    propose_portal(terms=terms, by="one", now=now)
    portal = approve_portal(client_id="portal", by="two", now=now)
    return Site(portal=portal, key=key, service=str(portal.services.get().id))


def _counted(site: Site, client: Party, *, visit: str) -> int:
    """Give the statements of a login, without those that only stand for the broker's part."""
    own = statements(lambda: lead_to("/", visit=visit))
    return statements(lambda: log_in(InProcess(session=visit), site, client, visit=visit)) - own


def _signing(site: Site, seconds: float) -> list[float]:
    """Do the signatures of one login: two of ours, and the portal's to be made and checked."""
    ours: Any = RSAKey.generate_key(2048, auto_kid=True)
    claims = {"text": "x" * 400}

    def one_login() -> None:
        for _ in range(2):
            jwt.encode({"alg": "RS256"}, claims, ours)
        jwt.decode(jwt.encode({"alg": "ES256"}, claims, site.key), site.key)

    return timed(lambda _turn: one_login(), seconds=min(seconds, 3))


def _report(
    logins: list[float],
    database: list[float],
    signing: list[float],
    *,
    seconds: float,
    counted: tuple[int, int],
) -> None:
    rate, limit, signed = len(logins) / seconds, len(database) / seconds, len(signing) / min(seconds, 3)
    cold, warm = counted
    rows = [
        ("logins", f"{rate:7.0f} a second (aim {AIM}), {WORKERS} workers, {BROWSERS} browsers, the same 2 cores"),
        ("one login", f"{median(logins):7.1f} ms median, {p99(logins):.1f} ms at the 99th percentile"),
        ("statements", f"{warm:7} (aim at most {MOST_STATEMENTS}); the very first login {cold} (at most {MOST_COLD})"),
        ("database alone", f"{limit:7.0f} a second: as many plain statements in {TRANSACTIONS} transactions"),
        ("signing alone", f"{signed:7.0f} a second: two RS256 by us, one ES256 by the portal and its check"),
        ("ratio", f"{rate / limit:7.2f} of the database alone"),
    ]
    figures = {"logins_a_second": rate, "median_ms": median(logins), "p99_ms": p99(logins), "statements": warm}
    figures |= {"statements_cold": cold, "database_alone_a_second": limit, "signing_alone_a_second": signed}
    report("login", rows, figures={**figures, "workers": WORKERS, "browsers": BROWSERS})


if __name__ == "__main__":
    main()
