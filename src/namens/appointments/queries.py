"""Reading hand-offs, as the helper who made them may.

Until there is a yes nothing here depends on who opened it, or on what became of it: only on the times, which are fixed
when it is made, and on what the helper did.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from namens.appointments.models import HandOff
from namens.appointments.plain import ID, NUMBER, PlainId, PlainNumber
from namens.appointments.refusals import HandOffReason, HandOffRefused
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.waiting import UNMET_KEPT
from namens.parties import keys
from namens.parties.models import Party


class Standing(StrEnum):
    """All that a helper may know. `over` is the same for a no, for too late and for what was taken back."""

    WAITS = "waits"
    ACTIVE = "active"
    OVER = "over"


# A day less than what met nobody is kept: that goes at midnight, by a clock that changes twice a year.
SEEN = UNMET_KEPT - timedelta(days=1)


@dataclass(frozen=True)
class Shown:
    """What opens a hand-off, as its helper shows it."""

    id: PlainId
    number: PlainNumber


def own_hand_off(by: Party, *, asked: UUID, now: datetime) -> tuple[HandOff, Standing]:
    """Give the hand-off of this request, which `by` made: the member, or the private helper. And where it stands.

    Raises HandOffRefused (not yours) for anybody else's, and long after nothing came of it. Two statements, with the
    services.
    """
    own = with_standing(HandOff.objects.filter(request=asked, made_by=by.id), now=now)
    found = (
        own.select_related("appointment", "request__mandate", "request__renews", "request__partner_of")
        .prefetch_related("request__services")
        .first()
    )
    if found is None or is_seen_no_more(Standing(found.standing), closes_at=found.request.closes_at, now=now):
        raise HandOffRefused(HandOffReason.NOT_YOURS)
    return found, Standing(found.standing)


def is_seen_no_more(standing: Standing, *, closes_at: datetime | None, now: datetime) -> bool:
    """Say whether nothing came of it, so long ago that who never opened it is erased: then it is gone for all alike."""
    return standing is not Standing.ACTIVE and closes_at is not None and closes_at <= now - SEEN


def still_waiting(by: Party, *, now: datetime) -> list[HandOff]:
    """Give what this helper made and what still waits, newest first. One statement."""
    made = HandOff.objects.filter(made_by=by.id, request__closes_at__gt=now, request__withdrawn_at__isnull=True)
    found = with_standing(made, now=now).select_related("request").order_by("-made_at", "id")
    return [hand_off for hand_off in found if hand_off.standing == Standing.WAITS]


def shown(hand_off: HandOff, *, now: datetime) -> Shown | None:
    """Give what opens it, while somebody can open it for the first time."""
    if hand_off.id_sealed == "" or now >= hand_off.opens_until:
        return None
    plain = PlainId(keys.unseal(ID, hand_off.id_sealed))
    return Shown(id=plain, number=PlainNumber(keys.unseal(NUMBER, hand_off.number_sealed)))


def other_half(asked: MandateRequest) -> MandateRequest | None:
    """Give the newest request to the partner of who opens this one, or to whom this one is for the partner of."""
    if asked.partner_of_id is not None:
        return MandateRequest.objects.get(id=asked.partner_of_id)
    return asked.partners.filter(withdrawn_at__isnull=True).order_by("-asked_at", "id").first()


def is_of_pair(mandate: Mandate) -> bool:
    """Say whether client and partner were asked together, and this is one of the two. One statement."""
    halves = Q(with_partner=True) | Q(request__partner_of__isnull=False)
    return HandOff.objects.filter(halves, request__mandate=mandate).exists()


def with_standing(hand_offs: QuerySet[HandOff], *, now: datetime) -> QuerySet[HandOff]:
    """Add `standing` to each of these. Of a pair both say yes, or it is not complete; neither half tells of itself."""
    halves = Q(partner_of=OuterRef("request")) | Q(id=OuterRef("request__partner_of"))
    other = MandateRequest.objects.filter(halves)
    is_pair = Q(with_partner=True) | Q(request__partner_of__isnull=False)
    other_said_yes = Exists(other.filter(mandate__activated_at__isnull=False))
    other_waits = Exists(other.filter(withdrawn_at__isnull=True, closes_at__gt=now))
    said_yes = Q(request__mandate__activated_at__isnull=False)
    is_late = Q(request__closes_at__lte=now)
    cases = [
        When(said_yes & (~is_pair | other_said_yes), then=Value(Standing.ACTIVE.value)),
        When(Q(request__withdrawn_at__isnull=False), then=Value(Standing.OVER.value)),
        When(is_late & ~(is_pair & other_waits), then=Value(Standing.OVER.value)),
    ]
    found = {"standing": Case(*cases, default=Value(Standing.WAITS.value), output_field=CharField())}
    return hand_offs.annotate(**found)
