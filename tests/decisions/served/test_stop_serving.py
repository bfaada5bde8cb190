"""The door is told to stop, or one of its workers is killed: nobody gets half an answer."""

import json
import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Thread

import psycopg
import pytest

from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.databases import CHOICE
from tests.decisions.machine import EVALUATION, Machine
from tests.decisions.served.asking import request
from tests.decisions.served.serving import HOST, Served, serving

pytestmark = pytest.mark.slow
CLIENTS, SOON, REPLACED_WITHIN = 8, 5.0, 60.0


@pytest.fixture
def whole(portal: Machine, given: Mandate, anna: Party, bram: Party) -> bytes:
    """A request whose answer is yes."""
    assert given.id is not None
    return request(EVALUATION, portal.question(bram, anna), token=portal.token)


@contextmanager
def load(port: int, whole: bytes) -> Iterator[Counter[str]]:
    """Ask again and again on connections that stay open, and count what came."""
    came, is_over = Counter[str](), Event()
    threads = [Thread(target=keep_asking, args=[port, whole, came, is_over]) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield came
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


def keep_asking(port: int, whole: bytes, came: Counter[str], is_over: Event) -> None:
    while not is_over.is_set():
        try:
            with socket.create_connection((HOST, port), timeout=SOON) as connection:
                while not is_over.is_set() and (what := asked_once(connection, whole)) == "yes":
                    came[what] += 1
                if not is_over.is_set():
                    came[what] += 1
        except ConnectionRefusedError:
            came["nobody there"] += 1
            time.sleep(0.01)


def asked_once(connection: socket.socket, whole: bytes) -> str:
    """Give `yes`, `closed` when nothing at all came, and otherwise what it was."""
    heard = b""
    try:
        connection.sendall(whole)
        while not is_whole(heard):
            data = connection.recv(65536)
            if not data:
                return f"half: {heard!r}" if heard else "closed"
            heard += data
    except ConnectionError:
        return f"half: {heard!r}" if heard else "closed"
    head, _, body = heard.partition(b"\r\n\r\n")
    return "yes" if b" 200 " in head and json.loads(body)["decision"] is True else f"odd: {heard!r}"


def is_whole(heard: bytes) -> bool:
    head, end, body = heard.partition(b"\r\n\r\n")
    return bool(end) and len(body) >= int(head.lower().partition(b"content-length: ")[2].split()[0])


def test_it_gives_whole_answers_or_none_when_it_is_told_to_stop_and_ends_soon(address: str, whole: bytes) -> None:
    with serving(address) as served, load(served.port, whole) as came:
        time.sleep(1)
        served.process.terminate()
        assert served.process.wait(SOON) == 0
        assert set(came) <= {"yes", "closed", "nobody there"}
        assert came["yes"] > CLIENTS


@pytest.mark.skipif(os.environ.get(CHOICE) != "postgresql", reason="a file answers before anybody can stop it")
def test_it_answers_what_was_asked_before_it_was_told_to_stop(address: str, whole: bytes) -> None:
    def ask(port: int) -> str:
        with socket.create_connection((HOST, port), timeout=SOON) as connection:
            return asked_once(connection, whole)

    with serving(address) as served:
        assert ask(served.port) == "yes"
        with ThreadPoolExecutor(CLIENTS) as pool:
            with psycopg.connect(address) as other:
                other.execute("LOCK TABLE mandates_mandate IN ACCESS EXCLUSIVE MODE")
                asked = [pool.submit(ask, served.port) for _ in range(CLIENTS)]
                time.sleep(0.3)
                served.process.terminate()
                time.sleep(0.2)
            assert [one.result() for one in asked] == ["yes"] * CLIENTS
        assert served.process.wait(SOON) == 0


def test_it_goes_on_when_one_of_its_workers_is_killed_and_gets_another(address: str, whole: bytes) -> None:
    with serving(address, workers=2) as served, load(served.port, whole) as came:
        first, second = served.workers()
        os.kill(first, signal.SIGKILL)
        before = came["yes"]
        time.sleep(1)
        assert came["yes"] > before
        assert second in replaced(served, first)
        assert set(came) <= {"yes", "closed", "nobody there"}


def replaced(served: Served, gone: int) -> list[int]:
    """Wait until there are two again, and give them."""
    until = time.monotonic() + REPLACED_WITHIN
    while time.monotonic() < until:
        workers = served.workers()
        if len(workers) == 2 and gone not in workers:
            return workers
        time.sleep(0.1)
    raise AssertionError("nobody took its place")
