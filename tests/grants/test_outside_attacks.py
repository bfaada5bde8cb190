"""Portals that are up to no good with an address of theirs: they reach nothing inside, and hold nothing up (SSRF)."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from pytest_django import Settings

from namens.grants import outside
from namens.grants.outside import Unreachable, call
from namens.services.web_addresses import is_plain_address

SECONDS = 0.5
Talk = Callable[[socket.socket], None]
INSIDE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:0:10.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "4000::1",
    "5f00::1",
]
WRITTEN_ODDLY = [
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://[::ffff:7f00:1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://localhost/",
    "https://LOCALHOST/",
    "https://127.0.0.1:443/",
]


def resolving_to(*numbers: str) -> Callable[..., list[tuple[object, ...]]]:
    return lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443)) for number in numbers]


def why_not(address: str) -> str:
    """Call, and give why nothing came of it."""
    with pytest.raises(Unreachable) as refused:
        call("GET", address, most_bytes=1000)
    return str(refused.value)


@pytest.fixture
def outside_only(settings: Settings) -> None:
    """Be what a real deployment is: nothing inside is called."""
    settings.PRIVATE_ADDRESSES = settings.IS_PRACTICE = False


@pytest.mark.usefixtures("outside_only")
@pytest.mark.parametrize("number", INSIDE)
def test_it_calls_no_address_inside_however_it_is_written(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    for found in ([number], ["93.184.215.14", number], [number, "2606:2800:21f::1"]):
        monkeypatch.setattr(socket, "getaddrinfo", resolving_to(*found))
        assert why_not("https://portal.example/jwks") == "private address"


@pytest.mark.usefixtures("outside_only")
@pytest.mark.parametrize("address", WRITTEN_ODDLY)
def test_it_calls_no_machine_of_ours_by_an_odd_name(address: str) -> None:
    assert why_not(address) == "private address"


@pytest.mark.usefixtures("outside_only")
@pytest.mark.parametrize("number", ["93.184.215.14", "2606:2800:21f::1", "64:ff9b::93.184.215.14"])
def test_it_takes_what_is_on_the_internet(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to(number))
    monkeypatch.setattr(outside, "_call", _never)
    assert why_not("https://portal.example/jwks") == "OSError"


async def _never(*_: object, **__: object) -> None:
    raise OSError


@pytest.mark.parametrize(
    "address",
    [
        "https://portal.example@127.0.0.1/",
        "https://user:secret@portal.example/",
        "https://portal.example\\@127.0.0.1/",
        "https://portal.example#@127.0.0.1/",
        "https://portal.example:0/",
        "https://portal.example:99999/",
        "https://por tal.example/",
        "https://portal.example\t/",
        "https://%31%32%37.0.0.1/",
        "https://[fe80::1%25eth0]/",
        "http://portal.example/",
        "file:///etc/passwd",
        "gopher://portal.example/",
        "//portal.example/",
    ],
)
def test_it_registers_no_address_that_two_readers_could_read_differently(address: str) -> None:
    assert not is_plain_address(address)


@pytest.fixture
def inside_too(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let these tests call their own machine, and be impatient."""
    settings.PRIVATE_ADDRESSES = True
    monkeypatch.setattr(outside, "TOTAL_SECONDS", SECONDS)


@pytest.fixture
def talking() -> Iterator[Callable[[Talk], str]]:
    """Give the address of somebody who says anything at all once one has connected."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threads: list[threading.Thread] = []

        def serve(talk: Talk) -> None:
            with suppress(OSError):
                met, _ = listener.accept()
                with met:
                    talk(met)

        def start(talk: Talk) -> str:
            threads.append(threading.Thread(target=serve, args=[talk]))
            threads[-1].start()
            return f"http://127.0.0.1:{listener.getsockname()[1]}/jwks"

        yield start
    for thread in threads:
        thread.join()


def drip(met: socket.socket) -> None:
    """Say an answer letter by letter, without end."""
    met.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
    while True:
        met.sendall(b"x")
        time.sleep(SECONDS / 10)


def drip_headers(met: socket.socket) -> None:
    """Say headers without end."""
    met.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        met.sendall(b"X-More: y\r\n")
        time.sleep(SECONDS / 10)


def endless(met: socket.socket) -> None:
    """Say a body without end, as fast as can be."""
    met.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        met.sendall(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")


def endless_header(met: socket.socket) -> None:
    """Say one header without end, as fast as can be."""
    met.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        met.sendall(b"x" * 0x1000)


def old(met: socket.socket) -> None:
    """Answer as HTTP/0.9 does: with the body alone."""
    met.recv(65_536)
    met.sendall(b'{"keys": []}')


def other_protocol(met: socket.socket) -> None:
    """Answer as another program would."""
    met.recv(65_536)
    met.sendall(b"-ERR unknown command 'GET'\r\n")


def silent(met: socket.socket) -> None:
    """Say nothing, and wait until the caller goes."""
    met.settimeout(SECONDS * 4)
    while met.recv(100):
        pass


@pytest.mark.usefixtures("inside_too")
@pytest.mark.parametrize(
    ("talk", "why"),
    [
        (drip, "too slow"),
        (drip_headers, "too slow"),
        (endless, "too long"),
        (endless_header, "RemoteProtocolError"),
        (old, "RemoteProtocolError"),
        (other_protocol, "RemoteProtocolError"),
        (silent, "too slow"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_it_is_held_up_by_no_answer(talking: Callable[[Talk], str], talk: Talk, why: str) -> None:
    assert why_not(talking(talk)) == why


@pytest.mark.usefixtures("inside_too")
def test_it_looks_a_name_up_once_whatever_it_would_say_next(
    talking: Callable[[Talk], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def rebinding(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        number = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443))]

    address = talking(old).replace("127.0.0.1", "portal.example")
    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert why_not(address) == "RemoteProtocolError"
    assert asked == ["portal.example"]
