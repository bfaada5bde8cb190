"""The end of a family of tokens: its tokens die at once, and the portal is told."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from namens.grants.models import PEOPLE, EndedBy, Family
from namens.grants.standing import has_shrunk, standing_of
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.mandates.models import Mandate
from namens.outbox.actions import put
from namens.outbox.models import Kind
from namens.parties.models import Kind as PartyKind

ENDED_AT_ONCE = 200
# What a portal asked for itself is no news to it.
_AT_THE_PORTALS_WISH = frozenset({EndedBy.LOGGED_OUT, EndedBy.REVOKED})


def end_family(family: Family, *, by: EndedBy, channel: Channel, now: datetime) -> bool:
    """End this family, loaded with its portal. False when it had ended already: then nothing is written.

    The portal hears it by a back-channel message, unless it asked for the end itself.
    """
    with transaction.atomic():
        if not Family.objects.filter(id=family.id, ended_at__isnull=True).update(ended_at=now, ended_by=by):
            return False
        write(
            Event.TOKENS_ENDED,
            at=now,
            channel=channel,
            actor=family.party_id,
            subject=family.subject,
            portal=family.portal_id,
            result=by,
        )
        if family.portal.back_channel_logout_uri and by not in _AT_THE_PORTALS_WISH:
            put(Kind.BACK_CHANNEL_LOGOUT, payload={"family": str(family.id)}, now=now)
        return True


def end_access(*, mandate: UUID, now: datetime) -> int:
    """Decide again for every login between the two parties of a mandate. End those that got more than holds; how many.

    Of a mandate in an organisation's name that is every login of every member for this client.
    """
    held = Mandate.objects.filter(id=mandate, representative__isnull=False).select_related("representative").first()
    if held is None or held.representative is None:
        return 0
    as_whom = "organisation" if held.representative.kind == PartyKind.ORGANISATION else "party"
    of_pair = {as_whom: held.representative_id, "representee": held.representee_id}
    return _end_shrunk(Family.objects.filter(**of_pair), now=now)


def end_member(*, member: UUID, now: datetime) -> int:
    """Decide again for every login of a member, by the party, who may do less from now on; how many ended."""
    return _end_shrunk(Family.objects.filter(party=member), now=now)


def end_for_organisations(*, organisations: Collection[UUID], now: datetime) -> int:
    """Decide again for every login in the name of these organisations, by their parties; how many ended."""
    return _end_shrunk(Family.objects.filter(organisation__in=organisations), now=now)


def end_at_portal(*, portal: UUID, now: datetime) -> int:
    """Decide again for every login at a portal; how many ended. Bit by bit: there may be very many."""
    live = Family.objects.filter(portal=portal, ended_at__isnull=True).order_by("id").values_list("id", flat=True)
    ids = list(live)
    bits = [ids[start : start + ENDED_AT_ONCE] for start in range(0, len(ids), ENDED_AT_ONCE)]
    return sum(_end_shrunk(Family.objects.filter(id__in=bit), now=now) for bit in bits)


def _end_shrunk(families: QuerySet[Family], *, now: datetime) -> int:
    """End those that got more than holds now.

    A portal must not go on with more than is allowed; the next login there tells what is left. One transaction: each
    family ends together with the message to its portal.
    """
    live = families.filter(ended_at__isnull=True).select_related("portal", *PEOPLE)
    with transaction.atomic():
        shrunk = [family for family in live if has_shrunk(family, standing=standing_of(family, now=now))]
        return sum(end_family(one, by=EndedBy.ACCESS_ENDED, channel=Channel.WORKER, now=now) for one in shrunk)
