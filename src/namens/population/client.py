"""Asks the population register about one person, patiently but not for long."""

import time
from collections.abc import Callable

import httpx2
import structlog

from namens.parties.identifiers import Bsn
from namens.population import record
from namens.population.answers import Answer, NotFound, Reason, Unavailable
from namens.population.config import BrpSettings
from namens.population.exchange import Exchange, TryAgain
from namens.population.parts import RecordError
from namens.population.record import Given, Inquiry
from namens.population.tokens import Token, TokenSource

FIRST_PAUSE_SECONDS = 0.2

_log = structlog.get_logger()


class RegisterClient:
    """A connection to the BRP Personen API, for any number of threads.

    Asking only reads, so every failure that may pass is tried again: a broken connection, a time-out, 429 and 5xx.
    """

    def __init__(
        self,
        settings: BrpSettings,
        *,
        transport: httpx2.BaseTransport | None = None,
        pause: Callable[[float], None] = time.sleep,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._pause = pause
        self._ticks = ticks
        # Proxies of the environment are left alone: a BSN goes to the configured address and nowhere else.
        self._http = httpx2.Client(transport=transport, follow_redirects=False, trust_env=False)
        self._exchange = Exchange(self._http, timeout_seconds=settings.timeout_seconds, ticks=ticks)
        self._tokens = TokenSource(settings, exchange=self._exchange)

    def close(self) -> None:
        """Close the connections that were kept open."""
        self._http.close()

    def ask(self, *, bsn: Bsn) -> Answer:
        """Give the facts of a person, within `total_seconds`."""
        return self.inquire(record.facts_inquiry(bsn))

    def inquire(self, inquiry: Inquiry[Given]) -> Given | NotFound | Unavailable:
        """Give what the register says, within `total_seconds`."""
        if not self._settings.url:
            return Unavailable(Reason.NOT_SET_UP)
        answer = self._ask_patiently(inquiry)
        if isinstance(answer, Unavailable):
            _log.warning("population_register_unavailable", reason=answer.reason.value)
        return answer

    def _ask_patiently(self, inquiry: Inquiry[Given]) -> Given | NotFound | Unavailable:
        deadline = self._ticks() + self._settings.total_seconds
        reason = Reason.TIMEOUT
        for attempt in range(self._settings.attempts):
            outcome = self._ask_once(inquiry, deadline)
            if not isinstance(outcome, TryAgain):
                return outcome
            reason = outcome.reason
            wait = FIRST_PAUSE_SECONDS * 2**attempt if outcome.wait is None else outcome.wait
            if attempt + 1 == self._settings.attempts or self._ticks() + wait >= deadline:
                break
            self._pause(wait)
        return Unavailable(reason)

    def _ask_once(self, inquiry: Inquiry[Given], deadline: float) -> Given | NotFound | Unavailable | TryAgain:
        token = self._tokens.take(deadline=deadline) if self._settings.oauth_token_url else None
        if isinstance(token, TryAgain | Unavailable):
            return token
        address = f"{self._settings.url.rstrip('/')}/personen"
        reply = self._exchange.post(address, content=inquiry.body, headers=self._headers(token), deadline=deadline)
        if reply == Unavailable(Reason.REFUSED) and token is not None and not token.is_new:
            # A kept token can be withdrawn before its end: a new one deserves a try.
            self._tokens.forget(token)
            return TryAgain(Reason.REFUSED, wait=0)
        if isinstance(reply, TryAgain | Unavailable):
            return reply
        try:
            return inquiry.read(reply.body)
        except RecordError:
            return Unavailable(Reason.UNREADABLE)

    def _headers(self, token: Token | None) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._settings.api_key:
            headers[self._settings.api_key_header] = self._settings.api_key
        if token is not None:
            headers["Authorization"] = f"Bearer {token.value}"
        return headers
