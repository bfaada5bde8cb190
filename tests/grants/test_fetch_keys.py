"""The keys of a portal are fetched from its address: at need, seldom, and never from inside."""

import json
import socket
import threading
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from namens.grants import outside
from namens.grants.models import FetchedKeys
from namens.grants.portal_keys import keys_for, keys_of
from namens.lib import clock
from namens.services.models import Portal
from tests.openid.relying import RelyingParty, key, registered, terms_of
from tests.people import NOW

FIRST, NEXT = key("EC", 11).as_dict(private=False), key("EC", 12).as_dict(private=False)
Key = dict[str, Any]


class Site(HTTPServer):
    """A portal that publishes its keys, and answers as it is told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.paths, self.headers = 200, list[str](), dict[str, str]()
        self.body = b""
        self.publish(FIRST)

    def publish(self, *keys: Key) -> None:
        self.body = json.dumps({"keys": keys}).encode()

    @property
    def address(self) -> str:
        return f"http://localhost:{self.server_port}/jwks"


class Handler(BaseHTTPRequestHandler):
    """Gives what the site says."""

    server: Site

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        self.send_response(self.server.status)
        for name, value in {"Location": "/elsewhere", **self.server.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the standard library
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def far(catalogue: None, site: Site) -> Portal:  # noqa: ARG001 - asked for its effect
    """A portal that registered the address of its keys."""
    return registered(replace(terms_of("ver"), jwks={}, jwks_uri=site.address)).portal


def any_key(_: Key) -> bool:
    return True


def named(wanted: Key, portal: Portal, *, minutes: float = 0) -> list[Key]:
    """Ask for a key by its name, so many minutes later."""
    now = NOW + timedelta(minutes=minutes)
    return keys_for(portal, fits=lambda one: one.get("kid") == wanted["kid"], now=now)


def test_it_fetches_the_keys_at_first_need(far: Portal, site: Site) -> None:
    assert keys_of(far) == []
    assert named(FIRST, far) == [FIRST]
    assert keys_of(far) == [FIRST]
    assert site.paths == ["/jwks"]


def test_it_fetches_nothing_while_they_are_fresh(far: Portal, site: Site) -> None:
    for minutes in (0, 1, 30, 59):
        assert named(FIRST, far, minutes=minutes) == [FIRST]
    assert len(site.paths) == 1
    named(FIRST, far, minutes=60)
    assert len(site.paths) == 2


def test_it_fetches_a_key_that_is_new(far: Portal, site: Site) -> None:
    named(FIRST, far)
    site.publish(FIRST, NEXT)
    assert named(NEXT, far, minutes=1) == [NEXT]


def test_it_forgets_a_key_that_is_gone(far: Portal, site: Site) -> None:
    named(FIRST, far)
    site.publish(NEXT)
    assert named(NEXT, far, minutes=2) == [NEXT]
    assert named(FIRST, far, minutes=2) == []


def test_it_tries_once_a_minute_whatever_strangers_name(far: Portal, site: Site) -> None:
    for _ in range(5):
        assert named({"kid": "made-up"}, far) == []
    assert len(site.paths) == 1
    named({"kid": "made-up"}, far, minutes=1)
    assert len(site.paths) == 2


def test_it_keeps_the_old_keys_for_a_day_when_it_cannot_fetch(far: Portal, site: Site) -> None:
    named(FIRST, far)
    site.status = 500
    for hours, kept in ((1, [FIRST]), (23.9, [FIRST]), (24, []), (25, [])):
        assert named(FIRST, far, minutes=hours * 60) == kept
    assert keys_of(far) == []
    site.status = 200
    assert named(FIRST, far, minutes=26 * 60) == [FIRST]


def test_it_believes_no_key_of_an_earlier_address(far: Portal, site: Site) -> None:
    named(FIRST, far)
    far.jwks_uri = f"{site.address}/elsewhere"
    assert keys_of(far) == []
    site.publish(NEXT)
    assert named(FIRST, far) == []
    assert keys_of(far) == [NEXT]


def test_it_fetches_nothing_for_who_registered_the_keys_themselves(catalogue: None) -> None:  # noqa: ARG001 - asked for its effect
    near = registered(terms_of("dichtbij")).portal
    assert keys_for(near, fits=any_key, now=NOW) == keys_of(near) == [key().as_dict(private=False)]
    assert not FetchedKeys.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"x",
        b"[" * 60_000,
        b"\xff",
        b'{"keys": {}}',
        b'{"keys": [1]}',
        b" " * 65_537,
        json.dumps({"keys": [key("EC", 11).as_dict(private=True)]}).encode(),
        json.dumps({"keys": [{"kty": "oct", "k": "AAAA"}]}).encode(),
        json.dumps({"keys": [FIRST] * 21}).encode(),
    ],
    ids=range(11),
)
def test_it_takes_nothing_that_is_no_set_of_public_keys(far: Portal, site: Site, body: bytes) -> None:
    site.body = body
    assert keys_for(far, fits=any_key, now=NOW) == []


def test_it_unpacks_nothing(far: Portal, site: Site) -> None:
    site.headers, site.body = {"Content-Encoding": "deflate"}, zlib.compress(site.body)
    assert keys_for(far, fits=any_key, now=NOW) == []


@pytest.mark.parametrize("status", [204, 301, 302, 307, 404, 500])
def test_it_follows_no_redirect_and_takes_no_error(far: Portal, site: Site, status: int) -> None:
    site.status = status
    assert keys_for(far, fits=any_key, now=NOW) == []
    assert site.paths == ["/jwks"]


def test_it_writes_why_and_nothing_of_the_body(far: Portal, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.body = json.dumps({"keys": [{"kty": "oct", "k": "a-shared-secret"}]}).encode()
    keys_for(far, fits=any_key, now=NOW)
    told = capsys.readouterr().out
    assert "a private or shared key" in told
    assert "a-shared-secret" not in told


@pytest.fixture
def in_production(far: Portal, settings: Settings) -> None:  # noqa: ARG001 - registered before that, in the clear
    settings.IS_PRACTICE = False


@pytest.mark.usefixtures("in_production")
def test_it_fetches_nothing_in_the_clear(far: Portal, site: Site) -> None:
    assert keys_for(far, fits=any_key, now=NOW) == []
    assert site.paths == []


def resolving_to(number: str) -> Any:  # noqa: ANN401 - stands in for getaddrinfo
    return lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443))]


@pytest.mark.usefixtures("in_production")
@pytest.mark.parametrize("number", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:192.168.0.1"])
def test_it_fetches_nothing_from_inside(far: Portal, monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    calls: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to(number))
    monkeypatch.setattr(outside, "_call", lambda *args, **_: calls.append(args))
    far.jwks_uri = "https://portaal.example/jwks"
    assert keys_for(far, fits=any_key, now=NOW) == []
    assert calls == []


def test_it_looks_a_name_up_once_so_that_nobody_can_change_it(
    far: Portal, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def changing(host: object, *_: object, **__: object) -> list[object]:
        """Name this machine first, and another one ever after: DNS rebinding."""
        asked.append(host)
        number = "127.0.0.1" if len(asked) == 1 else "192.0.2.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, site.server_port))]

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    far.jwks_uri = f"http://portaal.example:{site.server_port}/jwks"
    assert named(FIRST, far) == [FIRST]
    assert [host for host in asked if host == "portaal.example"] == ["portaal.example"]


def test_it_lets_a_portal_in_whose_keys_stand_at_an_address(far: Portal, site: Site) -> None:
    portal, code = RelyingParty(far), "no-code-of-ours"
    assert portal.exchange(code).status_code == 401
    site.publish(key().as_dict(private=False))
    with clock.frozen(NOW + timedelta(minutes=1)):
        answer = portal.exchange(code)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


@pytest.mark.django_db(transaction=True)
def test_it_fetches_once_however_many_need_it_at_once(far: Portal, site: Site) -> None:
    named(FIRST, far)
    together = threading.Barrier(6)

    def need(_: int) -> None:
        together.wait()
        try:
            named({"kid": "new"}, far, minutes=5)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(need, range(6)))
    assert len(site.paths) == 2
