"""A portal hears that a client says that an act which it reported is not right, so that its team looks at it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from namens.exchange.models import ReportedAct
from namens.exchange.stream import Draft, EventKind, append


def tell_portal(*, entry: UUID, now: datetime) -> bool:
    """Write the event for the portal that reported this act, in the transaction that settles its outbox row.

    Once for an act, whoever asks again: who took it back and says it once more tells the portal nothing new. False when
    nothing was written. Never who says it, or what is wrong: the portal looks at its own act.
    """
    with transaction.atomic():
        act = ReportedAct.objects.select_related("portal").filter(id=entry).first()
        if act is None:
            return False
        # One conditional UPDATE, so that two who come at once tell it once; and no walk along the portal's events.
        if not ReportedAct.objects.filter(id=act.id, disputed_told_at__isnull=True).update(disputed_told_at=now):
            return False
        data = {"handeling": str(act.id), "kenmerk": act.reference}
        append(act.portal, [Draft(about=act.id, kind=EventKind.DISPUTED, data=data)], now=now)
        return True
