"""Which key of a portal something can be encrypted with (RFC 7517, RFC 7518 4)."""

import base64
from collections.abc import Iterable, Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

# RSA1_5 is not among them: it gives who asks often enough the plain text (RFC 8725, 3.2).
KINDS: Mapping[str, type[RSAKey] | type[ECKey]] = {
    "RSA-OAEP": RSAKey,
    "RSA-OAEP-256": RSAKey,
    "ECDH-ES+A256KW": ECKey,
}
SHORTEST_RSA, LONGEST_RSA = 2048, 8192
_CURVES = ("P-256", "P-384", "P-521")
_PUBLIC_PARTS = ("kty", "crv", "x", "y", "n", "e", "kid")
_ENCRYPTING = frozenset({"encrypt", "wrapKey", "deriveKey", "deriveBits"})


def encryption_key(keys: Iterable[Mapping[str, Any]], *, algorithm: str) -> RSAKey | ECKey | None:
    """Give the first public key that is meant for encryption with this algorithm, one that says so before others."""
    fitting = [key for key in keys if _is_meant_for(key, algorithm)]
    fitting.sort(key=lambda key: key.get("use") != "enc")
    return next((read for read in (_read(key, algorithm) for key in fitting) if read is not None), None)


def _is_meant_for(key: Mapping[str, Any], algorithm: str) -> bool:
    operations = key.get("key_ops", ["encrypt"])
    return (
        key.get("kty") == KINDS[algorithm].key_type
        and (key["kty"] == RSAKey.key_type or key.get("crv") in _CURVES)
        and key.get("use", "enc") == "enc"
        and key.get("alg", algorithm) == algorithm
        and isinstance(operations, list)
        and any(str(operation) in _ENCRYPTING for operation in operations)
    )


def _read(key: Mapping[str, Any], algorithm: str) -> RSAKey | ECKey | None:
    """Give the key itself; None for one that cannot be, or is too short. Only its public part is read."""
    kind = KINDS[algorithm]
    try:
        if kind is RSAKey and not SHORTEST_RSA <= _bits(key["n"]) <= LONGEST_RSA:
            return None
        return kind.import_key({name: key[name] for name in _PUBLIC_PARTS if name in key})
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def _bits(modulus: str) -> int:
    """Give the length of an RSA key. Raises ValueError, TypeError."""
    return int.from_bytes(base64.urlsafe_b64decode(modulus + "=" * (-len(modulus) % 4))).bit_length()
