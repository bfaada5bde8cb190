"""What may be forgotten."""

from datetime import datetime, timedelta

from namens.grants.models import AuthorizationCode, AuthorizationRequest, Family, UsedProof

REQUESTS_KEPT = timedelta(hours=1)
FAMILIES_KEPT = timedelta(days=4)


def forget_stale(*, now: datetime) -> int:
    """Erase what has had its time, and say how many rows that were.

    A code stays an hour, so that a replay is recognised while its tokens live. A family stays longer than the outbox
    tries to tell its portal.
    """
    stale = [
        UsedProof.objects.filter(expires_at__lte=now),
        AuthorizationCode.objects.filter(expires_at__lte=now - REQUESTS_KEPT),
        AuthorizationRequest.objects.filter(expires_at__lte=now - REQUESTS_KEPT),
        Family.objects.filter(made_at__lte=now - FAMILIES_KEPT),
    ]
    return sum(rows.delete()[0] for rows in stale)
