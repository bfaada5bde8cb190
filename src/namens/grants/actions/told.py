"""Refusals that operators can read, so that a portal team hears why (decision 0040). Bounded, and short-lived."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from namens.grants.models import ToldRefusal
from namens.grants.statements import is_plain
from namens.services.models import Portal, Status

TOLD_KEPT = timedelta(days=7)
MOST_KEPT = 100
MOST_A_MINUTE = 20


@dataclass(frozen=True)
class Told:
    """What was refused where: what the portal heard, and the reason that is more precise. Never what it sent."""

    endpoint: str
    error: str
    reason: str = ""
    description: str = ""


def keep_told(told: Told, *, client_id: str, request_id: str, now: datetime) -> bool:
    """Keep a refusal with the approved portal of this name; False when there is none, or too many came.

    Anybody can send a request in the name of a portal, so that there is a bound a minute and a bound in all.
    """
    portal = Portal.objects.filter(client_id=client_id, status=Status.APPROVED).first() if is_plain(client_id) else None
    if portal is None:
        return False
    kept = ToldRefusal.objects.filter(portal=portal)
    if kept.filter(at__gt=now - timedelta(minutes=1)).count() >= MOST_A_MINUTE:
        return False
    ToldRefusal.objects.create(portal=portal, at=now, request_id=request_id[:64], **vars(told))
    too_many = list(kept.order_by("-at", "-id").values_list("id", flat=True)[MOST_KEPT : 2 * MOST_KEPT])
    ToldRefusal.objects.filter(id__in=too_many).delete()
    return True
