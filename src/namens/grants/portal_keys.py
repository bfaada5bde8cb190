"""The public keys of a portal: what it proves itself with, and what we encrypt for it with."""

from typing import Any

from namens.services.models import Portal


def keys_of(portal: Portal) -> list[dict[str, Any]]:
    """Give the public keys of this portal as they are known now (RFC 7517, 4)."""
    return list(portal.jwks.get("keys", []))


def keys_for(portal: Portal, *, kid: object) -> list[dict[str, Any]]:
    """Give the keys for something that this portal signed with the key of this name."""
    return [key for key in keys_of(portal) if kid is None or key.get("kid") == kid]
