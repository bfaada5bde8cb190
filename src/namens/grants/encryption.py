"""Encrypting what goes to a portal, so that only it reads that (RFC 7516, OpenID Connect Core 16.14)."""

from datetime import datetime
from functools import partial

from joserfc import jwe

from namens.grants.claims_asked import ID_TOKEN, USERINFO
from namens.grants.portal_keys import keys_for, keys_of
from namens.services.encryption_keys import encryption_key
from namens.services.key_sets import Key
from namens.services.models import Portal

CONTENT = "A256GCM"


class NoEncryptionKey(LookupError):
    """This portal has no key that fits the encryption it was registered with: it gets nothing."""

    def __init__(self, portal: Portal, algorithm: str) -> None:
        super().__init__(f"{portal.client_id} has no key to encrypt with for {algorithm}")


def encryption_of(portal: Portal, *, place: str) -> str:
    """Give the algorithm by which what stands in this place is encrypted for the portal; empty: it is not."""
    return {ID_TOKEN: portal.id_token_encryption, USERINFO: portal.userinfo_encryption}[place]


def look_up_keys(portal: Portal, *, now: datetime) -> None:
    """Fetch the keys of a portal that has none that fits, or none younger than an hour, from its registered address.

    Outside a transaction, before `encrypted`: that fetches nothing.
    """
    for algorithm in {portal.id_token_encryption, portal.userinfo_encryption} - {""}:
        keys_for(portal, fits=partial(_fits, algorithm), now=now)


def _fits(algorithm: str, key: Key) -> bool:
    return encryption_key([key], algorithm=algorithm) is not None


def encrypted(content: str, *, portal: Portal, place: str, nested: bool) -> str:
    """Give what goes out in this place: encrypted where the portal is registered so, else as it came.

    `nested`: the content is a signed token (RFC 7519, 5.2). Raises NoEncryptionKey.
    """
    algorithm = encryption_of(portal, place=place)
    if not algorithm:
        return content
    key = encryption_key(keys_of(portal), algorithm=algorithm)
    if key is None:
        raise NoEncryptionKey(portal, algorithm)
    named = {"kid": key.kid} if key.kid else {}
    header = {"alg": algorithm, "enc": CONTENT, **named, **({"cty": "JWT"} if nested else {"typ": "JWT"})}
    return jwe.encrypt_compact(header, content, key, algorithms=[algorithm, CONTENT])
