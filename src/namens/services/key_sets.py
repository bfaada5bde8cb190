"""Key sets of portals: public keys only, and of a kind and a strength that we use (RFC 7517 5, RFC 8725 3.5)."""

from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

MOST_KEYS = 20
# NCSC: 2048 is enough. Longer than any in use would only cost us time.
SHORTEST_RSA, LONGEST_RSA = 2048, 8192
CURVES = frozenset({"P-256", "P-384", "P-521"})
# RSA1_5 is not among them (RFC 8725, 3.2), nor anything with a shared secret.
ALGORITHMS: Mapping[str, frozenset[str]] = {
    "RSA": frozenset({"RS256", "PS256", "RSA-OAEP", "RSA-OAEP-256"}),
    "EC": frozenset({"ES256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"}),
}
_SECRET_PARTS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
Key = dict[str, Any]


class BadKeySet(ValueError):
    """This is no key set, or one that shows a secret. Says which, and nothing of what is in it."""


def public_keys(key_set: object) -> list[Key]:
    """Give the keys of a set that we can use; any other public key is passed over (RFC 7517, 5). Raises BadKeySet."""
    listed = key_set.get("keys") if isinstance(key_set, Mapping) else None
    if not isinstance(listed, list) or not all(isinstance(key, dict) for key in listed):
        raise BadKeySet("no key set")
    if len(listed) > MOST_KEYS:
        raise BadKeySet("too many keys")
    if any(_SECRET_PARTS & key.keys() for key in listed):
        raise BadKeySet("a private or shared key")
    return [key for key in listed if is_usable(key)]


def is_usable(key: Key) -> bool:
    """Say whether this is a public key of a kind that we use, long enough, and for an algorithm of ours."""
    if not isinstance(key.get("kid", ""), str) or _SECRET_PARTS & key.keys():
        return False
    try:
        return _is_for_us(key) and _is_long_enough(key)
    except (JoseError, ValueError, TypeError, KeyError):
        return False


def _is_for_us(key: Key) -> bool:
    ours = ALGORITHMS[key["kty"]]
    return "alg" not in key or key["alg"] in ours


def _is_long_enough(key: Key) -> bool:
    """Read the numbers of a key: what is not on its curve, or has an exponent that cannot be, does not get through."""
    if key["kty"] == "EC":
        return key["crv"] in CURVES and bool(ECKey.import_key(key).thumbprint())
    # Counted before the library reads it, which only warns.
    modulus = int.from_bytes(urlsafe_b64decode(key["n"] + "==="))
    return SHORTEST_RSA <= modulus.bit_length() <= LONGEST_RSA and bool(RSAKey.import_key(key).thumbprint())
