"""The OAuth 2.0 token for the register (client credentials, RFC 6749 4.4), kept until shortly before it ends."""

import base64
import json
import threading
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from namens.population.answers import Reason, Unavailable
from namens.population.config import BrpSettings
from namens.population.exchange import Exchange, TryAgain

SPARE_SECONDS = 30
SECONDS_WHEN_UNSAID = 60


@dataclass(frozen=True)
class Token:
    """A token; `is_new` says that it was fetched for this very question."""

    value: str = field(repr=False)
    ends: float
    is_new: bool = True


class TokenSource:
    """Gives the token of one connection, to any number of threads."""

    def __init__(self, settings: BrpSettings, *, exchange: Exchange) -> None:
        self._settings = settings
        self._exchange = exchange
        self._lock = threading.Lock()
        self._kept: Token | None = None

    def take(self, *, deadline: float) -> Token | TryAgain | Unavailable:
        """Give the kept token, or fetch one."""
        kept = self._kept
        if kept is not None and self._exchange.ticks() < kept.ends:
            return kept
        fetched = self._fetch(deadline)
        if isinstance(fetched, Token):
            with self._lock:
                self._kept = Token(fetched.value, ends=fetched.ends, is_new=False)
        return fetched

    def forget(self, token: Token) -> None:
        """Keep this token no longer: the register did not take it."""
        with self._lock:
            if self._kept is not None and self._kept.value == token.value:
                self._kept = None

    def _fetch(self, deadline: float) -> Token | TryAgain | Unavailable:
        reply = self._exchange.post(
            self._settings.oauth_token_url,
            content=b"grant_type=client_credentials",
            headers={"Authorization": self._credentials(), "Content-Type": "application/x-www-form-urlencoded"},
            deadline=deadline,
        )
        if isinstance(reply, TryAgain | Unavailable):
            return reply
        return self._read(reply.body)

    def _read(self, body: bytes) -> Token | Unavailable:
        try:
            answer = json.loads(body)
            value, seconds = answer["access_token"], float(answer.get("expires_in", SECONDS_WHEN_UNSAID))
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            return Unavailable(Reason.UNREADABLE)
        if not isinstance(value, str) or not value.isascii() or not value.isprintable():
            return Unavailable(Reason.UNREADABLE)
        return Token(value, ends=self._exchange.ticks() + seconds - SPARE_SECONDS)

    def _credentials(self) -> str:
        pair = f"{quote_plus(self._settings.oauth_client_id)}:{quote_plus(self._settings.oauth_client_secret)}"
        return f"Basic {base64.b64encode(pair.encode()).decode()}"
