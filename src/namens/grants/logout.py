"""Telling a portal that a login is over: a signed logout token to its registered address (Back-Channel Logout 2.5).

Two steps, so that a slow portal holds up nobody: `prepare` reads the database, `post` goes outside without it.
"""

import asyncio
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import httpx2
from django.conf import settings
from joserfc.errors import JoseError

from namens.grants.models import Family
from namens.grants.signing import NoSigningKey
from namens.grants.tokens import logout_token

TOTAL_SECONDS = 5.0
CONNECT_SECONDS = 2.0
TAKEN = frozenset({200, 204})
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Message:
    """What a portal must hear, and where."""

    address: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class Sent:
    """The portal took it, or there was nobody to tell."""


@dataclass(frozen=True)
class Failed:
    """The portal did not take it. `problem` says why, without any token."""

    problem: str


class _Unsafe(Exception):
    """This address is not one that we send to."""


def prepare(*, family: UUID, now: datetime) -> Message | Sent | Failed:
    """Give the message about this family to its portal, or how it ends already."""
    found = Family.objects.select_related("portal").filter(id=family).first()
    if found is None or not found.portal.back_channel_logout_uri:
        return Sent()
    try:
        return Message(found.portal.back_channel_logout_uri, token=logout_token(found, now=now))
    except NoSigningKey as problem:
        return Failed(str(problem))
    except (JoseError, LookupError, ValueError) as problem:
        # A key that the keyring does not hold any more, or a seal that is broken.
        return Failed(type(problem).__name__)


def post(message: Message) -> Sent | Failed:
    """Post a message, within five seconds whatever trickles in. Never follows a redirect. For any thread.

    Only looking up the name is as slow as the operating system allows.
    """
    until = time.monotonic() + TOTAL_SECONDS
    try:
        numbers = _numbers(message.address)
        return asyncio.run(_post(message, numbers=numbers, seconds=until - time.monotonic()))
    except _Unsafe as problem:
        return Failed(str(problem))
    except TimeoutError:
        return Failed("too slow")
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as problem:
        # ValueError: a host or a port that cannot be, which was registered before that was looked at.
        return Failed(type(problem).__name__)


async def _post(message: Message, *, numbers: list[str], seconds: float) -> Sent | Failed:
    """Send to the very machine whose address was judged, so that no second look-up can name another one."""
    problem: httpx2.HTTPError | None = None
    patience = httpx2.Timeout(None, connect=CONNECT_SECONDS)
    async with (
        asyncio.timeout(seconds),
        httpx2.AsyncClient(verify=_trust(), timeout=patience, follow_redirects=False, trust_env=False) as client,
    ):
        for number in numbers:
            try:
                return await _try(client, message, number=number)
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as refused:
                problem = refused
    return Failed(type(problem).__name__)


async def _try(client: httpx2.AsyncClient, message: Message, *, number: str) -> Sent | Failed:
    parts = urlsplit(message.address)
    host = f"[{number}]" if ":" in number else number
    place = f"{host}:{parts.port}" if parts.port else host
    request = client.build_request(
        "POST",
        urlunsplit((parts.scheme, place, parts.path or "/", parts.query, "")),
        data={"logout_token": message.token},
        headers={"Host": parts.netloc, "Cache-Control": "no-store"},
        extensions={"sni_hostname": parts.hostname or ""},
    )
    # The body says nothing that we need, so it is not read.
    answer = await client.send(request, stream=True)
    await answer.aclose()
    return Sent() if answer.status_code in TAKEN else Failed(f"answered {answer.status_code}")


def _trust() -> ssl.SSLContext:
    """Give whom we believe to be a portal. Made once: reading all the roots takes longer than sending."""
    with _ONE_AT_A_TIME:
        return _roots()


@cache
def _roots() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)


def _numbers(address: str) -> list[str]:
    """Give the machine addresses of a host that may be sent to, IPv4 first. Raises _Unsafe, OSError, ValueError."""
    parts = urlsplit(address)
    inside = settings.LOGOUT_TO_PRIVATE_ADDRESSES or settings.IS_PRACTICE
    if parts.scheme != "https" and not inside:
        raise _Unsafe("not https")
    found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    numbers = sorted({str(where[4][0]) for where in found}, key=lambda number: (":" in number, number))
    if not inside and not all(_is_public(number) for number in numbers):
        raise _Unsafe("private address")
    return numbers


def _is_public(number: str) -> bool:
    """Say whether this is an address on the internet, also when an IPv4 address is written as an IPv6 one."""
    address = ipaddress.ip_address(number)
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address.sixtofour or address
    return address.is_global and not address.is_multicast
