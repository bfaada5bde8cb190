"""Checks a message that says it is from Namens (Standard Webhooks), and reads it."""

import base64
import binascii
import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from namens_client._events import event
from namens_client._reading import Unreadable, fields_of
from namens_client._setup import now_in_utc
from namens_client.events import Event
from namens_client.problems import HeardBefore, WrongMessage, WrongMoment, WrongSignature

PREFIX, VERSION = "whsec_", "v1,"
LEAST, MOST = 24, 64
MOST_SIGNATURES = 10
TOLERANCE = timedelta(minutes=5)


class Webhook:
    """Checks messages with one secret, or with several while they change. It is safe to share between threads.

    `seen` says whether a message with this id was heard before; remember an id together with what you do for it, so
    that nothing is lost when you fail half-way. `clock` is for tests.
    """

    def __init__(
        self,
        *secrets: str,
        tolerance: timedelta = TOLERANCE,
        seen: Callable[[str], bool] | None = None,
        clock: Callable[[], datetime] = now_in_utc,
    ) -> None:
        if not secrets:
            raise ValueError("a webhook has at least one secret")
        self._secrets = [_opened(secret) for secret in secrets]
        self._tolerance, self._seen, self._clock = tolerance, seen, clock

    def __repr__(self) -> str:
        return f"Webhook(<{len(self._secrets)} secrets>)"

    def verify(self, body: bytes, headers: Mapping[str, str]) -> Event:
        """Give the event in this message; `body` are the bytes as they came. Raises WrongMessage, HeardBefore.

        Answer 204 when it was taken, and at HeardBefore too; 400 at WrongMessage; 503 when you cannot take it now.
        """
        named = {name.lower(): value for name, value in headers.items()}
        number, sent = named.get("webhook-id", ""), named.get("webhook-timestamp", "")
        if not (number.isascii() and number and sent.isascii() and sent.isdecimal() and len(sent) < 12):
            raise WrongMessage("webhook-id or webhook-timestamp is missing")
        self._check_signature(f"{number}.{sent}.".encode() + body, named.get("webhook-signature", ""))
        self._check_moment(datetime.fromtimestamp(int(sent), UTC))
        found = _read(body)
        if str(found.id) != number:
            raise WrongMessage("the id of the event is not that of the message")
        if self._seen is not None and self._seen(number):
            raise HeardBefore("this message was heard before")
        return found

    def _check_signature(self, signed: bytes, shown: str) -> None:
        given = [one[len(VERSION) :].encode() for one in shown.split()[:MOST_SIGNATURES] if one.startswith(VERSION)]
        right = [base64.b64encode(hmac.digest(secret, signed, sha256)) for secret in self._secrets]
        # All of them are compared, whatever came of the first.
        fitting = [hmac.compare_digest(ours, theirs) for ours in right for theirs in given]
        if not any(fitting):
            raise WrongSignature("no signature was made with a secret that we know")

    def _check_moment(self, sent: datetime) -> None:
        ahead = sent - self._clock()
        if abs(ahead) > self._tolerance:
            raise WrongMoment(ahead=ahead, tolerance=self._tolerance)


def _opened(secret: str) -> bytes:
    try:
        opened = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        opened = b""
    if not LEAST <= len(opened) <= MOST:
        raise ValueError("a secret is whsec_ and base64 of 24 to 64 bytes")
    return opened


def _read(body: bytes) -> Event:
    try:
        return event(fields_of(body))
    except Unreadable as problem:
        raise WrongMessage(f"the event cannot be read: {problem}") from None
