"""Addresses that a portal may register: such that every reader reads the same in them."""

import ipaddress
import re
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings

LONGEST_ADDRESS = 500
LONGEST_HOST = 253
# What we write into an address ourselves: there twice, a portal could read the other one (RFC 6749 3.1, RFC 9207 2.4).
OURS = frozenset({"code", "state", "iss", "error", "error_description", "error_uri"})
_NOT_PLAIN = frozenset(" #*\\")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def is_plain_address(uri: str) -> bool:
    """Say whether this is https, or in practice http on this machine, in plain characters without fragment or wildcard.

    Only with a host and a port that can be: what cannot be looked up cannot be told that a login is over.
    """
    if not (uri.isascii() and uri.isprintable()) or len(uri) > LONGEST_ADDRESS or _NOT_PLAIN & set(uri):
        return False
    try:
        parts = urlsplit(uri)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    local = settings.IS_PRACTICE and parts.scheme == "http" and host in {"localhost", "127.0.0.1"}
    place = _written(host) + ("" if port is None else f":{port}")
    return (parts.scheme == "https" or local) and _is_host(host) and port != 0 and parts.netloc.lower() == place


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_host(name: str) -> bool:
    """Say whether this is an IP address, or a name in labels of letters, digits and dashes (RFC 1123, 2.1)."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return len(name) <= LONGEST_HOST and all(_LABEL.fullmatch(label) for label in name.split("."))
    return "%" not in name


def leaves_room(uri: str) -> bool:
    """Say whether none of the names that an answer has stands in this address already."""
    return not OURS & {name for name, _ in parse_qsl(urlsplit(uri).query, keep_blank_values=True)}
