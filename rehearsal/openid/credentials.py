"""How a client proves who it is: client_secret_basic or client_secret_post (RFC 6749, 2.3.1), never both."""

import base64
import binascii
from collections.abc import Mapping
from urllib.parse import unquote_plus

from rehearsal.clients import Client, Clients


def client_of(authorization: str, *, form: Mapping[str, str], clients: Clients) -> Client | None:
    """Give the client that these credentials prove, None when they prove nothing."""
    if authorization:
        pair = _basic(authorization)
        if pair is None or "client_secret" in form or form.get("client_id", pair[0]) != pair[0]:
            return None
        return clients.authenticate(pair[0], secret=pair[1])
    return clients.authenticate(form.get("client_id", ""), secret=form.get("client_secret", ""))


def _basic(authorization: str) -> tuple[str, str] | None:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, colon, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (unquote_plus(client_id), unquote_plus(secret)) if colon else None
