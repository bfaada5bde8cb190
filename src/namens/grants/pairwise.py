"""The id by which a portal knows a party: other portals' sectors know the same party by another one.

AES-SIV (RFC 5297) of the party's uuid under a key for the sector: always the same text, reversible by us, no table.
"""

import base64
import binascii
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"pairwise/"
_LENGTH = 43


class UnknownPairwiseId(ValueError):
    """This text is no id that we gave to this sector."""

    def __init__(self) -> None:
        super().__init__("not a pairwise id of this sector")


def pairwise_id(party: UUID, *, sector: str) -> str:
    """Give the id of this party for this sector: 43 url-safe symbols."""
    sealed = _cipher(settings.PAIRWISE_KEY, sector).encrypt(party.bytes, [sector.encode()])
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def party_of(text: str, *, sector: str) -> UUID:
    """Give the party behind an id. Raises UnknownPairwiseId, also for an id of another sector."""
    if len(text) != _LENGTH or not text.isascii():
        raise UnknownPairwiseId
    try:
        sealed = base64.urlsafe_b64decode(text + "=")
        return UUID(bytes=_cipher(settings.PAIRWISE_KEY, sector).decrypt(sealed, [sector.encode()]))
    except (binascii.Error, ValueError, InvalidTag):
        raise UnknownPairwiseId from None


@lru_cache(maxsize=256)
def _cipher(master: bytes, sector: str) -> AESSIV:
    return AESSIV(HKDF(algorithm=SHA256(), length=64, salt=None, info=_PURPOSE + sector.encode()).derive(master))
