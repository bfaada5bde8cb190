"""Nonces for DPoP proofs: a keyed digest of the time, so that no table is needed (RFC 9449, 8).

Every portal gets the same one in the same two and a half minutes. Each is taken in the next two and a half as well; and
in those before, since the clocks of two machines of ours may differ.
"""

import hmac
from datetime import datetime

from django.conf import settings

from namens.lib import sealing

SECONDS = 150
_PURPOSE = "dpop-nonce"


def nonce(*, now: datetime) -> str:
    """Give the nonce of now."""
    return _nonces(_period(now))[0]


def is_current(text: str, *, now: datetime) -> bool:
    """Say whether this is a nonce that we gave within five minutes, under any key of ours."""
    period = _period(now)
    current = [one for near in (period, period - 1, period + 1) for one in _nonces(near)]
    return text.isascii() and any(hmac.compare_digest(text, one) for one in current)


def _period(now: datetime) -> int:
    return int(now.timestamp()) // SECONDS


def _nonces(period: int) -> list[str]:
    """Give the nonces of one period, newest key first, without the names of the keys."""
    digests = sealing.digests(settings.KEYRING, purpose=_PURPOSE, value=str(period))
    return [digest.rpartition(":")[2] for digest in digests]
