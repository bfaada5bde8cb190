"""Asking a door for machines over many connections that stay open, from a process of its own that takes little.

Plain sockets and one `epoll`: the next question leaves when an answer is there. Each answer is held against the truth.
"""

import multiprocessing
import re
import resource
import select
import socket
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection

from benchmarks.report import median, p99

CONNECTIONS = 64
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_SIZE = 1 << 18
Check = Callable[[int, bytes], bool]


@dataclass(frozen=True)
class Calls:
    """What is asked: whole requests, taken in turn, and whether the body of an answer to one of them is true."""

    requests: Sequence[bytes]
    holds: Check

    @classmethod
    def to(cls, path: str, *, token: str, bodies: Sequence[bytes], holds: Check) -> "Calls":
        """Give requests of these bodies to a path, with a token."""
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
        head += "Content-Type: application/json\r\nContent-Length: "
        return cls([b"%b%d\r\n\r\n%b" % (head.encode(), len(body), body) for body in bodies], holds)


@dataclass
class Answered:
    """What came back: how many seconds each answer took, and what was not true. `cpu` is the asker's own."""

    seconds: float
    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[bytes] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def rate(self) -> float:
        """Give the answers a second."""
        return len(self.times) / self.seconds

    @property
    def figures(self) -> dict[str, float]:
        """Give what every benchmark of decisions tells of it; nothing wrong, when that was insisted on."""
        times = {"median_ms": median(self.times), "p99_ms": p99(self.times)}
        return {**times, "wrong": len(self.wrong), "refused": self.refused, "asker_cores": self.cpu / self.seconds}

    @property
    def refused(self) -> int:
        """Give how often the door had no answer now: 503, which a portal asks again."""
        return self.statuses[503]

    def insist(self) -> "Answered":
        """Raise AssertionError when an answer was wrong, or something else was heard than an answer or 503."""
        assert set(self.statuses) <= {200, 503}, f"not only answers: {dict(self.statuses)}"
        assert not self.wrong, f"{len(self.wrong)} wrong answers, such as {self.wrong[0]!r}"
        return self


def ask(port: int, calls: Calls, *, seconds: float, connections: int = CONNECTIONS, first: int = 0) -> Answered:
    """Ask for so long, in another process; `first` is the number of the first request."""
    forking = multiprocessing.get_context("fork")
    here, there = forking.Pipe()
    process = forking.Process(target=_answer, args=[there, port, calls, seconds, connections, first])
    process.start()
    there.close()
    try:
        found: Answered = here.recv()
    except EOFError:
        raise RuntimeError("who asks did not come to the end; it has said why") from None
    process.join()
    return found


def ask_here(port: int, calls: Calls, *, seconds: float, connections: int, first: int = 0, most: int = 0) -> Answered:
    """Do the same in this process; ends after `most` answers when that is given."""
    poll, line = select.epoll(), _Line(calls, first)
    for _ in range(connections):
        channel = socket.create_connection(("127.0.0.1", port))
        channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.channels[channel.fileno()] = channel
        poll.register(channel.fileno(), select.EPOLLIN)
    began = time.perf_counter()
    for one in line.channels:
        line.send(one)
    while time.perf_counter() - began < seconds and not 0 < most <= len(line.found.times):
        for one, _ in poll.poll(1):
            if line.receive(one):
                line.send(one)
    line.found.seconds = time.perf_counter() - began
    for channel in line.channels.values():
        channel.close()
    poll.close()
    return line.found


class _Line:
    """The connections, what was asked on each, and what has come of the answer."""

    def __init__(self, calls: Calls, first: int) -> None:
        self.channels: dict[int, socket.socket] = {}
        self.found = Answered(seconds=0)
        self._calls, self._turns = calls, count(first)
        self._asked: dict[int, tuple[int, float]] = {}
        self._begun: dict[int, bytes] = {}

    def send(self, one: int) -> None:
        """Ask the next question on a connection."""
        turn = next(self._turns) % len(self._calls.requests)
        self._asked[one] = turn, time.perf_counter()
        self.channels[one].sendall(self._calls.requests[turn])

    def receive(self, one: int) -> bool:
        """Take what has come; says whether that was the end of an answer."""
        come = self.channels[one].recv(_SIZE)
        if not come:
            raise ConnectionError("the door closed a connection")
        data = self._begun.pop(one, b"") + come
        head, end, body = data.partition(b"\r\n\r\n")
        length = _LENGTH.search(head) if end else None
        if length is None or len(body) < int(length[1]):
            self._begun[one] = data
            return False
        turn, began = self._asked[one]
        status = int(head[9:12])
        self.found.statuses[status] += 1
        if status == 200:
            self.found.times.append(time.perf_counter() - began)
            if not self._calls.holds(turn, body):
                self.found.wrong.append(body[:500])
        return True


def _answer(back: Connection, port: int, calls: Calls, seconds: float, connections: int, first: int) -> None:
    before = _cpu()
    found = ask_here(port, calls, seconds=seconds, connections=connections, first=first)
    found.cpu = _cpu() - before
    back.send(found)
    back.close()


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
