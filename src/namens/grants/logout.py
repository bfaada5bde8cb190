"""Telling a portal that a login is over: a signed logout token to its registered address (Back-Channel Logout 2.5)."""

import ipaddress
import socket
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import httpx2
from django.conf import settings

from namens.grants.models import Family
from namens.grants.signing import NoSigningKey
from namens.grants.tokens import logout_token

TIMEOUT = httpx2.Timeout(5.0, connect=3.0)
TAKEN = frozenset({200, 204})


@dataclass(frozen=True)
class Sent:
    """The portal took it, or there was nobody to tell."""


@dataclass(frozen=True)
class Failed:
    """The portal did not take it. `problem` says why, without any token."""

    problem: str


class _Unsafe(Exception):
    """This address is not one that we send to."""


def send(*, family: UUID, now: datetime) -> Sent | Failed:
    """Post the logout token of this family to its portal. Never follows a redirect."""
    found = Family.objects.select_related("portal").filter(id=family).first()
    if found is None or not found.portal.back_channel_logout_uri:
        return Sent()
    try:
        return _post(found.portal.back_channel_logout_uri, token=logout_token(found, now=now))
    except (NoSigningKey, _Unsafe) as problem:
        return Failed(str(problem))
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as problem:
        return Failed(type(problem).__name__)


def _post(address: str, *, token: str) -> Sent | Failed:
    """Send to the very machine whose address was judged, so that no second look-up can name another one."""
    problem: httpx2.HTTPError | None = None
    with httpx2.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client:
        for number in _numbers(address):
            try:
                return _try(client, address, number=number, token=token)
            except httpx2.ConnectError as refused:
                problem = refused
    return Failed(type(problem).__name__)


def _try(client: httpx2.Client, address: str, *, number: str, token: str) -> Sent | Failed:
    parts = urlsplit(address)
    host = f"[{number}]" if ":" in number else number
    place = f"{host}:{parts.port}" if parts.port else host
    request = client.build_request(
        "POST",
        urlunsplit((parts.scheme, place, parts.path or "/", parts.query, "")),
        data={"logout_token": token},
        headers={"Host": parts.netloc, "Cache-Control": "no-store"},
        extensions={"sni_hostname": parts.hostname or ""},
    )
    # The body says nothing that we need, so it is not read: a portal cannot keep us busy with it.
    answer = client.send(request, stream=True)
    answer.close()
    return Sent() if answer.status_code in TAKEN else Failed(f"answered {answer.status_code}")


def _numbers(address: str) -> list[str]:
    """Give the machine addresses of a host that may be sent to, IPv4 first. Raises _Unsafe, OSError."""
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
