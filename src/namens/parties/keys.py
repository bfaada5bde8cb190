"""Keyed digests and sealing under this deployment's keyring."""

from django.conf import settings

from namens.lib import sealing
from namens.lib.sealing import BrokenSeal

__all__ = ["BrokenSeal", "digest_all", "digest_now", "seal", "unseal"]


def digest_now(purpose: str, value: str) -> str:
    """Give the digest under the newest key: what is stored."""
    return digest_all(purpose, value)[0]


def digest_all(purpose: str, value: str) -> list[str]:
    """Give the digests under all keys, newest first: what a look-up compares with."""
    return sealing.digests(settings.KEYRING, purpose=purpose, value=value)


def seal(purpose: str, value: str) -> str:
    """Encrypt `value` under the newest key."""
    return sealing.seal(settings.KEYRING, purpose=purpose, value=value)


def unseal(purpose: str, sealed: str) -> str:
    """Decrypt what `seal` made for the same purpose. Raises BrokenSeal, UnknownKey."""
    return sealing.unseal(settings.KEYRING, purpose=purpose, sealed=sealed)
