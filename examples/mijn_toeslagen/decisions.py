"""Asks Namens whether somebody still may, with a token of our own machine (OpenID AuthZEN 1.0).

Only Namens decides. Without an answer nothing is known, so nothing is done.
"""

from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.jwk import RSAKey
from requests import RequestException, Response

SCOPE = "urn:namens:1.0:scope:decisions"
# To connect, and to hear something: somebody waits for their page meanwhile.
SECONDS_TO_WAIT = (1.0, 1.5)
# A token that ends within so many seconds is not used any more.
ALMOST_OVER = 30


class NoAnswer(Exception):
    """Nobody said yes or no."""


class Decisions:
    """The decisions door. One session keeps the connection open, and the token for its five minutes."""

    def __init__(self, door: str, *, issuer: str, client_id: str, key: RSAKey, through_proxy: bool = True) -> None:
        self._door, self._issuer = door, issuer
        self._session = OAuth2Session(
            client_id,
            key,
            scope=SCOPE,
            token_endpoint_auth_method=PrivateKeyJWT(issuer, alg="RS256"),
            default_timeout=SECONDS_TO_WAIT,
            trust_env=through_proxy,
        )

    def may(self, question: dict[str, Any]) -> bool:
        """Say whether Namens says yes. Raises NoAnswer for whatever is neither yes nor no."""
        try:
            answer = self._ask(question)
            decision = answer.json()["decision"] if answer.ok else None
        except (AuthlibBaseError, RequestException, ValueError, LookupError, TypeError) as problem:
            raise NoAnswer(type(problem).__name__) from None
        if not isinstance(decision, bool):
            raise NoAnswer(f"status {answer.status_code}")
        return decision

    def token(self) -> str:
        """Give a token that lives for a while yet. Two threads may both fetch one: that harms nobody."""
        kept = self._session.token
        if not kept or kept.is_expired(leeway=ALMOST_OVER):
            kept = self._session.fetch_token(self._token_endpoint(), grant_type="client_credentials")
        return str(kept["access_token"])

    def _ask(self, question: dict[str, Any]) -> Response:
        answer = self._post(question)
        if answer.status_code == 401:
            # Namens may have got other keys meanwhile: once more, with another token.
            self._session.token = None
            answer = self._post(question)
        return answer

    def _post(self, question: dict[str, Any]) -> Response:
        shown = {"Authorization": f"Bearer {self.token()}"}
        answer = self._session.post(
            f"{self._door}/access/v1/evaluation",
            json=question,
            headers=shown,
            allow_redirects=False,
            withhold_token=True,
        )
        assert isinstance(answer, Response)
        return answer

    def _token_endpoint(self) -> str:
        document = self._session.get(f"{self._issuer}/.well-known/openid-configuration", withhold_token=True)
        document.raise_for_status()
        return str(document.json()["token_endpoint"])
