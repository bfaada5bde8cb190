"""Make the portal's key: `private.pem` stays here, `public.json` goes to the operator of Namens."""

import json
import os
from pathlib import Path

from joserfc.jwk import RSAKey

KEY, KEY_SET = Path("private.pem"), Path("public.json")


def main() -> None:
    """Make both files. An earlier key is never overwritten: that would lock the portal out."""
    key = RSAKey.generate_key(3072, {"use": "sig", "alg": "RS256"}, auto_kid=True)
    with os.fdopen(os.open(KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.as_pem(private=True))
    KEY_SET.write_text(json.dumps({"keys": [key.as_dict(private=False)]}, indent=2))


if __name__ == "__main__":
    main()
