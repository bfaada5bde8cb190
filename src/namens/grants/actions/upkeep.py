"""What may be forgotten."""

from datetime import datetime, timedelta

from namens.grants.actions.refresh import AFTER_LOGIN_AT_MOST
from namens.grants.actions.told import TOLD_KEPT
from namens.grants.models import (
    AuthorizationCode,
    AuthorizationRequest,
    Family,
    RefreshToken,
    SigningKey,
    ToldRefusal,
    UsedProof,
)
from namens.grants.tokens import ACCESS_TOKEN_LIVES

REQUESTS_KEPT = timedelta(hours=1)
FAMILIES_KEPT = timedelta(days=5)
# Every process has noticed by then that another key signs.
PRIVATE_PARTS_KEPT = timedelta(hours=1)


def forget_stale(*, now: datetime) -> int:
    """Erase what has had its time, and say how many rows that were.

    A code stays an hour, so that a replay is recognised while its tokens live. Refresh tokens stay, used ones too, for
    the same reason while their login can go on. A family stays longer than the outbox tries to tell its portal, which
    is three days after an end on the second day. Of a signing key that retired the private part goes: whoever gets at
    it could still sign for a portal that kept the key set.
    """
    stale = [
        UsedProof.objects.filter(expires_at__lte=now),
        ToldRefusal.objects.filter(at__lte=now - TOLD_KEPT),
        AuthorizationCode.objects.filter(expires_at__lte=now - REQUESTS_KEPT),
        AuthorizationRequest.objects.filter(expires_at__lte=now - REQUESTS_KEPT),
        RefreshToken.objects.filter(family__made_at__lte=now - AFTER_LOGIN_AT_MOST - ACCESS_TOKEN_LIVES),
        Family.objects.filter(made_at__lte=now - FAMILIES_KEPT),
    ]
    retired = SigningKey.objects.filter(retired_at__lte=now - PRIVATE_PARTS_KEPT).exclude(sealed="")
    return sum(rows.delete()[0] for rows in stale) + retired.update(sealed="")
