"""The pages, as a program of its own over HTTP, or within this process to count what they do."""

import http.client
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from tools import places, programs
from tools.practice import NAMENS
from tools.programs import Program, Programs

FORM = "application/x-www-form-urlencoded"
CSRF = "c" * 32


@dataclass(frozen=True)
class Answer:
    """What came back. The names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def location(self) -> str:
        """Give where it sends the browser."""
        return self.headers.get("location", "")


class Browser:
    """One connection to our pages, perhaps with the session of somebody who is logged in."""

    def __init__(self, port: int, *, session: str = "") -> None:
        self._connection = http.client.HTTPConnection("localhost", port)
        self._cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"

    def send(
        self,
        method: str,
        path: str,
        *,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request and read the whole answer."""
        typed = {"Content-Type": FORM} if form is not None else {}
        body = urlencode(form) if form else None
        self._connection.request(method, path, body=body, headers={"Cookie": self._cookie, **typed, **(headers or {})})
        response = self._connection.getresponse()
        return Answer(response.status, _small(response.headers.items()), response.read())


class InProcess:
    """The same without a network."""

    def __init__(self, *, session: str = "") -> None:
        self._client = Client(SERVER_NAME="localhost")
        self._client.cookies[settings.SESSION_COOKIE_NAME] = session

    def send(
        self,
        method: str,
        path: str,
        *,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request and read the whole answer."""
        body = urlencode(form or {})
        response = self._client.generic(method, path, body, content_type=FORM, headers=dict(headers or {}))
        return Answer(response.status_code, _small(response.headers.items()), response.content)


def _small(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}


@contextmanager
def pages(*, workers: int) -> Iterator[int]:
    """Serve our pages from this benchmark's database; gives the port."""
    (port,) = programs.free_ports(1)
    command: list[str | Path] = [NAMENS, "serve", "pages", "--workers", str(workers), "--port", str(port)]
    program = Program(name="pages", command=command, port=port, health="/health")
    with Programs([program], logs=places.logs()):
        yield port
