"""Four portals' worth of logins while the database crashes and comes back: `python -m tests.openid.restarting`.

A program of its own, since the server of the tests is everybody's. Prints what came of it as JSON.
"""

import json
import os
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tools import fixed_settings, postgresql

if TYPE_CHECKING:
    from tests.openid.relying import RelyingParty

THREADS = 4
LOGINS = 12
AWAY, PATIENCE, STEP = 1.0, 60.0, 0.05


@dataclass
class Seen:
    """What the threads met, by when it began: before the crash, while it was away, or afterwards."""

    statuses: Counter[str] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)
    logins: Counter[str] = field(default_factory=Counter)
    moment: str = "before"
    is_quiet: bool = False
    is_over: bool = False

    def wait(self) -> None:
        """Wait until enough logins that began in this moment went well; not for ever."""
        until = time.monotonic() + PATIENCE
        while self.logins[self.moment] < LOGINS and time.monotonic() < until:
            time.sleep(STEP)


def main() -> None:
    """Run it all on a server of our own."""
    with postgresql.running() as server:
        fixed_settings.apply(database_url=server.create_database("restarting"))
        os.environ["DJANGO_SETTINGS_MODULE"] = "namens.settings"
        import django  # noqa: PLC0415 - the settings come first

        django.setup()
        from django.test.utils import setup_test_environment  # noqa: PLC0415 - as above

        setup_test_environment()
        sys.stdout.write(f"\n{json.dumps(restart(server))}\n")


def restart(server: postgresql.Server) -> dict[str, Any]:
    """Let people log in, take the database away and give it back, and tell what they met."""
    from django.db import connection  # noqa: PLC0415 - after django.setup()

    portals, seen = prepared(), Seen()
    threads = [threading.Thread(target=keep_logging_in, args=[portal, seen]) for portal in portals]
    for thread in threads:
        thread.start()
    seen.wait()
    with server.crashed():
        seen.moment = "away"
        time.sleep(AWAY)
    seen.moment = "after"
    seen.wait()
    seen.is_quiet = True
    time.sleep(AWAY)
    with server.crashed():
        pass
    seen.moment, seen.is_quiet = "after a quiet crash", False
    seen.wait()
    seen.is_over = True
    for thread in threads:
        thread.join()
    connection.close()
    return {"statuses": seen.statuses, "logins": seen.logins, "odd": seen.odd, "rows": rows()}


def prepared() -> "list[RelyingParty]":
    """Make tables, keys, a catalogue, and a portal for each thread."""
    from django.core.management import call_command  # noqa: PLC0415 - after django.setup()

    from namens.grants.actions import make_keys  # noqa: PLC0415 - as above
    from namens.lib import clock  # noqa: PLC0415 - as above
    from tests.openid.relying import registered, terms_of  # noqa: PLC0415 - as above
    from tests.people import load_catalogue, person  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    load_catalogue()
    make_keys(now=clock.now())
    person("bram", now=clock.now())
    return [registered(terms_of(f"portaal-{number}")) for number in range(THREADS)]


def keep_logging_in(portal: "RelyingParty", seen: Seen) -> None:
    """Log in again and again until it is over; who is told to come again later does."""
    from django.db import Error, connection  # noqa: PLC0415 - as above

    while not seen.is_over:
        if seen.is_quiet:
            time.sleep(STEP)
            continue
        began = seen.moment
        try:
            if log_in(portal, seen, began=began):
                seen.logins[began] += 1
        except Error:
            # Our own way into the session, which is no request: the real one is a broker's.
            connection.close()


def log_in(portal: "RelyingParty", seen: Seen, *, began: str) -> bool:
    """Do one whole login; False as soon as a step did not work."""
    from django.db import close_old_connections  # noqa: PLC0415 - as above
    from django.test import Client  # noqa: PLC0415 - as above

    from namens.parties.models import Party  # noqa: PLC0415 - as above
    from tests.openid.relying import answer_in  # noqa: PLC0415 - as above

    def noted(answer: Any) -> bool:  # noqa: ANN401 - the test client names its answers in the stubs only
        close_old_connections()  # As a server does after each request; the client of the tests leaves it out.
        seen.statuses[f"{began} {answer.status_code}"] += 1
        if answer.status_code == 503 and not (answer.has_header("X-Request-ID") and answer.has_header("Retry-After")):
            seen.odd.append("503 without a number")
        return int(answer.status_code) < 400

    portal.browser = Client(raise_request_exception=False)
    if not noted(portal.authorize()):
        return False
    portal.log_in(Party.objects.get())
    chosen = portal.choose(portal.asked_at, None)
    if not noted(chosen):
        return False
    machine = Client(raise_request_exception=False)
    redeemed = machine.post("/openid/token", portal.form(answer_in(chosen)["code"]))
    if not noted(redeemed):
        return False
    token = redeemed.json()["access_token"]
    return noted(machine.get("/openid/userinfo", headers={"Authorization": f"Bearer {token}"}))


def rows() -> dict[str, int]:
    """Count what is left: what belongs together is there together."""
    from namens.grants.models import (  # noqa: PLC0415 - as above
        AuthorizationCode,
        AuthorizationRequest,
        Family,
        UsedProof,
    )
    from namens.journal.models import JournalEntry  # noqa: PLC0415 - as above

    return {
        "requests": AuthorizationRequest.objects.filter(used_at__isnull=False).count(),
        "codes": AuthorizationCode.objects.count(),
        "families": Family.objects.count(),
        "ended": Family.objects.filter(ended_at__isnull=False).count(),
        "journal": JournalEntry.objects.filter(event="portal-signed-in").count(),
        "used": AuthorizationCode.objects.filter(used_at__isnull=False).count(),
        "proofs": UsedProof.objects.count(),
    }


if __name__ == "__main__":
    main()
