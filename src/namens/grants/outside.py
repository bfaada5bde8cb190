"""Calling the machine of a portal, at an address that its operator gave: never one inside by accident.

The name is looked up once, every address that it has is judged, and the call goes to one of those: no second look-up
can name another machine (DNS rebinding). Redirects are answers like any other.
"""

import asyncio
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit, urlunsplit

import httpx2
from django.conf import settings

TOTAL_SECONDS = 5.0
CONNECT_SECONDS = 2.0
_ONE_AT_A_TIME = threading.Lock()
# All of IPv6 that is given out (RFC 4291, 2.4): the rest is for insides, or for nobody. And what turns into IPv4
# on its way (RFC 6052).
_INTERNET = ipaddress.IPv6Network("2000::/3")
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class Unreachable(Exception):
    """Nothing came of it. Says why, and nothing of what was sent or answered."""


@dataclass(frozen=True, repr=False)
class Answer:
    """What came back: the status, the body as far as it was wanted, and when to ask again, if that was said."""

    status: int
    body: bytes
    retry_after: str = ""


def call(
    method: str,
    address: str,
    *,
    form: Mapping[str, str] | None = None,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    most_bytes: int = 0,
) -> Answer:
    """Call an address, within five seconds whatever trickles in, and read at most so much. Raises Unreachable.

    What is sent is a form, or `content` as it is. For any thread, outside a transaction. Only looking up the name is
    as slow as the operating system allows.
    """
    until = time.monotonic() + TOTAL_SECONDS
    try:
        numbers = _numbers(address)
        wanted = _Wanted(method, address, form or {}, content=content, headers=headers or {}, most_bytes=most_bytes)
        return asyncio.run(_call(wanted, numbers=numbers, seconds=until - time.monotonic()))
    except TimeoutError:
        raise Unreachable("too slow") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as problem:
        # ValueError: a host or a port that cannot be, which was registered before that was looked at.
        raise Unreachable(type(problem).__name__) from None


@dataclass(frozen=True, repr=False)
class _Wanted:
    method: str
    address: str
    form: Mapping[str, str]
    content: bytes | None
    headers: Mapping[str, str]
    most_bytes: int


async def _call(wanted: _Wanted, *, numbers: list[str], seconds: float) -> Answer:
    """Call the very machines whose addresses were judged, one after the other until one is there."""
    problem: httpx2.HTTPError | None = None
    patience = httpx2.Timeout(None, connect=CONNECT_SECONDS)
    async with (
        asyncio.timeout(seconds),
        httpx2.AsyncClient(verify=_trust(), timeout=patience, follow_redirects=False, trust_env=False) as client,
    ):
        for number in numbers:
            try:
                return await _try(client, wanted, number=number)
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as refused:
                problem = refused
    raise Unreachable(type(problem).__name__)


async def _try(client: httpx2.AsyncClient, wanted: _Wanted, *, number: str) -> Answer:
    parts = urlsplit(wanted.address)
    host = f"[{number}]" if ":" in number else number
    place = f"{host}:{parts.port}" if parts.port else host
    request = client.build_request(
        wanted.method,
        urlunsplit((parts.scheme, place, parts.path or "/", parts.query, "")),
        data=dict(wanted.form) or None,
        content=wanted.content,
        # Ours come last: whoever calls cannot say which host is meant.
        headers={**wanted.headers, "Host": parts.netloc, "Cache-Control": "no-store", "Accept-Encoding": "identity"},
        extensions={"sni_hostname": parts.hostname or ""},
    )
    answer = await client.send(request, stream=True)
    try:
        later = answer.headers.get("Retry-After", "")
        return Answer(answer.status_code, body=await _body(answer, wanted.most_bytes), retry_after=later)
    finally:
        await answer.aclose()


async def _body(answer: httpx2.Response, most_bytes: int) -> bytes:
    """Read the body as it is sent: what was packed small cannot grow here. Raises Unreachable when it is longer."""
    if not most_bytes:
        return b""
    read = b""
    async for piece in answer.aiter_raw():
        read += piece
        if len(read) > most_bytes:
            raise Unreachable("too long")
    return read


def _trust() -> ssl.SSLContext:
    """Give whom we believe to be a portal. Made once: reading all the roots takes longer than sending."""
    with _ONE_AT_A_TIME:
        return _roots()


@cache
def _roots() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)


def _numbers(address: str) -> list[str]:
    """Give the machine addresses of a host that may be called, IPv4 first. Raises Unreachable, OSError, ValueError."""
    parts = urlsplit(address)
    inside = settings.PRIVATE_ADDRESSES or settings.IS_PRACTICE
    if parts.scheme != "https" and not inside:
        raise Unreachable("not https")
    found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    numbers = sorted({str(where[4][0]) for where in found}, key=lambda number: (":" in number, number))
    if not inside and not all(_is_public(number) for number in numbers):
        raise Unreachable("private address")
    return numbers


def _is_public(number: str) -> bool:
    """Say whether this is an address on the internet, also when an IPv4 address is written as an IPv6 one."""
    address = ipaddress.ip_address(number)
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner(address)
        if inner is None and address not in _INTERNET:
            return False
        address = inner or address
    return address.is_global and not address.is_multicast


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Give the IPv4 address that a router, or our own machine, would make of this one."""
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
