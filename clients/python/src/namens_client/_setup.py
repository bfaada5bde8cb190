"""Who we are and where Namens is, checked once."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from joserfc.jwk import ECKey, RSAKey

Key = RSAKey | ECKey
ALGORITHMS = {RSAKey: ("RS256", "PS256"), ECKey: ("ES256",)}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def now_in_utc() -> datetime:
    """Give the moment it is."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Setup:
    """What all questions of one portal have in common. `ticks` counts seconds; `now` is what the calendar says."""

    issuer: str
    client_id: str
    key: Key = field(repr=False)
    algorithm: str
    decisions: str
    patience: float
    long_patience: float
    ticks: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = now_in_utc

    @property
    def portals(self) -> str:
        """Where portals report and read."""
        return f"{self.issuer}/v1"


def checked(
    *,
    issuer: str,
    client_id: str,
    key: Key | bytes | str,
    algorithm: str,
    decisions: str,
    patience: timedelta,
    long_patience: timedelta,
) -> Setup:
    """Give the setup. Raises ValueError, in words that name the argument and never the key."""
    if not client_id:
        raise ValueError("client_id is empty")
    if min(patience, long_patience) <= timedelta(0):
        raise ValueError("patience is longer than nothing")
    read = _key(key)
    return Setup(
        issuer=address(issuer, name="issuer"),
        client_id=client_id,
        key=read,
        algorithm=_algorithm(read, algorithm),
        decisions=address(decisions or issuer, name="decisions"),
        patience=patience.total_seconds(),
        long_patience=long_patience.total_seconds(),
    )


def address(text: str, *, name: str) -> str:
    """Give an address without the slash at its end. Raises ValueError: tokens go there, so plain http stays here."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ValueError(f"{name} is no address")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError(f"{name} must begin with https:// (http:// is for this machine only)")
    return text.rstrip("/")


def _key(given: Key | bytes | str) -> Key:
    if isinstance(given, RSAKey | ECKey):
        key = given
    else:
        pem = given.encode() if isinstance(given, str) else given
        key = _read(pem)
    if not key.is_private:
        raise ValueError("key is no private key")
    return key


def _read(pem: bytes) -> Key:
    for kind in (RSAKey, ECKey):
        try:
            return kind.import_key(pem)
        except (ValueError, TypeError):
            continue
    raise ValueError("key is no RSA or EC key (PEM)")


def _algorithm(key: Key, asked: str) -> str:
    possible = ALGORITHMS[type(key)]
    if isinstance(key, ECKey) and key.curve_name != "P-256":
        raise ValueError("an EC key is on the curve P-256")
    chosen = asked or key.alg or possible[0]
    if chosen not in possible:
        raise ValueError(f"algorithm for this key is one of: {', '.join(possible)}")
    return chosen
