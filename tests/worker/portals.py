"""Portals that listen, each in its own way, and logins at them."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from django.db import transaction

from namens.grants.models import Family
from namens.outbox import actions as outbox
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Kind as PartyKind
from namens.parties.models import Party
from namens.services.models import Portal
from tests.people import NOW


class Receiver(ThreadingHTTPServer):
    """A portal's address for logout messages: answers with `status`, after dripping header lines for `seconds`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.seconds = 200, 0.0
        self.tokens: list[str] = []
        self.came = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/logout"


class Handler(BaseHTTPRequestHandler):
    """Keeps what comes in."""

    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.tokens += parse_qs(body)["logout_token"]
        self.server.came.set()
        self.send_response(self.server.status)
        until = time.monotonic() + self.server.seconds
        try:
            while time.monotonic() < until:
                self.send_header("X-Wait", "a little")
                self.flush_headers()
                time.sleep(0.02)
            self.end_headers()
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def listening() -> Iterator[Receiver]:
    """Let a portal listen."""
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def logged_in(portal: Portal, helper: Party, client: Party | None = None) -> Family:
    """Let this helper be logged in at a portal, for a client or for nobody else."""
    services = {service.key: str(service.id) for service in portal.services.all()}
    return Family.objects.create(
        portal=portal,
        party=helper,
        representee=client,
        organisation=helper.member.organisation.party if helper.kind == PartyKind.MEMBER else None,
        services_asked=services,
        services=services,
        level="substantial",
        auth_time=NOW,
        made_at=NOW,
    )


def must_be_told(family: Family) -> OutboxRow:
    """Put the message to the portal that this login is over."""
    return put(Kind.BACK_CHANNEL_LOGOUT, family=str(family.id))


def put(kind: Kind, **payload: str) -> OutboxRow:
    """Put any row."""
    with transaction.atomic():
        return outbox.put(kind, payload=payload, now=NOW)


def waiting() -> list[str]:
    """Give the kinds of what still has to leave for portals; letters, and what is written down only, are others."""
    others = (Kind.LETTER, Kind.MANDATE_CHANGED, Kind.LICENCE_CHANGED, Kind.EXCLUSION_CHANGED)
    for_portals = OutboxRow.objects.filter(settled_at__isnull=True).exclude(kind__in=others)
    return list(for_portals.values_list("kind", flat=True))
