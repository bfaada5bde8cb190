"""Telling a portal that a login is over."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs
from uuid import UUID

import pytest
from pytest_django import Settings

from namens.grants import logout, outside
from namens.grants.logout import Failed, Message, Sent, post, prepare
from namens.grants.models import Family, SigningKey
from namens.lib.ids import new_id
from namens.lib.keyring import UnknownKey
from namens.lib.sealing import BrokenSeal
from namens.parties.models import Party
from namens.services.models import Portal
from tests.openid.relying import RelyingParty, header_of, read
from tests.people import NOW

SECONDS = 0.5
EVENT = "http://schemas.openid.net/event/backchannel-logout"


class Receiver(HTTPServer):
    """A portal that takes messages, and answers as it is told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.bodies, self.hosts, self.paths = 200, list[str](), list[str](), list[str]()

    @property
    def address(self) -> str:
        return f"http://localhost:{self.server_port}/uitloggen/melding"


class Handler(BaseHTTPRequestHandler):
    """Keeps what comes in."""

    server: Receiver

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.bodies.append(self.rfile.read(length).decode())
        self.server.hosts.append(str(self.headers["Host"]))
        self.server.paths.append(self.path)
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the standard library
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def family(portal: RelyingParty, bram: Party) -> Family:
    portal.tokens(bram)
    return Family.objects.get()


@pytest.fixture
def listening(family: Family, receiver: Receiver) -> Family:
    Portal.objects.update(back_channel_logout_uri=receiver.address)
    return family


@pytest.fixture
def in_production(settings: Settings) -> None:
    settings.IS_PRACTICE = False


def send(*, family: UUID, now: datetime) -> Sent | Failed:
    """Do both steps, as the worker does."""
    prepared = prepare(family=family, now=now)
    return post(prepared) if isinstance(prepared, Message) else prepared


def test_it_sends_a_token_that_the_portal_can_check(listening: Family, receiver: Receiver) -> None:
    assert send(family=listening.id, now=NOW) == Sent()
    token = parse_qs(receiver.bodies[0])["logout_token"][0]
    claims = read(token)
    assert header_of(token)["typ"] == "logout+jwt"
    assert claims["events"] == {EVENT: {}}
    assert (claims["aud"], claims["sid"]) == ("mijn-overheid", str(listening.id))
    assert claims["exp"] - claims["iat"] == 120
    assert {"sub", "jti", "iat"} <= claims.keys()
    assert "nonce" not in claims
    assert receiver.hosts == [f"localhost:{receiver.server_port}"]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, Sent()), (204, Sent()), (400, Failed("answered 400")), (500, Failed("answered 500"))],
)
def test_it_says_whether_the_portal_took_it(
    listening: Family, receiver: Receiver, status: int, outcome: Sent | Failed
) -> None:
    receiver.status = status
    assert send(family=listening.id, now=NOW) == outcome


def test_it_follows_no_redirect(listening: Family, receiver: Receiver) -> None:
    receiver.status = 307
    assert send(family=listening.id, now=NOW) == Failed("answered 307")
    assert receiver.paths == ["/uitloggen/melding"]


