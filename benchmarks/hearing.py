"""A portal that hears of stops: a receiver in a process of its own, and a worker that had nothing to do."""

import json
import multiprocessing
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from multiprocessing.connection import Connection

from namens.exchange.secrets import make_secret
from namens.journal.events import Channel
from namens.lib import clock
from namens.outbox.models import OutboxRow
from namens.services.models import Portal
from namens.services.profiles import MachineScope
from tools import places
from tools.practice import NAMENS
from tools.programs import Program, Programs

PATIENCE = 30.0
IDLE_SECONDS = 0.3
BASIS = "Benchmark"


@dataclass
class Heard:
    """How many seconds it took from the call of the action until the portal had the event; and what never came."""

    seconds: list[float] = field(default_factory=list)
    missing: int = 0


class _Receiver(HTTPServer):
    """Tells what came and when. The clock is the machine's own, the same in every process."""

    def __init__(self, told: Connection) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told = told


class _Handler(BaseHTTPRequestHandler):
    server: _Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        came = time.perf_counter()
        self.send_response(204)
        self.end_headers()
        self.server.told.send((json.loads(body)["gegevens"].get("machtiging", ""), came))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def portal_that_hears(client_id: str) -> Iterator[Connection]:
    """Let this portal hear of every mandate for its services; gives where each mandate and its moment come out."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    ports, their_port = multiprocessing.Pipe(duplex=False)
    receiver = multiprocessing.Process(target=_receive, args=(theirs, their_port), daemon=True)
    receiver.start()
    try:
        portal = Portal.objects.get(client_id=client_id)
        portal.events_uri = f"http://localhost:{ports.recv()}/gebeurtenissen"
        portal.search_basis = BASIS
        portal.machine_scopes = [*portal.machine_scopes, MachineScope.PORTALS.value]
        portal.save()
        make_secret(portal, now=clock.now(), channel=Channel.COMMAND)
        with Programs([Program(name="hearing-worker", command=[NAMENS, "worker"])], logs=places.logs()):
            yield ours
    finally:
        receiver.terminate()
        receiver.join()


def hear(stops: Iterator[tuple[str, Callable[[], object]]], told: Connection) -> Heard:
    """Stop one mandate after the other, each when the worker had nothing to do, and wait until the portal heard it."""
    heard, dice = Heard(), random.Random(1)
    for mandate, act in stops:
        _wait_until_idle(dice)
        began = time.perf_counter()
        act()
        came = _moment_of(mandate, told)
        if came is None:
            heard.missing += 1
        else:
            heard.seconds.append(came - began)
    return heard


def _wait_until_idle(dice: random.Random) -> None:
    """Wait until nothing is due, and then for a moment that falls anywhere between two turns of the worker."""
    while OutboxRow.objects.filter(settled_at__isnull=True, attempts=0, due_at__lte=clock.now()).exists():
        time.sleep(0.02)
    time.sleep(dice.uniform(IDLE_SECONDS, 2 * IDLE_SECONDS))


def _moment_of(mandate: str, told: Connection) -> float | None:
    until = time.perf_counter() + PATIENCE
    while told.poll(max(0.0, until - time.perf_counter())):
        about, came = told.recv()
        if about == mandate:
            return float(came)
    return None


def _receive(told: Connection, port: Connection) -> None:
    with _Receiver(told) as server:
        port.send(server.server_port)
        server.serve_forever()
