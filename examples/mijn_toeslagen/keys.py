"""The portal's own RSA key, with which it proves who it is to Namens (private_key_jwt)."""

import json
import os
from pathlib import Path

from joserfc.jwk import RSAKey

BITS = 2048
OWNER_ONLY = 0o600


class KeyExists(FileExistsError):
    """There is a key already; making another would lock this portal out."""


def make(private: Path, *, algorithm: str = "RS256") -> Path:
    """Make a key for signing with this algorithm. Raises KeyExists.

    Gives the path of the public key set, which an operator of Namens registers.
    """
    if private.exists():
        raise KeyExists(private)
    key = RSAKey.generate_key(BITS, {"use": "sig", "alg": algorithm}, auto_kid=True)
    private.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
        file.write(key.as_pem(private=True))
    public = private.with_suffix(".jwks.json")
    public.write_text(json.dumps({"keys": [key.as_dict(private=False)]}, indent=2), encoding="utf-8")
    return public


def load(private: Path) -> RSAKey:
    """Read the private key."""
    return RSAKey.import_key(private.read_bytes())