def test_it_fails_when_nobody_listens(family: Family) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        Portal.objects.update(back_channel_logout_uri=f"http://127.0.0.1:{taken.getsockname()[1]}/")
        assert send(family=family.id, now=NOW) == Failed("ConnectError")


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a portal for half a second."""
    monkeypatch.setattr(outside, "TOTAL_SECONDS", SECONDS)


def silence(_: socket.socket) -> bool:
    time.sleep(0.05)
    return True


def drip_headers(connection: socket.socket) -> bool:
    connection.sendall(b"X-Wait: a little\r\n")
    return silence(connection)


def drip_beginnings(connection: socket.socket) -> bool:
    connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    return silence(connection)


@pytest.fixture
def dripping(request: pytest.FixtureRequest) -> Iterator[str]:
    """A portal that never comes to the end of its answer."""
    drip: Callable[[socket.socket], bool] = request.param
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        thread = threading.Thread(target=answer_for_ever, args=(server, drip))
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def answer_for_ever(server: socket.socket, drip: Callable[[socket.socket], bool]) -> None:
    try:
        connection, _ = server.accept()
        with connection:
            connection.settimeout(1)
            connection.sendall(b"HTTP/1.1 200 OK\r\n" if drip is drip_headers else b"")
            until = time.monotonic() + 10 * SECONDS
            while time.monotonic() < until and drip(connection):
                pass
    except OSError:
        return


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("dripping", [silence, drip_headers, drip_beginnings], indirect=True)
def test_it_gives_a_portal_so_long_in_all_whatever_trickles_in(family: Family, dripping: str) -> None:
    Portal.objects.update(back_channel_logout_uri=dripping)
    assert send(family=family.id, now=NOW) == Failed("too slow")


@pytest.mark.usefixtures("hasty")
def test_it_sends_nothing_when_the_name_took_all_the_time(
    listening: Family, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve = socket.getaddrinfo

    def slow(*place: object, **more: object) -> object:
        time.sleep(SECONDS)
        return resolve(*place, **more)  # type: ignore[arg-type]  # whatever was asked

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    assert send(family=listening.id, now=NOW) == Failed("too slow")
    assert receiver.bodies == []


WRONG = ["https://a..nl/x", f"https://{'a' * 64}.nl/x", "https://a.nl:99999/x", "https://a.nl:abc/x", "https://[onzin/"]


@pytest.mark.parametrize("address", WRONG)
@pytest.mark.parametrize("practice", [True, False])
def test_it_fails_for_an_address_that_cannot_be(
    family: Family,
    settings: Settings,
    address: str,
    practice: bool,  # noqa: FBT001 - a case
) -> None:
    settings.IS_PRACTICE = practice
    Portal.objects.update(back_channel_logout_uri=address)
    outcome = send(family=family.id, now=NOW)
    assert isinstance(outcome, Failed)
    assert outcome.problem in {"UnicodeError", "ValueError"}


@pytest.mark.parametrize("problem", [UnknownKey("old"), BrokenSeal("signing-key"), UnicodeError()], ids=repr)
def test_it_fails_when_a_key_cannot_be_opened(
    family: Family, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise problem

    Portal.objects.update(back_channel_logout_uri="https://portaal.example/uit")
    monkeypatch.setattr(logout, "logout_token", fail)
    assert send(family=family.id, now=NOW) == Failed(type(problem).__name__)


def test_it_has_nothing_to_say_to_a_portal_without_an_address(family: Family) -> None:
    Portal.objects.update(back_channel_logout_uri="")
    assert send(family=family.id, now=NOW) == Sent()
    assert send(family=new_id(), now=NOW) == Sent()


@pytest.mark.usefixtures("in_production")
def test_it_sends_nothing_in_the_clear(listening: Family, receiver: Receiver) -> None:
    assert send(family=listening.id, now=NOW) == Failed("not https")
    assert receiver.bodies == []


Resolve = Callable[..., list[tuple[object, ...]]]


def resolving_to(*numbers: str) -> Resolve:
    def getaddrinfo(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443)) for number in numbers]

    return getaddrinfo


@pytest.mark.usefixtures("in_production")
@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "169.254.169.254",
        "::1",
        "fd00::1",
        "fe80::1",
        "::ffff:10.0.0.1",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "2002:a00:1::1",
    ],
)
def test_it_sends_nothing_to_an_address_inside(family: Family, monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to("93.184.215.14", number))
    assert send(family=family.id, now=NOW) == Failed("private address")


@pytest.mark.usefixtures("in_production")
def test_it_sends_inside_where_the_operator_allows(listening: Family, receiver: Receiver, settings: Settings) -> None:
    settings.PRIVATE_ADDRESSES = True
    assert send(family=listening.id, now=NOW) == Sent()
    assert len(receiver.bodies) == 1


def test_it_fails_without_a_key_and_without_a_name(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert send(family=family.id, now=NOW) == Failed("gaierror")
    SigningKey.objects.all().delete()
    outcome = send(family=family.id, now=NOW)
    assert isinstance(outcome, Failed)
    assert "keys make" in outcome.problem


def test_it_puts_no_token_in_what_it_says(listening: Family, receiver: Receiver) -> None:
    receiver.status = 400
    outcome = send(family=listening.id, now=NOW)
    assert "eyJ" not in json.dumps(str(outcome))
