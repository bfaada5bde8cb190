"""What this door can do, for machines that look it up (AuthZEN 1.0, 9): plain, and signed."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import structlog
from django.conf import settings
from django.db import Error, close_old_connections

from namens.grants.addresses import issuer
from namens.grants.signing import NoSigningKey, Signer
from namens.lib.keyring import UnknownKey
from namens.lib.sealing import BrokenSeal

KEPT_SECONDS = 300
AGAIN_SECONDS = 10
PATIENCE_SECONDS = 2.0
SIGNED_WITH = "RS256"
SEARCHES = ("subject", "resource", "action")

_LONG_AGO = datetime.min.replace(tzinfo=UTC)

log = structlog.get_logger()


class Metadata:
    """The document as it goes out, kept for some minutes: signing it anew for everybody who comes would be dear.

    When it cannot be signed the last signed one goes out, or the plain one where there was none.
    """

    def __init__(self) -> None:
        self._document = b""
        self._from = self._until = _LONG_AGO
        self._lock = asyncio.Lock()

    async def document(self, *, now: datetime) -> bytes:
        """Give the document, made anew when it is old."""
        if self._document and self._from <= now < self._until:
            return self._document
        if self._document and self._lock.locked():
            return self._document
        async with self._lock:
            if not (self._document and self._from <= now < self._until):
                await self._make(now=now)
        return self._document

    async def _make(self, *, now: datetime) -> None:
        kept = KEPT_SECONDS
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                self._document = msgspec.json.encode(await asyncio.to_thread(_signed_there, now))
        except (NoSigningKey, UnknownKey, BrokenSeal, Error, TimeoutError) as problem:
            log.error("metadata not signed", problem=type(problem).__name__)
            self._document = self._document or msgspec.json.encode(metadata())
            kept = AGAIN_SECONDS
        self._from, self._until = now, now + timedelta(seconds=kept)


def address() -> str:
    """Give where portals reach this door."""
    return settings.DECISIONS.url or issuer()


def metadata() -> dict[str, Any]:
    """Give the parameters (9.1)."""
    base = f"{address()}/access/v1"
    return {
        "policy_decision_point": address(),
        "access_evaluation_endpoint": f"{base}/evaluation",
        "access_evaluations_endpoint": f"{base}/evaluations",
        **{f"search_{one}_endpoint": f"{base}/search/{one}" for one in SEARCHES},
    }


def signed(*, now: datetime) -> dict[str, Any]:
    """Give them with `signed_metadata` (9.1.3), by a key of ours in the JWKS. Raises NoSigningKey. One statement."""
    claims = {**metadata(), "iss": issuer(), "iat": int(now.timestamp())}
    token = Signer([SIGNED_WITH], now=now).sign(claims, algorithm=SIGNED_WITH, typ="JWT")
    return {**metadata(), "signed_metadata": token}


def _signed_there(now: datetime) -> dict[str, Any]:
    """Do it in a thread, with a connection that is let go."""
    close_old_connections()
    try:
        return signed(now=now)
    finally:
        close_old_connections()
