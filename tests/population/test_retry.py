import dataclasses
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import httpx2
import pytest

from namens.population.answers import Reason, Unavailable
from namens.population.client import RegisterClient
from namens.population.config import BrpSettings
from tests.population.asking import ANNA, SETTINGS, Play, Played, facts, given, person


def broken(status: int, **headers: str) -> httpx2.Response:
    return httpx2.Response(status, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize(
    ("play", "reason"),
    [
        (httpx2.ConnectError("refused"), Reason.CONNECTION),
        (httpx2.RemoteProtocolError("hung up"), Reason.CONNECTION),
        (httpx2.ConnectTimeout("slow"), Reason.TIMEOUT),
        (httpx2.ReadTimeout("slow"), Reason.TIMEOUT),
        (broken(429), Reason.BUSY),
        (broken(500), Reason.FAILING),
        (broken(503), Reason.FAILING),
    ],
)
def test_it_tries_three_times_and_then_says_why(play: Play, reason: Reason) -> None:
    played = Played([play] * 3)
    assert played.client().ask(bsn=ANNA) == Unavailable(reason)
    assert len(played.asked) == 3
    assert played.pauses == [0.2, 0.4]


def test_it_forgets_a_failure_that_passed() -> None:
    played = Played([broken(503), httpx2.ReadTimeout("slow"), given(person())])
    assert facts(played.client().ask(bsn=ANNA)).name.family_name == "Vries"


def test_it_tries_as_often_as_it_is_told() -> None:
    played = Played([broken(503)] * 5, settings=dataclasses.replace(SETTINGS, attempts=1))
    played.client().ask(bsn=ANNA)
    assert len(played.asked) == 1


def test_it_waits_as_long_as_the_register_asks() -> None:
    played = Played([broken(429, Retry_After="2"), given(person())])
    facts(played.client().ask(bsn=ANNA))
    assert played.pauses == [2.0]


def test_it_does_not_wait_past_its_time() -> None:
    played = Played([broken(429, Retry_After="60")])
    assert played.client().ask(bsn=ANNA) == Unavailable(Reason.BUSY)
    assert played.pauses == []


@pytest.mark.parametrize("written", ["soon", "-1", "Wed, 21 Oct 2026 07:28:00 GMT", "²"])
def test_it_waits_as_usual_when_it_cannot_read_how_long(written: str) -> None:
    played = Played([broken(429), given(person())])
    played.plays[0] = httpx2.Response(429, headers=[(b"Retry-After", written.encode("latin-1"))])
    facts(played.client().ask(bsn=ANNA))
    assert played.pauses == [0.2]


def test_it_stops_when_its_time_is_up() -> None:
    played = Played([])

    def slow(request: httpx2.Request) -> httpx2.Response:
        played.now += 3
        raise httpx2.ReadTimeout("slow", request=request)

    played.plays.extend([slow] * 9)
    played.settings = dataclasses.replace(SETTINGS, attempts=9)
    assert played.client().ask(bsn=ANNA) == Unavailable(Reason.TIMEOUT)
    assert len(played.asked) == 2


def test_it_gives_each_try_no_more_time_than_is_left() -> None:
    played = Played([broken(429, Retry_After="3"), given(person())])
    played.client().ask(bsn=ANNA)
    assert [request.extensions["timeout"]["read"] for request in played.asked] == [2, 1.0]


@pytest.fixture
def dripping() -> Iterator[int]:
    """A server that gives its answer one byte at a time, for ever."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        threading.Thread(target=drip, args=(server,), daemon=True).start()
        yield server.getsockname()[1]


def drip(server: socket.socket) -> None:
    try:
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n")
            while True:
                connection.sendall(b" ")
                time.sleep(0.02)
    except OSError:
        return


def test_it_does_not_let_a_dripping_answer_hold_a_person_up(dripping: int) -> None:
    settings = BrpSettings(url=f"http://127.0.0.1:{dripping}", timeout_seconds=0.3, total_seconds=0.6, attempts=3)
    with closing(RegisterClient(settings)) as client:
        assert client.ask(bsn=ANNA) == Unavailable(Reason.TIMEOUT)
