"""Asks Namens whether somebody still may, with a token of our own machine (OpenID AuthZEN 1.0).

Only Namens decides. Without an answer nothing is known, so nothing is done.
"""

import time
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.jwk import RSAKey
from requests import RequestException, Response, Timeout

SCOPE = "urn:namens:1.0:scope:decisions"
# To connect, and to hear something: somebody waits for their page meanwhile.
SECONDS_TO_WAIT = (1.0, 1.5)
# For all that one question takes: addresses, a token, the question itself, and perhaps once more.
SECONDS_IN_ALL = 3.0
# A token that ends within so many seconds is not used any more.
ALMOST_OVER = 30


class NoAnswer(Exception):
    """Nobody said yes or no."""


class Decisions:
    """The decisions door. One session keeps the connection open, and the token for its five minutes."""

    def __init__(self, door: str, *, issuer: str, client_id: str, key: RSAKey, through_proxy: bool = True) -> None:
        self._door, self._issuer, self._endpoint = door, issuer, ""
        self._session = OAuth2Session(
            client_id,
            key,
            scope=SCOPE,
            token_endpoint_auth_method=PrivateKeyJWT(issuer, alg="RS256"),
            default_timeout=SECONDS_TO_WAIT,
            trust_env=through_proxy,
        )

    def may(self, question: dict[str, Any], *, request_id: str = "") -> bool:
        """Say whether Namens says yes. Raises NoAnswer for whatever is neither yes nor no, within about 3 seconds.

        With `request_id` the answer is found again in our log and in that of Namens.
        """
        headers = {"X-Request-ID": request_id} if request_id else {}
        try:
            answer = self._ask(question, headers, until=_soon())
            decision = answer.json()["decision"] if answer.ok else None
        except (AuthlibBaseError, RequestException, ValueError, LookupError, TypeError) as problem:
            raise NoAnswer(type(problem).__name__) from None
        if not isinstance(decision, bool):
            raise NoAnswer(f"status {answer.status_code}")
        return decision

    def token(self, *, until: float | None = None) -> str:
        """Give a token that lives for a while yet. Two threads may both fetch one: that harms nobody."""
        kept = self._session.token
        if not kept or kept.is_expired(leeway=ALMOST_OVER):
            until = _soon() if until is None else until
            endpoint = self._endpoint or self._find_endpoint(until)
            # It may have moved: an address that gives no token is looked up again.
            self._endpoint = ""
            kept = self._session.fetch_token(endpoint, grant_type="client_credentials", timeout=_patience(until))
            self._endpoint = endpoint
        return str(kept["access_token"])

    def _ask(self, question: dict[str, Any], headers: dict[str, str], *, until: float) -> Response:
        answer = self._post(question, headers, until=until)
        if answer.status_code == 401:
            # Namens may have got other keys meanwhile: once more, with another token.
            self._session.token = None
            answer = self._post(question, headers, until=until)
        return answer

    def _post(self, question: dict[str, Any], headers: dict[str, str], *, until: float) -> Response:
        shown = {**headers, "Authorization": f"Bearer {self.token(until=until)}"}
        answer = self._session.post(
            f"{self._door}/access/v1/evaluation",
            json=question,
            headers=shown,
            timeout=_patience(until),
            allow_redirects=False,
            withhold_token=True,
        )
        assert isinstance(answer, Response)
        return answer

    def _find_endpoint(self, until: float) -> str:
        address = f"{self._issuer}/.well-known/openid-configuration"
        document = self._session.get(address, withhold_token=True, timeout=_patience(until))
        document.raise_for_status()
        return str(document.json()["token_endpoint"])


def _soon() -> float:
    return time.monotonic() + SECONDS_IN_ALL


def _patience(until: float) -> tuple[float, float]:
    """Share what is left of the time between connecting and hearing something. Raises Timeout."""
    left = until - time.monotonic()
    if left <= 0:
        raise Timeout
    connect, hear = SECONDS_TO_WAIT
    return min(connect, left / 2), min(hear, left / 2)
