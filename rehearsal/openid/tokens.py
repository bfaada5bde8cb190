"""The signing key, made anew in every run, and the ID tokens it signs."""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta
from functools import cached_property
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from rehearsal.openid.ledger import Grant

ID_TOKEN_LIVES = timedelta(minutes=5)
_PSEUDONYMS = b"rehearsal: the same person keeps the same pseudonym at the same client"


class Signer:
    """Signs and recognises the ID tokens of one issuer."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer

    @cached_property
    def _key(self) -> RSAKey:
        return RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)

    def public_keys(self) -> dict[str, Any]:
        """Give the key set for /jwks."""
        return {"keys": [self._key.as_dict(private=False)]}

    def id_token(self, grant: Grant, *, now: int) -> str:
        """Give the signed ID token (OpenID Connect Core 2)."""
        claims = {
            "iss": self.issuer,
            "aud": grant.question.client.id,
            "sub": pseudonym(grant.who.subject, client_id=grant.question.client.id),
            "iat": now,
            "nbf": now,
            "exp": now + int(ID_TOKEN_LIVES.total_seconds()),
            "auth_time": int(grant.at.timestamp()),
            "nonce": grant.question.nonce,
            "jti": secrets.token_urlsafe(16),
            "acr": grant.who.level.uri,
            **grant.who.claims,
        }
        return jwt.encode({"alg": "RS256", "kid": self._key.kid}, claims, self._key)

    def audience(self, id_token: str) -> str:
        """Give the client an ID token was made for, empty when it is not one of ours."""
        try:
            claims = jwt.decode(id_token, self._key, algorithms=["RS256"]).claims
        except (JoseError, ValueError):
            return ""
        return str(claims.get("aud", ""))


def pseudonym(subject: str, *, client_id: str) -> str:
    """Give the `sub`: stable for this client, and without a number of the person in it."""
    digest = hmac.digest(_PSEUDONYMS, f"{client_id}\0{subject}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def challenge_of(verifier: str) -> str:
    """Give the S256 challenge of a verifier (RFC 7636, 4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
