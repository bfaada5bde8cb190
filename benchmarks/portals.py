"""The portal's side of a login, for each profile: what it asks, proves and shows."""

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Protocol
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import ECKey

from benchmarks.site import Answer
from benchmarks.world import SERVICE
from namens.grants.addresses import AUTHORIZE, PUSH, TOKEN, USERINFO, full, issuer
from namens.grants.assertions import TYPE
from namens.lib import clock
from namens.services.actions import PortalTerms, approve_portal, propose_portal
from namens.services.models import Portal
from namens.services.profiles import Authentication, Binding, Profile

REDIRECT_URI = "https://portal.example/terug"
VERIFIER, CHALLENGE = "verifier-of-the-portal-that-is-long-enough-1234", "pZhjEPVf4d1NW1zZWiXMa4400nlQgiSZgS5ApJFdmH4"
OF_PROFILE: Mapping[Profile, Mapping[str, object]] = {
    Profile.NLGOV: {},
    Profile.FAPI: {"token_binding": Binding.PROOF, "id_token_algorithm": "PS256"},
    Profile.COMPAT: {"authentication": Authentication.SECRET},
}


class Sender(Protocol):
    """Who sends requests to us."""

    def send(
        self,
        method: str,
        path: str,
        *,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request and give the answer."""


@dataclass
class Site:
    """A portal: its key, what it asks, and the nonce that its next proof must hold."""

    portal: Portal
    key: ECKey
    service: str
    secret: str = field(repr=False)
    nonce: str = ""

    @property
    def is_bound(self) -> bool:
        """Say whether each of its requests for tokens and of its uses of them brings a proof."""
        return self.portal.token_binding == Binding.PROOF

    def address(self, sender: Sender) -> str:
        """Give where it sends a browser: with the question in it, or with the number of the one that it pushed."""
        question = self._question()
        if not self.portal.rules.must_push:
            return f"/{AUTHORIZE}?{urlencode(question)}"
        pushed = sender.send("POST", f"/{PUSH}", form={**question, **self._credential()})
        assert pushed.status == 201, pushed.body
        number = {"client_id": self.portal.client_id, "request_uri": json.loads(pushed.body)["request_uri"]}
        return f"/{AUTHORIZE}?{urlencode(number)}"

    def tokens(self, sender: Sender, code: str) -> str:
        """Turn a code into tokens, and give the access token."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT_URI}
        answer = self._proven(sender, "POST", TOKEN, form={**form, "code_verifier": VERIFIER})
        assert answer.status == 200, answer.body
        access_token: str = json.loads(answer.body)["access_token"]
        return access_token

    def use(self, sender: Sender, access_token: str) -> None:
        """Ask UserInfo."""
        assert self._proven(sender, "GET", USERINFO, token=access_token).status == 200

    def _proven(
        self, sender: Sender, method: str, path: str, *, form: Mapping[str, str] | None = None, token: str = ""
    ) -> Answer:
        """Send a request with a proof where this portal has to; once more when it had no nonce yet."""
        for _ in range(2):
            headers = {"DPoP": self._proof(method, path, token)} if self.is_bound else {}
            if token:
                headers["Authorization"] = f"{'DPoP' if self.is_bound else 'Bearer'} {token}"
            body = {**form, **self._credential()} if form is not None else None
            answer = sender.send(method, f"/{path}", form=body, headers=headers)
            known, self.nonce = self.nonce, answer.headers.get("dpop-nonce", "") if self.is_bound else ""
            if known or not self.is_bound:
                break
        return answer

    def _question(self) -> dict[str, str]:
        return {
            "client_id": self.portal.client_id,
            "redirect_uri": REDIRECT_URI,
            "response_type": "code",
            "scope": f"openid urn:uuid:{self.service}",
            "state": secrets.token_urlsafe(16),
            "nonce": secrets.token_urlsafe(16),
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        }

    def _credential(self) -> dict[str, str]:
        """Give what proves who it is: a secret, or a statement that it signs."""
        who = self.portal.client_id
        if self.portal.authentication == Authentication.SECRET:
            return {"client_id": who, "client_secret": self.secret}
        second = int(clock.now().timestamp())
        claims = {"iss": who, "sub": who, "aud": issuer(), "iat": second, "exp": second + 60}
        claims["jti"] = secrets.token_urlsafe(24)
        signed = jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)
        return {"client_assertion_type": TYPE, "client_assertion": signed}

    def _proof(self, method: str, path: str, token: str) -> str:
        claims = {"htm": method, "htu": full(path), "iat": int(clock.now().timestamp())}
        claims |= {"jti": secrets.token_urlsafe(24), **({"nonce": self.nonce} if self.nonce else {})}
        if token:
            claims["ath"] = base64.urlsafe_b64encode(sha256(token.encode()).digest()).rstrip(b"=").decode()
        header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": self.key.as_dict(private=False)}
        return jwt.encode(header, claims, self.key)


def registered(profile: Profile, *, now: datetime) -> Site:
    """Register a portal of this profile."""
    key, secret = ECKey.generate_key("P-256", auto_kid=True), secrets.token_urlsafe(32)
    has_secret = profile is Profile.COMPAT
    terms = PortalTerms(
        client_id=f"portal-{profile}",
        name="Portaal",
        profile=profile,
        services=(SERVICE,),
        redirect_uris=(REDIRECT_URI,),
        sector="portal",
        jwks={} if has_secret else {"keys": [key.as_dict(private=False)]},
        secret=secret if has_secret else "",
        **OF_PROFILE[profile],  # type: ignore[arg-type]  # names and values of the very terms, as the table says
    )
    propose_portal(terms=terms, by="one", now=now)
    portal = approve_portal(client_id=terms.client_id, by="two", now=now)
    return Site(portal=portal, key=key, service=str(portal.services.get().id), secret=secret)
