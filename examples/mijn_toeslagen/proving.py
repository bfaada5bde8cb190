"""Proving with every request that we hold a key, so that a stolen token is worth nothing (DPoP, RFC 9449)."""

import base64
import os
import secrets
import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

from authlib.integrations.flask_client import FlaskOAuth2App
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.jwk import ECKey
from requests import Response

ALGORITHM = "ES256"
OWNER_ONLY = 0o600
SCHEME = "DPoP "
WANTS_NONCE = "use_dpop_nonce"


class Prover:
    """Makes proofs with one key. Namens says with which number (a nonce) the next proof must be made."""

    def __init__(self, key: ECKey) -> None:
        self._key = key
        self._nonce = ""

    @classmethod
    def with_key_in(cls, path: Path) -> "Prover":
        """Give the prover whose key is kept in this file; makes it the first time. Tokens are bound to it."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            made = ECKey.generate_key("P-256").as_pem(private=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, OWNER_ONLY), "wb") as file:
                file.write(made)
        return cls(ECKey.import_key(path.read_bytes()))

    def proof(self, method: str, address: str, *, token: str = "") -> str:
        """Give a proof for one request (RFC 9449, 4.2), with the token that is shown in it, if any."""
        claims: dict[str, Any] = {
            "htm": method.upper(),
            "htu": _without_query(address),
            "iat": int(time.time()),
            "jti": secrets.token_urlsafe(24),
        }
        if self._nonce:
            claims["nonce"] = self._nonce
        if token:
            claims["ath"] = base64.urlsafe_b64encode(sha256(token.encode()).digest()).rstrip(b"=").decode()
        header = {"typ": "dpop+jwt", "alg": ALGORITHM, "jwk": self._key.as_dict(private=False)}
        return jwt.encode(header, claims, self._key, algorithms=[ALGORITHM])

    def learn(self, answer: Response) -> bool:
        """Remember the nonce of an answer; say whether the request must be sent again with it (RFC 9449, 8)."""
        self._nonce = answer.headers.get("DPoP-Nonce", self._nonce)
        told = answer.headers.get("WWW-Authenticate", "") + (answer.text if answer.status_code == 400 else "")
        return answer.status_code in {400, 401} and WANTS_NONCE in told


class NamensSession(OAuth2Session):  # type: ignore[misc]  # Authlib has no types for it
    """Authlib's session, which shows a proof with each request when it has a prover."""

    prover: Prover | None = None

    def request(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, **options: object
    ) -> Response:
        """Send a request; once more when Namens asks for another nonce: then proof and assertion are made anew."""
        if self.prover is None:
            return cast(Response, super().request(method, url, headers=headers, **options))
        for _ in range(2):
            proof = self.prover.proof(method, url, token=_token_in(headers))
            answer = super().request(method, url, headers={**(headers or {}), "DPoP": proof}, **options)
            if not self.prover.learn(answer):
                break
        return cast(Response, answer)


class NamensApp(FlaskOAuth2App):  # type: ignore[misc]  # as above
    """Authlib's client, with our session."""

    client_cls = NamensSession


def _without_query(address: str) -> str:
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))


def _token_in(headers: Mapping[str, str] | None) -> str:
    shown = (headers or {}).get("Authorization", "")
    return shown.removeprefix(SCHEME) if shown.startswith(SCHEME) else ""
