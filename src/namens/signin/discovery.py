"""What a broker says about itself: its addresses and public keys (OpenID Connect Discovery 1.0), kept for a while."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

PATIENCE_SECONDS = 3
REMEMBERED = timedelta(minutes=10)


class BrokerAway(Exception):
    """The broker did not answer, or not with what OpenID Connect says."""


@dataclass(frozen=True)
class Provider:
    """A broker's addresses and keys, as they were at `since`. Not every broker has an address to log out at."""

    authorization_endpoint: str
    token_endpoint: str
    keys: KeySet
    names_itself: bool
    since: datetime
    end_session_endpoint: str = ""


_known: dict[str, Provider] = {}


def discover(issuer: str, *, now: datetime, anew: bool = False) -> Provider:
    """Give what is remembered, or ask (again, when `anew`). Raises BrokerAway."""
    known = _known.get(issuer)
    if known is None or anew or now - known.since >= REMEMBERED:
        known = _known[issuer] = _ask(issuer, now)
    return known


def forget() -> None:
    """Forget every broker: the next login asks again."""
    _known.clear()


@cache
def trust() -> ssl.SSLContext:
    """Give the certificates that we trust. Reading them takes 30 ms, so once."""
    return httpx2.create_ssl_context()


def _ask(issuer: str, now: datetime) -> Provider:
    metadata = _fetch(f"{issuer}/.well-known/openid-configuration")
    if metadata.get("issuer") != issuer:
        raise BrokerAway("another issuer")
    try:
        keys = KeySet.import_key_set(_fetch(_address(metadata, "jwks_uri", issuer)))  # type: ignore[arg-type]  # checked by it
    except (ValueError, TypeError, KeyError, AttributeError, JoseError) as problem:
        raise BrokerAway(type(problem).__name__) from None
    return Provider(
        authorization_endpoint=_address(metadata, "authorization_endpoint", issuer),
        token_endpoint=_address(metadata, "token_endpoint", issuer),
        keys=keys,
        names_itself=metadata.get("authorization_response_iss_parameter_supported") is True,
        since=now,
        end_session_endpoint=_optional(metadata, "end_session_endpoint", issuer),
    )


def _address(metadata: Mapping[str, Any], name: str, issuer: str) -> str:
    """Give an address that is as well protected as the issuer's own."""
    address = metadata.get(name)
    try:
        parts = urlsplit(address) if isinstance(address, str) else None
    except ValueError:
        parts = None
    if parts is None or not parts.hostname or parts.scheme not in {"https", urlsplit(issuer).scheme}:
        raise BrokerAway(f"no {name}")
    return str(address)


def _optional(metadata: Mapping[str, Any], name: str, issuer: str) -> str:
    """Give an address that a broker need not have; nothing when it has none that is protected well enough."""
    try:
        return _address(metadata, name, issuer)
    except BrokerAway:
        return ""


def _fetch(url: str) -> dict[str, Any]:
    try:
        answer = httpx2.get(url, timeout=PATIENCE_SECONDS, follow_redirects=False, verify=trust())
        answer.raise_for_status()
        content = answer.json()
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, RecursionError) as problem:
        raise BrokerAway(type(problem).__name__) from None
    if not isinstance(content, dict):
        raise BrokerAway("not an object")
    return content
