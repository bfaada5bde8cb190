"""Logging people in at an OpenID Connect broker: discovery, PKCE, nonce, a fresh login each time (OIDC Core 3.1)."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx2
import structlog
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError

from namens.lib.assurance import AssuranceLevel
from namens.signin.brokers import Broker
from namens.signin.claims import NotTrusted
from namens.signin.discovery import PATIENCE_SECONDS, BrokerAway, discover, trust
from namens.signin.login import Departure, LoginReason, LoginRefused, VerifiedLogin

ALGORITHMS = ["RS256", "PS256", "ES256"]
LEEWAY = timedelta(seconds=60)

_ERRORS = {
    "access_denied": LoginReason.CANCELLED,
    "server_error": LoginReason.BROKER_AWAY,
    "temporarily_unavailable": LoginReason.BROKER_AWAY,
}

log = structlog.get_logger()


class OpenIdConnect:
    """The adapter for one broker."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def depart(self, *, level: AssuranceLevel, callback: str, now: datetime) -> Departure | LoginRefused:
        """Give the address of the broker's login page. BROKER_AWAY when its discovery does not answer."""
        try:
            provider = discover(self._broker.issuer, now=now)
        except BrokerAway as problem:
            return self._away(problem)
        verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(32)
        with self._client(callback) as client:
            url, state = client.create_authorization_url(
                provider.authorization_endpoint,
                state=secrets.token_urlsafe(32),
                code_verifier=verifier,
                nonce=nonce,
                prompt="login",
                max_age="0",
                acr_values=self._broker.word_for(level),
            )
        return Departure(url=url, state=state, memory={"verifier": verifier, "nonce": nonce, "at": now.isoformat()})

    def arrive(
        self, *, answer: dict[str, str], memory: dict[str, Any], callback: str, now: datetime
    ) -> VerifiedLogin | LoginRefused:
        """Exchange the code and check the ID token (OIDC Core 3.1.3.7)."""
        if "error" in answer:
            return LoginRefused(_ERRORS.get(answer["error"], LoginReason.NOT_TRUSTED))
        try:
            self._check_sender(answer, now)
            token = self._exchange(answer.get("code", ""), memory, callback, now)
            claims = self._verify(token, nonce=memory["nonce"], now=now)
        except BrokerAway as problem:
            return self._away(problem)
        except (JoseError, ValueError, OAuthError) as problem:
            return self._not_trusted(problem)
        return self._read(claims, started=datetime.fromisoformat(memory["at"]), now=now)

    def logout_url(self, *, back: str, now: datetime) -> str:
        """Give where the broker logs the browser out and sends it `back` (RP-Initiated Logout 1.0); empty for nowhere.

        Without the ID token: it holds a BSN, and this is an address.
        """
        try:
            endpoint = discover(self._broker.issuer, now=now).end_session_endpoint
        except BrokerAway as problem:
            self._away(problem)
            return ""
        query = urlencode({"client_id": self._broker.client_id, "post_logout_redirect_uri": back})
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{query}" if endpoint else ""

    def _check_sender(self, answer: dict[str, str], now: datetime) -> None:
        """Refuse an answer of another broker (RFC 9207 2.4)."""
        issuer = self._broker.issuer
        expected = {issuer} if discover(issuer, now=now).names_itself else {issuer, None}
        if answer.get("iss") not in expected:
            raise NotTrusted("the answer of another issuer")

    def _exchange(self, code: str, memory: dict[str, Any], callback: str, now: datetime) -> str:
        provider = discover(self._broker.issuer, now=now)
        try:
            with self._client(callback) as client:
                answer = client.fetch_token(
                    provider.token_endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=memory["verifier"],
                )
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, TypeError, RecursionError) as problem:
            raise BrokerAway(type(problem).__name__) from None
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise BrokerAway("no ID token")
        return token

    def _verify(self, token: str, *, nonce: str, now: datetime) -> dict[str, Any]:
        """Check signature, issuer, audience, time and nonce; keys are fetched again once when none fits."""
        issuer = self._broker.issuer
        try:
            decoded = jwt.decode(token, discover(issuer, now=now).keys, algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            decoded = jwt.decode(token, discover(issuer, now=now, anew=True).keys, algorithms=ALGORITHMS)
        registry = jwt.JWTClaimsRegistry(
            now=lambda: int(now.timestamp()),
            leeway=int(LEEWAY.total_seconds()),
            iss={"essential": True, "value": issuer},
            sub={"essential": True},
            aud={"essential": True, "value": self._broker.client_id},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        registry.validate(decoded.claims)
        if decoded.claims.get("azp", self._broker.client_id) != self._broker.client_id:
            raise NotTrusted("another party's token")
        return dict(decoded.claims)

    def _read(self, claims: dict[str, Any], *, started: datetime, now: datetime) -> VerifiedLogin | LoginRefused:
        auth_time = _instant(claims.get("auth_time"))
        if auth_time is None or not started - LEEWAY <= auth_time <= now + LEEWAY:
            return LoginRefused(LoginReason.STALE)
        level = self._broker.level_of(claims.get(self._broker.assurance_claim))
        if level is None:
            return LoginRefused(LoginReason.NO_LEVEL)
        # In our own time: a clock that is a few seconds off must not make a fresh login look old.
        seen = min(max(auth_time, started), now)
        try:
            return self._broker.claims.read(claims, assurance=level, auth_time=seen, adapter=self._broker.key)
        except ValueError as problem:
            return self._not_trusted(problem)

    def _not_trusted(self, problem: Exception) -> LoginRefused:
        log.warning("login not trusted", broker=self._broker.key, problem=type(problem).__name__)
        return LoginRefused(LoginReason.NOT_TRUSTED)

    def _away(self, problem: BrokerAway) -> LoginRefused:
        log.warning("broker away", broker=self._broker.key, problem=str(problem))
        return LoginRefused(LoginReason.BROKER_AWAY)

    def _client(self, callback: str) -> OAuth2Client:
        return OAuth2Client(
            client_id=self._broker.client_id,
            client_secret=self._broker.client_secret,
            scope=" ".join(self._broker.scopes),
            redirect_uri=callback,
            code_challenge_method="S256",
            timeout=PATIENCE_SECONDS,
            verify=trust(),
        )


def _instant(seconds: object) -> datetime | None:
    """Read seconds since 1970; None for anything else."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
