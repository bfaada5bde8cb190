"""DPoP proofs, as the library of a portal makes them."""

import base64
import json
import secrets
from collections.abc import Mapping
from hashlib import sha256

from joserfc import jws
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry

from namens.grants import nonces
from namens.grants.addresses import TOKEN, USERINFO, full
from namens.grants.models import Algorithm
from namens.lib import clock


class Anything(JWSRegistry):
    """Signs whatever header a test wants."""

    max_header_length = 8192

    def check_header(self, header: dict[str, object]) -> None:
        """Find nothing wrong."""


ANYTHING = Anything(algorithms=list(Algorithm))


def proof(
    signer: ECKey | RSAKey,
    *,
    changes: Mapping[str, object] | None = None,
    header: Mapping[str, object] | None = None,
    alg: str = "",
    address: str = "",
    method: str = "POST",
    token: str = "",
) -> str:
    """Give a proof that is in order, with changes; None leaves a claim or a header out. For the token endpoint,
    or with `token` for UserInfo.
    """
    good = {
        "jti": secrets.token_urlsafe(24),
        "htm": "GET" if token else method,
        "htu": address or full(USERINFO if token else TOKEN),
        "iat": int(clock.now().timestamp()),
        "nonce": nonces.nonce(now=clock.now()),
        "ath": hashed(token) if token else None,
    }
    algorithm = alg or ("ES256" if isinstance(signer, ECKey) else "PS256")
    whole = {"typ": "dpop+jwt", "alg": algorithm, "jwk": signer.as_dict(private=False), **(header or {})}
    claims = {name: value for name, value in {**good, **(changes or {})}.items() if value is not None}
    sent = {name: value for name, value in whole.items() if value is not None}
    return jws.serialize_compact(sent, json.dumps(claims), signer, registry=ANYTHING)


def hashed(token: str) -> str:
    """Give the `ath` of an access token (RFC 9449, 4.2)."""
    return base64.urlsafe_b64encode(sha256(token.encode()).digest()).rstrip(b"=").decode()
