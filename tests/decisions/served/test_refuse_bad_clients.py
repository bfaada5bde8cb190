"""Slow, many, half, doubled: whoever does not speak HTTP properly is sent away soon, and others are answered meanwhile.

A connection answers once more only when what came before was understood by everybody in the same way.
"""

import json
import socket
import time
from contextlib import ExitStack, suppress

import pytest

from namens.decisions.program import MOST_CONNECTIONS
from tests.decisions.machine import EVALUATION, Machine
from tests.decisions.served.serving import Served

pytestmark = [pytest.mark.slow, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]
BODY = json.dumps({"subject": {"type": "person", "id": "x"}, "action": {"name": "x"}, "resource": {"type": "person",
                   "id": "x"}}).encode()  # fmt: skip
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)
NEXT = b"GET /health HTTP/1.1\r\nHost: door\r\n\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(BODY)
WRONG = {
    "two lengths": (LENGTH + b"Content-Length: 5\r\n\r\n", BODY),
    "length with a sign": (b"Content-Length: +%d\r\n\r\n" % len(BODY), BODY),
    "length below nothing": (b"Content-Length: -1\r\n\r\n", BODY),
    "unknown coding": (b"Transfer-Encoding: xchunked\r\n\r\n", CHUNKED),
    "chunked is not last": (b"Transfer-Encoding: chunked, identity\r\n\r\n", CHUNKED),
    "space before the colon": (b"Transfer-Encoding : chunked\r\n\r\n", CHUNKED),
    "folded header": (b"X: y\r\n z\r\n" + LENGTH + b"\r\n", BODY),
    "zero in a header": (b"X: \0\r\n" + LENGTH + b"\r\n", BODY),
    "large head": (b"X: " + b"a" * 65536 + b"\r\n" + LENGTH + b"\r\n", BODY),
    "many headers": (b"".join(b"X%d: a\r\n" % number for number in range(200)) + LENGTH + b"\r\n", BODY),
    "no chunk": (b"Transfer-Encoding: chunked\r\n\r\n", b"zz\r\n"),
    "chunk without measure": (b"Transfer-Encoding: chunked\r\n\r\n", b"ffffffffffffffff1\r\n"),
    "body without measure": (b"Content-Length: 99999999999\r\n\r\n", BODY),
}
SOON, PATIENCE = 3.0, 20.0
HALF_OPEN, ROUNDS = 3000, 4


@pytest.fixture
def head(portal: Machine) -> bytes:
    """The beginning of a request that is in order."""
    start = f"POST {EVALUATION} HTTP/1.1\r\nHost: door\r\nAuthorization: Bearer {portal.token}\r\n"
    return f"{start}Content-Type: application/json\r\n".encode()


def talk(served: Served, *parts: bytes) -> tuple[bytes, float]:
    """Send these, and give what came until the other side closed, and after how long. Raises TimeoutError."""
    with served.connect(patience=PATIENCE) as connection:
        began, heard = time.monotonic(), b""
        with suppress(ConnectionError):
            for part in parts:
                connection.sendall(part)
            while data := connection.recv(65536):
                heard += data
        return heard, time.monotonic() - began


def send_slowly(connection: socket.socket, data: bytes) -> None:
    """Send byte by byte. Raises ConnectionError when the other side had enough."""
    for place in range(len(data)):
        connection.sendall(data[place : place + 1])
        time.sleep(0.5)


def is_answered(served: Served) -> bool:
    """Say whether somebody else is answered soon."""
    return served.send("/health", method="GET", patience=SOON).status == 200


@pytest.mark.parametrize("case", WRONG)
def test_it_refuses_what_can_be_read_in_two_ways_and_closes(served: Served, head: bytes, case: str) -> None:
    rest, body = WRONG[case]
    heard, seconds = talk(served, head + rest, body + NEXT)
    assert heard.count(b"HTTP/1.1 ") == 1
    assert heard.split()[1] in {b"400", b"413", b"431"}
    assert seconds < SOON


def test_it_takes_nothing_after_a_body_whose_length_is_told_twice(served: Served, head: bytes) -> None:
    """RFC 9112, 6.1 and 6.3: what a proxy might take for the next request is not read."""
    for lengths in (
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n",
    ):
        heard, seconds = talk(served, head + lengths, CHUNKED + NEXT)
        assert heard.count(b"HTTP/1.1 ") == 1
        assert seconds < SOON


def test_it_closes_on_a_body_that_stalls(served: Served, head: bytes) -> None:
    for sent in (b"", BODY[:10]):
        heard, _ = talk(served, head + LENGTH + b"Expect: 100-continue\r\n\r\n", sent)
        assert b"HTTP/1.1 408 " in heard


def test_it_reads_no_body_of_who_may_do_nothing(served: Served, head: bytes) -> None:
    unknown = head.replace(b"Bearer ", b"Bearer x")
    heard, seconds = talk(served, unknown + LENGTH + b"\r\n", BODY[:10])
    assert heard.startswith(b"HTTP/1.1 401 ")
    assert seconds < SOON


def test_it_cuts_off_who_sends_its_headers_byte_by_byte(served: Served, head: bytes) -> None:
    with served.connect(patience=PATIENCE) as connection:
        began = time.monotonic()
        with pytest.raises(ConnectionError):
            send_slowly(connection, head)
        assert time.monotonic() - began < PATIENCE
    assert is_answered(served)


def test_it_cuts_off_who_says_nothing(served: Served) -> None:
    heard, seconds = talk(served)
    assert (heard, seconds < PATIENCE) == (b"", True)


def test_it_answers_others_while_thousands_of_connections_are_half_open_and_its_memory_is_bounded(
    served: Served,
) -> None:
    """Again and again: what the last round took is there for the next one."""
    before = served.resident()
    for _ in range(ROUNDS):
        assert half_open(served) - before < MOST_CONNECTIONS * 64
    assert is_answered(served)


def half_open(served: Served) -> int:
    """Let thousands begin a request while somebody else asks, and give how much memory that took."""
    with ExitStack() as opened:
        for _ in range(HALF_OPEN):
            connection = opened.enter_context(served.connect())
            connection.sendall(b"POST /access/v1/evaluation HTTP/1.1\r\nHost: door\r\nX: ")
        assert is_answered(served)
        return served.resident()
