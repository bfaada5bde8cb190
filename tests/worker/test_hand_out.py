"""The worker hands outbox rows to their rooms, and loses none."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from namens import worker
from namens.grants.actions import make_keys
from namens.grants.models import EndedBy, Family
from namens.lib import clock
from namens.mandates.actions import stop
from namens.mandates.models import Mandate
from namens.outbox import actions as outbox
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.services.models import Portal
from tests.people import NOW, active

BREAK = timedelta(seconds=30)


class Receiver:
    """A portal's address for logout messages."""

    def __init__(self) -> None:
        self.status = 200
        self.tokens: list[str] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                receiver.tokens += parse_qs(body)["logout_token"]
                self.send_response(receiver.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/logout"


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    """Let the clock stand still."""
    with clock.frozen(NOW):
        yield


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A portal that listens."""
    listening = Receiver()
    thread = threading.Thread(target=listening.server.serve_forever)
    thread.start()
    yield listening
    listening.server.shutdown()
    thread.join()
    listening.server.server_close()


@pytest.fixture
def stopped(toeslagen: Portal, anna: Party, bram: Party, receiver: Receiver) -> Mandate:
    """A mandate that was stopped while Bram was logged in with it at a portal that listens."""
    make_keys(now=NOW)
    Portal.objects.filter(id=toeslagen.id).update(back_channel_logout_uri=receiver.address)
    mandate = active(anna, bram)
    service = toeslagen.services.get()
    Family.objects.create(
        portal=toeslagen,
        party=bram,
        representee=anna,
        services_asked={service.key: str(service.id)},
        services={service.key: str(service.id)},
        level="substantial",
        auth_time=NOW,
        made_at=NOW,
    )
    stop(mandate=mandate.id, by=anna, now=NOW)
    return mandate


def waiting() -> list[str]:
    return list(OutboxRow.objects.filter(settled_at__isnull=True).values_list("kind", flat=True))


@pytest.mark.usefixtures("stopped")
def test_it_ends_the_login_at_the_portal_first() -> None:
    assert waiting() == [Kind.ACCESS_ENDED]
    assert worker.hand_out(now=NOW) == 1
    assert Family.objects.get().ended_by == EndedBy.ACCESS_ENDED
    assert waiting() == [Kind.BACK_CHANNEL_LOGOUT]


@pytest.mark.usefixtures("stopped")
def test_it_tells_the_portal_once(receiver: Receiver) -> None:
    for _ in range(4):
        worker.hand_out(now=NOW)
    assert len(receiver.tokens) == 1
    assert waiting() == []


@pytest.mark.usefixtures("stopped")
def test_it_tries_again_later_when_the_portal_does_not_take_it(receiver: Receiver) -> None:
    receiver.status = 503
    for _ in range(3):
        worker.hand_out(now=NOW)
    assert len(receiver.tokens) == 1
    receiver.status = 200
    assert worker.hand_out(now=NOW + BREAK) == 1
    assert (len(receiver.tokens), waiting()) == (2, [])


@pytest.mark.usefixtures("stopped")
def test_it_takes_up_what_a_killed_worker_held(receiver: Receiver) -> None:
    outbox.lease(now=NOW)
    assert worker.hand_out(now=NOW) == 0
    assert worker.hand_out(now=NOW + outbox.LEASE + BREAK) == 1
    assert Family.objects.get().ended_at is not None
    assert receiver.tokens == []


@pytest.mark.usefixtures("stopped")
def test_it_leaves_the_login_of_dirk_alone(dirk: Party, toeslagen: Portal) -> None:
    own = Family.objects.create(
        portal=toeslagen,
        party=dirk,
        services_asked={},
        services={},
        level="low",
        auth_time=NOW,
        made_at=NOW,
    )
    worker.hand_out(now=NOW)
    assert Family.objects.get(id=own.id).ended_at is None
