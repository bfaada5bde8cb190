"""A member gives a reason to help a client of another team today."""

from datetime import datetime

from django.db import transaction

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.organisations.models import Member, Opening, OpeningReason
from namens.parties.models import Party


def open_for_today(*, member: Member, client: Party, reason: OpeningReason, now: datetime) -> Opening:
    """Let this member help this client today; the client reads why. A second time on the day the first reason stays.

    The caller has seen that only a reason is missing.
    """
    with transaction.atomic():
        opening, is_new = Opening.objects.get_or_create(
            member=member, client=client, day=clock.day_of(now), defaults={"reason": reason.value, "opened_at": now}
        )
        if is_new:
            write(
                Event.CLIENT_OPENED,
                at=now,
                channel=Channel.PAGES,
                actor=member.party_id,
                subject=client.id,
                details={"reason": reason.value, "organisation": str(member.organisation_id)},
            )
        return opening
