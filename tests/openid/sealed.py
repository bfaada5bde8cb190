"""A portal that gets what it reads encrypted: its key for that, and how it opens what it got."""

import json
from dataclasses import replace
from typing import Any

from joserfc import jwe

from tests.openid.conftest import BASIS
from tests.openid.relying import Claims, RelyingParty, key, read, registered, terms_of

ENCRYPTION_KEY = 7
KINDS = {"RSA-OAEP": "RSA", "RSA-OAEP-256": "RSA", "ECDH-ES+A256KW": "EC"}
BSN = "urn:nl-eid-gdi:1.0:id:BSN"
BOTH_PLACES: dict[str, object] = {"id_token": {BSN: {"essential": True}}, "userinfo": {BSN: None}}


def encryption_key(algorithm: str, **more: str) -> Claims:
    """Give the public key that a portal registers for this algorithm."""
    made = key(KINDS[algorithm], ENCRYPTION_KEY)
    return {**made.as_dict(private=False), "use": "enc", "alg": algorithm, **more}


def sealing(
    client_id: str, *, keys: list[Claims] | None = None, **changes: str | bool | tuple[str, ...]
) -> RelyingParty:
    """Register an `nlgov` portal that may receive BSNs, with keys to sign and to encrypt; encrypted in both places."""
    algorithm = str(changes.get("id_token_encryption") or changes.get("userinfo_encryption") or "RSA-OAEP")
    good = terms_of(client_id, "mijn-toeslagen", "inkomstenbelasting")
    signs = {**key("EC").as_dict(private=False), "use": "sig"}
    registration: dict[str, Any] = {
        "jwks": {"keys": [signs, *(keys or [encryption_key(algorithm)])]},
        "bsn_legal_basis": BASIS,
        "receives_names": True,
        "id_token_encryption": algorithm,
        "userinfo_encryption": algorithm,
        **changes,
    }
    if "jwks_uri" in changes:
        registration["jwks"] = {}
    return registered(replace(good, **registration))


def decrypted(token: str, *, algorithm: str = "RSA-OAEP") -> jwe.CompactEncryption:
    """Open what came encrypted, as its portal does."""
    return jwe.decrypt_compact(token, key(KINDS[algorithm], ENCRYPTION_KEY), algorithms=[algorithm, "A256GCM"])


def inner(token: str, *, algorithm: str = "RSA-OAEP") -> str:
    """Give the signed token inside."""
    return str((decrypted(token, algorithm=algorithm).plaintext or b"").decode())


def opened(token: str, *, algorithm: str = "RSA-OAEP") -> Claims:
    """Open a token that was signed and then encrypted, check it, and give the claims."""
    return read(inner(token, algorithm=algorithm))


def unsigned(content: bytes, *, algorithm: str = "RSA-OAEP") -> Claims:
    """Open claims that were encrypted only."""
    return dict(json.loads(inner(content.decode(), algorithm=algorithm)))
