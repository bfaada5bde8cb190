"""Ending what the law or the register does not allow any more: death, guardianship, too young."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from namens.journal.events import Channel, Event
from namens.lib import clock
from namens.mandates.actions.endings import end
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.models import Mandate
from namens.mandates.states import EndReason, State, Verb
from namens.parties.facts import StopSignal
from namens.parties.models import Person

_BY_SIGNAL = {
    StopSignal.DECEASED: EndReason.BLOCKED_DEATH,
    StopSignal.ERRONEOUS: EndReason.BLOCKED_ERRONEOUS,
}


def block(*, person: Person, now: datetime, channel: Channel) -> list[UUID]:
    """End every mandate that this person's facts forbid, and give their ids. Nothing happens when all is in order.

    Somebody under guardianship cannot give, and can still help; for every other reason they can do neither.
    """
    reason = _reason(person, now)
    if reason is None:
        return []
    parties = Q(representee=person.party_id)
    if reason is not EndReason.BLOCKED_GUARDIANSHIP:
        parties |= Q(representative=person.party_id)
    mandates = Mandate.objects.filter(parties).exclude(state=State.ENDED).values_list("id", flat=True)
    return [mandate for mandate in list(mandates) if _end(mandate, reason, now, channel)]


def _reason(person: Person, now: datetime) -> EndReason | None:
    for signal, reason in _BY_SIGNAL.items():
        if signal in person.facts.signals:
            return reason
    if person.refreshed_at is not None and not person.is_adult_on(clock.day_of(now)):
        return EndReason.BLOCKED_UNDER_AGE
    return EndReason.BLOCKED_GUARDIANSHIP if StopSignal.GUARDIANSHIP in person.facts.signals else None


def _end(mandate: UUID, reason: EndReason, now: datetime, channel: Channel) -> bool:
    with transaction.atomic():
        hold_mandate(mandate)
        return end(
            mandate=mandate,
            reason=reason,
            verb=Verb.BLOCK,
            event=Event.MANDATE_BLOCKED,
            by=None,
            now=now,
            channel=channel,
        )
