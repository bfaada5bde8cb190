"""Keyed digests and sealing. Every value carries the id of its key, and is bound to its purpose."""

import base64
import hmac
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from namens.lib.keyring import Keyring

NONCE_BYTES = 12


class BrokenSeal(ValueError):
    """A sealed value was changed, or belongs to another purpose."""


def digests(ring: Keyring, *, purpose: str, value: str) -> list[str]:
    """Give HMAC-SHA256 of `value` under every key, newest first, each as `key id:hex`."""
    return [_digest(ring, purpose, value, key_id) for key_id in ring.ids]


def seal(ring: Keyring, *, purpose: str, value: str) -> str:
    """Encrypt `value` (AES-256-GCM) under the newest key, as `key id:base64`. `purpose` is bound to it."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(ring.derive(f"seal/{purpose}", key_id=ring.current))
    sealed = nonce + cipher.encrypt(nonce, value.encode(), purpose.encode())
    return f"{ring.current}:{base64.b64encode(sealed).decode()}"


def unseal(ring: Keyring, *, purpose: str, sealed: str) -> str:
    """Decrypt what `seal` made for the same purpose. Raises BrokenSeal, UnknownKey."""
    key_id, _, encoded = sealed.partition(":")
    cipher = AESGCM(ring.derive(f"seal/{purpose}", key_id=key_id))
    try:
        raw = base64.b64decode(encoded, validate=True)
        return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose.encode()).decode()
    except (InvalidTag, ValueError):
        raise BrokenSeal(purpose) from None


def _digest(ring: Keyring, purpose: str, value: str, key_id: str) -> str:
    key = ring.derive(f"digest/{purpose}", key_id=key_id)
    return f"{key_id}:{hmac.new(key, value.encode(), sha256).hexdigest()}"
