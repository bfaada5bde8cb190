"""By what people compare a public key: its thumbprint (RFC 7638)."""

from collections.abc import Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry


def thumbprint(key: Mapping[str, Any]) -> str:
    """Give the SHA-256 thumbprint of a public key; empty for what is no key."""
    try:
        return JWKRegistry.import_key(dict(key)).thumbprint()
    except (JoseError, ValueError, TypeError, KeyError):
        return ""


def told(key: Mapping[str, Any]) -> str:
    """Give a key in one line: its kind, the name that the portal gave it, and its thumbprint."""
    kind = " ".join(str(key[name]) for name in ("kty", "crv", "use") if name in key)
    return f"{kind} {key.get('kid', '-')} {thumbprint(key) or '?'}"
