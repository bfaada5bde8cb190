"""HTTP as an ASGI application sees it: reading a request within bounds, and sending one answer."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec

from namens.decisions.problems import Problem
from namens.lib.ids import new_id

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Header = tuple[bytes, bytes]

LONGEST_BODY = 1024 * 1024
BODY_SECONDS = 5.0
VERSION = "1.0.0"
_JSON = re.compile(rb"application/json\s*(;\s*charset\s*=\s*\"?utf-8\"?\s*)?", re.ASCII | re.IGNORECASE)
_ECHOED = re.compile(rb"[^\x00-\x1f\x7f]{1,1000}")
_ALWAYS: tuple[Header, ...] = (
    (b"api-version", VERSION.encode()),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
)
_SOUND = re.compile(r"[A-Fa-f0-9]{8}(-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}", re.ASCII)
_NOT_KEPT: Header = (b"cache-control", b"no-store")
_CLOSE: tuple[Header, ...] = ((b"connection", b"close"),)
_encoder = msgspec.json.Encoder()


class Gone(Exception):
    """Who asked hung up, or what came is no HTTP."""


class Request:
    """One request: its headers by lower-case name (one that came twice: the last), and its body when asked for."""

    __slots__ = ("_all", "_receive", "headers", "method", "number", "path", "peer", "query")

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query: bytes = scope.get("query_string", b"")
        self.peer = str((scope.get("client") or ("",))[0])
        self._all = scope["headers"]
        self.headers: Mapping[bytes, bytes] = dict(self._all)
        offered = self.headers.get(b"x-request-id", b"")
        self.number = offered if _ECHOED.fullmatch(offered) else str(new_id()).encode()
        self._receive = receive

    @property
    def sound_number(self) -> str:
        """Give the request id for our own books; empty when a portal wrote something else than a number there."""
        number = self.number.decode("latin-1")
        return number if _SOUND.fullmatch(number) else ""

    def header(self, name: bytes) -> str:
        """Give a header as text, empty when it did not come."""
        return self.headers.get(name, b"").decode("latin-1")

    def all_named(self, name: bytes) -> list[bytes]:
        """Give every header of that name."""
        return [value for one, value in self._all if one == name]

    async def body(self) -> bytes:
        """Give the body. Raises Problem for what is no JSON, is too large or comes too slowly; Gone."""
        if not _JSON.fullmatch(self.headers.get(b"content-type", b"")):
            raise Problem(400, "the body has to be application/json, in UTF-8")
        if self.headers.get(b"content-encoding"):
            raise Problem(400, "the body may not be compressed")
        length = self.headers.get(b"content-length", b"0")
        if length.isdigit() and int(length[:20]) > LONGEST_BODY:
            raise _too_large()
        try:
            async with asyncio.timeout(BODY_SECONDS):
                return await self._whole()
        except TimeoutError:
            raise Problem(408, "the body came too slowly", _CLOSE) from None

    async def _whole(self) -> bytes:
        event = await self._receive()
        if event["type"] == "http.disconnect":
            raise Gone
        if event.get("more_body"):
            return await self._rest(event.get("body", b""))
        return _bounded(event.get("body", b""))

    async def _rest(self, first: bytes) -> bytes:
        parts, size, more = [first], len(first), True
        while more:
            event = await self._receive()
            if event["type"] == "http.disconnect":
                raise Gone
            part = event.get("body", b"")
            size += len(part)
            if size > LONGEST_BODY:
                raise _too_large()
            parts.append(part)
            more = bool(event.get("more_body"))
        return b"".join(parts)


async def answer(send: Send, request: Request, content: object) -> None:
    """Send what was asked for, as JSON."""
    await _send(send, request, 200, _encoder.encode(content), b"application/json", ())


async def answer_all(send: Send, request: Request, content: bytes, *, seconds: int) -> None:
    """Send JSON that is the same for everybody: each may keep it for so long, and scripts of any site may read it."""
    headers = ((b"cache-control", f"public, max-age={seconds}".encode()), (b"access-control-allow-origin", b"*"))
    await _send(send, request, 200, content, b"application/json", headers)


async def answer_problem(send: Send, request: Request, problem: Problem) -> None:
    """Send why there is no answer."""
    await _send(send, request, problem.status, problem.body(), b"application/problem+json", problem.headers)


async def answer_text(send: Send, request: Request, text: bytes, kind: bytes) -> None:
    """Send something else than JSON."""
    await _send(send, request, 200, text, kind, ())


async def _send(
    send: Send, request: Request, status: int, body: bytes, kind: bytes, headers: tuple[Header, ...]
) -> None:
    all_headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"x-request-id", request.number),
        *_ALWAYS,
        *headers,
    ]
    if not any(name == b"cache-control" for name, _ in headers):
        all_headers.append(_NOT_KEPT)
    if request.method == "HEAD":
        body = b""
    await send({"type": "http.response.start", "status": status, "headers": all_headers})
    await send({"type": "http.response.body", "body": body})


def _bounded(body: bytes) -> bytes:
    if len(body) > LONGEST_BODY:
        raise _too_large()
    return body


def broken() -> Problem:
    """Give what is answered to a body that broke off: perhaps somebody still listens."""
    return Problem(400, "the body broke off", _CLOSE)


def _too_large() -> Problem:
    return Problem(413, f"the body is larger than {LONGEST_BODY} bytes", _CLOSE)
