"""Which key of a portal something can be encrypted with (RFC 7517 4.2 and 4.3, RFC 7518 4)."""

from collections.abc import Iterable, Mapping

from joserfc.jwk import ECKey, RSAKey

from namens.services.key_sets import Key, is_usable

# RSA1_5 is not among them: it gives who asks often enough the plain text (RFC 8725, 3.2).
KINDS: Mapping[str, type[RSAKey] | type[ECKey]] = {
    "RSA-OAEP": RSAKey,
    "RSA-OAEP-256": RSAKey,
    "ECDH-ES+A256KW": ECKey,
}
_ENCRYPTING = frozenset({"encrypt", "wrapKey", "deriveKey", "deriveBits"})


def encryption_key(keys: Iterable[Key], *, algorithm: str) -> RSAKey | ECKey | None:
    """Give the first public key that is meant for encryption with this algorithm, one that says so before others."""
    fitting = [key for key in keys if _is_meant_for(key, algorithm) and is_usable(key)]
    fitting.sort(key=lambda key: key.get("use") != "enc")
    return KINDS[algorithm].import_key(fitting[0]) if fitting else None


def _is_meant_for(key: Key, algorithm: str) -> bool:
    operations = key.get("key_ops", ["encrypt"])
    return (
        key.get("kty") == KINDS[algorithm].key_type
        and key.get("use", "enc") == "enc"
        and key.get("alg", algorithm) == algorithm
        and isinstance(operations, list)
        and any(str(operation) in _ENCRYPTING for operation in operations)
    )
