"""A portal gets other terms: what we hold of its old ones goes at the same moment."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from namens.grants.models import FetchedKeys
from namens.journal.events import Channel
from namens.services import actions
from namens.services.models import Portal


def let_change_hold(*, change: UUID, by: str, channel: Channel, now: datetime) -> Portal:
    """Approve a change, and forget the keys that were fetched at an address before it. Raises ServiceRefused.

    Otherwise who lost the old address could prove to be the portal until the next fetch.
    """
    with transaction.atomic():
        portal = actions.approve_change(change=change, by=by, channel=channel, now=now)
        FetchedKeys.objects.filter(portal=portal).delete()
        return portal
