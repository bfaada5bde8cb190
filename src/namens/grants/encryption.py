"""Encrypting what goes to a portal, so that only it reads that (RFC 7516, OpenID Connect Core 16.14)."""

from joserfc import jwe

from namens.grants.claims_asked import ID_TOKEN, USERINFO
from namens.grants.portal_keys import keys_of
from namens.services.encryption_keys import encryption_key
from namens.services.models import Portal

CONTENT = "A256GCM"


class NoEncryptionKey(LookupError):
    """This portal has no key that fits the encryption it was registered with: it gets nothing."""

    def __init__(self, portal: Portal, algorithm: str) -> None:
        super().__init__(f"{portal.client_id} has no key to encrypt with for {algorithm}")


def encryption_of(portal: Portal, *, place: str) -> str:
    """Give the algorithm by which what stands in this place is encrypted for the portal; empty: it is not."""
    return {ID_TOKEN: portal.id_token_encryption, USERINFO: portal.userinfo_encryption}[place]


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
