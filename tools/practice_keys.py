"""Random keys for practice. They stay in the practice folder, readable by their owner only, and never go to git."""

import base64
import json
import os
import secrets
from pathlib import Path
from typing import cast

from joserfc.jwk import RSAKey

PRIVATE = 0o600


def settings(folder: Path) -> dict[str, str]:
    """The keys of Namens as settings; made the first time, the same ever after, because the data depend on them."""
    path = folder / "keys.json"
    if not path.exists():
        made = {"NAMENS_KEYS": f"practice:{_random(32)}", "NAMENS_PAIRWISE_KEY": _random(64)}
        write_private(path, json.dumps(made, indent=2))
    return cast(dict[str, str], json.loads(path.read_text(encoding="utf-8")))


def portal_key(folder: Path, *, name: str, algorithm: str) -> tuple[Path, Path]:
    """A portal's own RSA key: the path of the private key (PEM) and of its public key set (JWKS)."""
    private, public = folder / f"{name}.pem", folder / f"{name}.jwks.json"
    if not (private.exists() and public.exists()):
        key = RSAKey.generate_key(2048, parameters={"kid": f"{name}-1", "use": "sig", "alg": algorithm}, private=True)
        write_private(private, key.as_pem(private=True).decode())
        write_private(public, json.dumps({"keys": [key.as_dict(private=False)]}, indent=2))
    return private, public


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first moment on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w", encoding="utf-8") as file:
        file.write(text)


def _random(size: int) -> str:
    return base64.b64encode(secrets.token_bytes(size)).decode()
