"""Bringing the end forward. Never back: longer needs a new yes."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from namens.journal.events import Event
from namens.journal.write import write
from namens.lib import clock
from namens.mandates.actions.endings import bring_in_line
from namens.mandates.actions.noting import note_change
from namens.mandates.actions.stop import channel_of, party_to
from namens.mandates.changes import Change
from namens.mandates.letters import tell_by_email
from namens.mandates.models import Mandate, MandateService
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State
from namens.parties.models import Party


def shorten(
    *,
    mandate: UUID,
    by: Party,
    last_day: date,
    now: datetime,
    service: str | None = None,
    desk: UUID | None = None,
) -> None:
    """Bring the last day of this mandate, or of one service of it, forward to `last_day`. Only the client can.

    `desk` is the helpdesk agent who does it because the client asks on the telephone.

    Raises MandateRefused when the day is past, before the first day, or not earlier than it was.
    """
    with transaction.atomic():
        held = party_to(mandate=mandate, party=by)
        check(held, by=by, last_day=last_day, today=clock.day_of(now))
        lines = MandateService.objects.filter(mandate=held, stopped_at__isnull=True, last_day__gt=last_day)
        if service is not None:
            lines = lines.filter(service__key=service)
        if not lines.update(last_day=last_day):
            raise MandateRefused(MandateReason.NOT_SHORTER)
        bring_in_line(mandate)
        write(
            Event.MANDATE_SHORTENED,
            at=now,
            channel=channel_of(desk),
            actor=desk or by.id,
            subject=held.representee_id,
            mandate=mandate,
            details={"last_day": last_day.isoformat(), **({"service": service} if service else {})},
        )
        note_change(Change.CHANGED, mandate=held, now=now, services=[service] if service else [])
        tell_by_email(party=held.representee_id, now=now)


def check(mandate: Mandate, *, by: Party, last_day: date, today: date) -> None:
    """Raise MandateRefused when this party cannot let this mandate end on that day."""
    if by.id != mandate.representee_id:
        raise MandateRefused(MandateReason.NOT_YOURS)
    if mandate.state != State.ACTIVE:
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    if last_day < today:
        raise MandateRefused(MandateReason.DAY_PAST)
    if last_day < mandate.first_day:
        raise MandateRefused(MandateReason.LAST_DAY_BEFORE_FIRST)
    if last_day > mandate.last_day:
        raise MandateRefused(MandateReason.NOT_SHORTER)
