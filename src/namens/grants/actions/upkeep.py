"""What may be forgotten."""

from datetime import datetime, timedelta

from namens.grants.actions.refresh import AFTER_LOGIN_AT_MOST
from namens.grants.actions.told import TOLD_KEPT
from namens.grants.models import AuthorizationCode, AuthorizationRequest, Family, RefreshToken, ToldRefusal, UsedProof
from namens.grants.tokens import ACCESS_TOKEN_LIVES

REQUESTS_KEPT = timedelta(hours=1)
FAMILIES_KEPT = timedelta(days=5)


def forget_stale(*, now: datetime) -> int:
    """Erase what has had its time, and say how many rows that were.

    A code stays an hour, so that a replay is recognised while its tokens live. Refresh tokens stay, used ones too, for
    the same reason while their login can go on. A family stays longer than the outbox tries to tell its portal, which
    is three days after an end on the second day.
    """
    stale = [
        UsedProof.objects.filter(expires_at__lte=now),
        ToldRefusal.objects.filter(at__lte=now - TOLD_KEPT),
        AuthorizationCode.objects.filter(expires_at__lte=now - REQUESTS_KEPT),
        AuthorizationRequest.objects.filter(expires_at__lte=now - REQUESTS_KEPT),
        RefreshToken.objects.filter(family__made_at__lte=now - AFTER_LOGIN_AT_MOST - ACCESS_TOKEN_LIVES),
        Family.objects.filter(made_at__lte=now - FAMILIES_KEPT),
    ]
    return sum(rows.delete()[0] for rows in stale)
