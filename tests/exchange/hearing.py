"""Portals that hear events: real servers, each answering in its own way, and a check of signatures of their own."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

from django.db import transaction

from namens.exchange.models import PortalEvent
from namens.exchange.secrets import make_secret
from namens.exchange.stream import Draft, EventKind, append
from namens.journal.events import Channel
from namens.services.models import Portal
from tests.people import NOW

TOLERANCE = timedelta(minutes=5)
MOST_SECONDS = 5.0


@dataclass(frozen=True)
class Heard:
    """One message that came in."""

    path: str
    headers: dict[str, str]
    body: bytes
    status: int = 0

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def number(self) -> int:
        number: int = json.loads(self.body)["nummer"]
        return number

    @property
    def moment(self) -> int:
        return int(self.headers["webhook-timestamp"])

    @property
    def signatures(self) -> list[str]:
        return self.headers["webhook-signature"].split(" ")

    def is_signed_with(self, secret: str) -> bool:
        """Check the signature as the specification says it, with nothing of ours."""
        key = base64.b64decode(secret.split("_", 1)[1])
        signed = b".".join([self.id.encode(), self.headers["webhook-timestamp"].encode(), self.body])
        made = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        return any(hmac.compare_digest(f"v1,{made}", one) for one in self.signatures)


Answer = Callable[["Handler", Heard], int | None]
"""Gives the status of the answer, or None when it answered by itself, or did not."""


class Receiver(ThreadingHTTPServer):
    """A portal's address for events. `heard` is all that came, `taken` what was answered with 2xx."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.heard, self.answer = list[Heard](), always(200)
        self.ending = threading.Event()

    @property
    def address(self) -> str:
        return f"http://localhost:{self.server_port}/gebeurtenissen"

    @property
    def taken(self) -> list[Heard]:
        return [one for one in self.heard if 200 <= one.status < 300]

    @property
    def numbers(self) -> list[int]:
        return [one.number for one in self.taken]


class Handler(BaseHTTPRequestHandler):
    """Keeps what comes in."""

    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): said for name, said in self.headers.items()}
        heard = Heard(self.path, headers, body)
        status = self.server.answer(self, heard)
        self.server.heard.append(Heard(self.path, headers, body, status or 0))
        with suppress(OSError):
            if status is not None:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def always(status: int) -> Answer:
    """Answer with this status."""
    return lambda _handler, _heard: status


def hang(handler: Handler, _heard: Heard) -> None:
    """Say nothing until the caller goes."""
    handler.server.ending.wait(MOST_SECONDS)
    handler.close_connection = True


def trickle(handler: Handler, _heard: Heard) -> None:
    """Say header lines without end."""
    handler.close_connection = True
    handler.send_response(200)
    until = time.monotonic() + MOST_SECONDS
    with suppress(OSError):
        while time.monotonic() < until and not handler.server.ending.wait(0.02):
            handler.send_header("X-Wait", "a little")
            handler.flush_headers()


def redirect(handler: Handler, _heard: Heard) -> None:
    """Send the caller elsewhere, to an address that would take it."""
    handler.send_response(307)
    handler.send_header("Location", "/elders")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def close_half_way(handler: Handler, _heard: Heard) -> None:
    """Begin an answer and go."""
    handler.wfile.write(b"HTTP/1.1 200 O")
    handler.close_connection = True


@contextmanager
def listening(port: int = 0) -> Iterator[Receiver]:
    """Let a portal listen."""
    with Receiver(port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.ending.set()
            server.shutdown()
            thread.join()


@dataclass
class Hearing:
    """A portal that hears events, with the secret that it has."""

    portal: Portal
    secret: str = ""

    def must_hear(self, *lines: UUID, now: datetime = NOW, **data: Any) -> list[PortalEvent]:  # noqa: ANN401 - any JSON
        """Write an event about each of these, in this order."""
        with transaction.atomic():
            return append(self.portal, [Draft(one, EventKind.CHANGED, data) for one in lines], now=now)


def hearing(portal: Portal, address: str, *, now: datetime = NOW, has_secret: bool = True) -> Hearing:
    """Let this portal be registered with an address, and have a secret."""
    Portal.objects.filter(id=portal.id).update(events_uri=address)
    known = Portal.objects.get(id=portal.id)
    made = make_secret(known, now=now, channel=Channel.PORTAL) if has_secret else None
    return Hearing(known, made.secret.text if made else "")
