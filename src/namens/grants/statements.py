"""What a portal signs for us: client assertions, and request objects (RFC 7515, RFC 8725)."""

import base64
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeGuard

from joserfc import jwt
from joserfc.jwk import ECKey, GuestProtocol, RSAKey
from joserfc.jws import JWSRegistry
from joserfc.jwt import Token

from namens.grants import portal_keys
from namens.grants.signing import UNREADABLE
from namens.lib.strict_json import read_object
from namens.services.models import Portal

# Keys come from the registration, never from the statement itself (RFC 8725, 3.10); and we know no extensions.
FORBIDDEN_IN_HEADER = frozenset({"jwk", "jku", "x5u", "x5c", "crit", "b64"})
KINDS: Mapping[str, type[RSAKey] | type[ECKey]] = {"RS256": RSAKey, "PS256": RSAKey, "ES256": ECKey}
SHORTEST_JTI, LONGEST_JTI = 16, 256
LATEST_MOMENT = 10**11
Key = dict[str, Any]


class NotSigned(ValueError):
    """No key of the portal made this statement, or not in a way that we take."""


def stated(text: str, *, portal: Portal, now: datetime) -> Token:
    """Give what this portal signed: header and claims. Raises NotSigned.

    Call it outside a transaction: keys that are not known yet are fetched.
    """
    try:
        header = read_strictly(text)
    except UNREADABLE:
        raise NotSigned from None
    if FORBIDDEN_IN_HEADER & header.keys() or header.get("alg") not in portal.rules.algorithms:
        raise NotSigned
    for key in portal_keys.keys_for(portal, fits=partial(_is_named, header.get("kid")), now=now):
        try:
            return _read(text, key, portal)
        except UNREADABLE:
            continue
    raise NotSigned


def read_strictly(text: str) -> Key:
    """Give the header of what somebody signed, true or not. Raises one of UNREADABLE.

    Header and claims must be what every reader sees in them: UTF-8, and no name twice (RFC 7515, 5.2).
    """
    header, _ = (_object(part) for part in text.split(".")[:2])
    return header


def _object(part: str) -> Key:
    return read_object(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode())


def _read(text: str, key: Key, portal: Portal) -> Token:
    return jwt.decode(text, partial(_fitting, registered=key), registry=JWSRegistry(algorithms=portal.rules.algorithms))


def _is_named(kid: object, key: Key) -> bool:
    return kid is None or key.get("kid") == kid


class _OtherKey(ValueError):
    """This registered key is not the one that the statement names."""


def _fitting(token: GuestProtocol, registered: Key) -> RSAKey | ECKey:
    """Give a registered key for a statement, when kid, algorithm, purpose and kind of key agree."""
    header = token.headers()
    algorithm = str(header.get("alg"))
    kind = KINDS[algorithm]
    same_kid = header.get("kid", registered.get("kid")) == registered.get("kid")
    same_algorithm = registered.get("alg", algorithm) == algorithm
    for_signing = registered.get("use", "sig") == "sig" and "verify" in registered.get("key_ops", ["verify"])
    if not (same_kid and same_algorithm and for_signing and registered.get("kty") == kind.key_type):
        raise _OtherKey
    return kind.import_key(registered)


def is_moment(value: object) -> TypeGuard[float]:
    """Say whether this is a number of seconds since 1970 that a calendar could hold."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < LATEST_MOMENT


def is_plain(name: str) -> bool:
    """Say whether this is printable ASCII: JSON can hold text that no database and no digest takes."""
    return name.isascii() and name.isprintable()


def is_jti(value: object) -> bool:
    """Say whether this can be told from any other one."""
    return isinstance(value, str) and SHORTEST_JTI <= len(value) <= LONGEST_JTI and is_plain(value)
