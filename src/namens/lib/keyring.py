"""Secret keys with an id, newest first. One master key a generation; a key for each purpose is derived from it."""

import base64
import binascii
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MASTER_BYTES = 32
LONGEST_KEY_ID = 20


class BadKeyring(ValueError):
    """The keyring's text cannot be read. The message never holds key material."""


class UnknownKey(LookupError):
    """A stored value names a key that the keyring does not hold."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"the keyring holds no key {key_id!r}")


@dataclass(frozen=True, repr=False)
class Keyring:
    """Master keys by id; `current` is the one that new values are made with."""

    masters: tuple[tuple[str, bytes], ...]

    @classmethod
    def parse(cls, text: str) -> "Keyring":
        """Read `id:base64,id:base64`, newest first; each key 32 bytes. Raises BadKeyring."""
        masters = tuple(_master(part.strip()) for part in text.split(",") if part.strip())
        if not masters:
            raise BadKeyring("the keyring is empty")
        if len({key_id for key_id, _ in masters}) != len(masters):
            raise BadKeyring("two keys in the keyring have the same id")
        return cls(masters)

    @property
    def current(self) -> str:
        """Give the id of the newest key."""
        return self.masters[0][0]

    @property
    def ids(self) -> tuple[str, ...]:
        """Give all key ids, newest first."""
        return tuple(key_id for key_id, _ in self.masters)

    def derive(self, purpose: str, *, key_id: str, length: int = 32) -> bytes:
        """Give `length` bytes for one purpose from master key `key_id` (HKDF-SHA256, RFC 5869). Raises UnknownKey."""
        return _derive(dict(self.masters).get(key_id), key_id, purpose, length)

    def __repr__(self) -> str:
        return f"<keyring {', '.join(self.ids)}>"


@lru_cache(maxsize=256)
def _derive(master: bytes | None, key_id: str, purpose: str, length: int) -> bytes:
    if master is None:
        raise UnknownKey(key_id)
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose.encode()).derive(master)


def _master(part: str) -> tuple[str, bytes]:
    key_id, colon, encoded = part.partition(":")
    if not (colon and key_id.isalnum() and key_id.isascii() and len(key_id) <= LONGEST_KEY_ID):
        raise BadKeyring(f"each key is written as id:base64, its id at most {LONGEST_KEY_ID} letters and digits")
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise BadKeyring(f"key {key_id} is not base64") from None
    if len(key) != MASTER_BYTES:
        raise BadKeyring(f"key {key_id} must be {MASTER_BYTES} bytes")
    return key_id, key
