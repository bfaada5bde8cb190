"""One POST to the outside within a deadline, judged: an answer, something to try again, or the end."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import httpx2

from namens.population.answers import Reason, Unavailable

MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Reply:
    """A body that came with 200."""

    body: bytes


@dataclass(frozen=True)
class TryAgain:
    """It may go well the next time, perhaps only after the `wait` (seconds) that the other side asked for."""

    reason: Reason
    wait: float | None = None


@dataclass(frozen=True)
class Exchange:
    """Sends, with at most `timeout_seconds` for a try and never past a deadline of the `ticks` clock."""

    http: httpx2.Client
    timeout_seconds: float
    ticks: Callable[[], float] = time.monotonic

    def post(
        self, url: str, *, content: bytes, headers: Mapping[str, str], deadline: float
    ) -> Reply | TryAgain | Unavailable:
        """Send and judge. The address must hold nothing secret: the HTTP library logs it."""
        left = deadline - self.ticks()
        if left <= 0:
            return TryAgain(Reason.TIMEOUT)
        # Connecting and waiting each get half of what is left, so that together they stay within it.
        patience = min(self.timeout_seconds, left / 2)
        try:
            with self.http.stream("POST", url, content=content, headers=headers, timeout=patience) as response:
                return self._judge(response, deadline)
        except httpx2.TimeoutException:
            return TryAgain(Reason.TIMEOUT)
        except httpx2.TransportError:
            return TryAgain(Reason.CONNECTION)
        except httpx2.DecodingError:
            return Unavailable(Reason.UNREADABLE)

    def _judge(self, response: httpx2.Response, deadline: float) -> Reply | TryAgain | Unavailable:
        status = response.status_code
        if status == HTTPStatus.OK:
            return self._read(response, deadline)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return TryAgain(Reason.BUSY, wait=_retry_after(response))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return TryAgain(Reason.FAILING, wait=_retry_after(response))
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            return Unavailable(Reason.REFUSED)
        return Unavailable(Reason.REJECTED)

    def _read(self, response: httpx2.Response, deadline: float) -> Reply | TryAgain | Unavailable:
        body = bytearray()
        for part in response.iter_bytes():
            body += part
            if len(body) > MOST_BYTES:
                return Unavailable(Reason.UNREADABLE)
            # A side that drips keeps every single read within its time-out, so the whole is timed too.
            if self.ticks() > deadline:
                return TryAgain(Reason.TIMEOUT)
        return Reply(bytes(body))


def _retry_after(response: httpx2.Response) -> float | None:
    written = response.headers.get("retry-after", "")
    return float(written) if written.isascii() and written.isdecimal() else None
