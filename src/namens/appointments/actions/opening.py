"""A client opens a hand-off on the own phone. The first one who does, and may, is the client of it.

Every refused try does the same: one answer for unknown, too late, taken back and somebody else's, a line in the
journal, and a count against who tries. A refusal is a value, so that its count is kept.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from namens.appointments.models import HandOff
from namens.appointments.plain import ID, NUMBER, PlainId, PlainNumber
from namens.appointments.refusals import HandOffReason, HandOffRefusal
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import write
from namens.mandates.actions import meet
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.parties import keys
from namens.parties.actions import hold
from namens.parties.models import Party

_TOLD = {
    MandateReason.ONESELF: HandOffReason.OWN,
    MandateReason.SAME_PERSON_TWICE: HandOffReason.SAME_PERSON_TWICE,
}


@dataclass(frozen=True)
class Opened:
    """What was opened: the mandate that waits for the answer of this client, or got it already."""

    mandate: UUID


def open_hand_off(*, by: PlainId | PlainNumber, client: Party, now: datetime) -> Opened | HandOffRefusal:
    """Open what belongs to this id or number; who opened it before may do so again until it closes.

    Nothing around it can take the count of a refused try back: within another transaction it raises RuntimeError.
    """
    with transaction.atomic(durable=True):
        hold(party=client)
        if settings.REFUSED_HAND_OFFS.is_reached(_refused(client.id, now)):
            return _refuse(HandOffReason.PAUSED, client, now)
        found = _find(by)
        if found is None:
            return _refuse(HandOffReason.GONE, client, now)
        answer = _meet(found, client, now)
        return answer if isinstance(answer, Opened) else _refuse(answer, client, now)


def _find(by: PlainId | PlainNumber) -> HandOff | None:
    if isinstance(by, PlainId):
        fits = {"id_digest__in": keys.digest_all(ID, by.reveal())}
    else:
        fits = {"number_digest__in": keys.digest_all(NUMBER, by.digits)}
    return HandOff.objects.select_related("request__mandate").filter(**fits).first()


def _meet(found: HandOff, client: Party, now: datetime) -> Opened | HandOffReason:
    """Let the client be the one of this request. Who had not opened it in time cannot do so any more.

    A helper hears the same of the own one whatever became of it: the answer must not tell that somebody opened it.
    """
    if found.request.helper_id == client.id:
        return HandOffReason.OWN
    before = found.request.mandate
    if now >= found.opens_until and (before is None or before.representee_id != client.id):
        return HandOffReason.GONE
    try:
        return Opened(meet(request=found.request_id, client=client, now=now).id)
    except MandateRefused as refused:
        return _TOLD.get(MandateReason(refused.reason), HandOffReason.GONE)


def _refuse(reason: HandOffReason, client: Party, now: datetime) -> HandOffRefusal:
    write(Event.HAND_OFF_TRIED, at=now, channel=Channel.PAGES, actor=client.id, result=reason)
    return HandOffRefusal(reason)


def _refused(client: UUID, now: datetime) -> int:
    return JournalEntry.objects.filter(
        actor=client,
        event=Event.HAND_OFF_TRIED,
        result=HandOffReason.GONE,
        at__gt=settings.REFUSED_HAND_OFFS.since(now),
    ).count()
