"""What both shells share: how to send, what is too long, and what counts as silence."""

from collections.abc import Iterable, Mapping

import httpx2

from namens_client._flow import Answer, Request, Unreached
from namens_client._setup import Setup

# Packed answers would be unpacked without a bound.
PLAIN = {"accept-encoding": "identity", "user-agent": "namens-client"}
LONGEST_ANSWER = 8 * 1024 * 1024
DROPPED = (httpx2.RemoteProtocolError, httpx2.ReadError, httpx2.WriteError)
TIME_IS_UP = "the time is up"


def left(setup: Setup, until: float) -> float:
    """Give the seconds that are left. Raises Unreached when there are none."""
    seconds = until - setup.ticks()
    if seconds <= 0:
        raise Unreached(TIME_IS_UP)
    return seconds


def patience(seconds: float) -> httpx2.Timeout:
    """Share the time between getting a connection and hearing something, so that together they are not longer."""
    return httpx2.Timeout(seconds / 2, connect=seconds / 4, pool=seconds / 4)


def headers(request: Request) -> Mapping[str, str]:
    """Give the headers that are sent."""
    return {**PLAIN, **request.headers}


def answer(status: int, headers: Iterable[tuple[str, str]], body: bytes) -> Answer:
    """Give what came back."""
    return Answer(status=status, headers={name.lower(): value for name, value in headers}, body=body)


def check_length(parts: bytearray) -> None:
    """Raise Unreached for an answer without end."""
    if len(parts) > LONGEST_ANSWER:
        raise Unreached("the answer is too long")


def unreached(problem: httpx2.HTTPError) -> Unreached:
    """Give what to tell the flow: the kind of trouble, without the address or what was sent."""
    return Unreached(type(problem).__name__, dropped=isinstance(problem, DROPPED))
