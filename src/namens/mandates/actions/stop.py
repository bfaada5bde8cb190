"""Stopping: the whole mandate or one service, by the client or by the helper, at any moment.

`desk` is the helpdesk agent who does it because that party asks on the telephone, `member` is who does it in the name
of an organisation.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.mandates.actions.endings import announce, bring_in_line, end
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.actions.noting import note_change
from namens.mandates.changes import Change
from namens.mandates.letters import LetterKind, ask_letter, tell_by_email
from namens.mandates.models import Mandate, MandateService
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import EndReason, State, Verb
from namens.organisations.models import Member
from namens.parties.models import Party


def stop(
    *,
    mandate: UUID,
    by: Party,
    now: datetime,
    service: str | None = None,
    desk: UUID | None = None,
    member: Member | None = None,
) -> None:
    """Stop this mandate, or only `service` of it. Stopping the last service stops the mandate.

    The helper can only stop the whole of it. Raises MandateRefused when it is not this party's, or ended already: for
    the helper also one that was reported as wrong.
    """
    if member is not None and member.organisation_id != by.id:
        raise MandateRefused(MandateReason.NOT_YOURS)
    with transaction.atomic():
        held = party_to(mandate=mandate, party=by)
        if service is not None and _others_remain(held, service=service, by=by):
            _stop_service(held, service=service, now=now, desk=desk)
            return
        if held.state == State.SUSPENDED and by.id != held.representee_id:
            raise MandateRefused(MandateReason.NOT_POSSIBLE)
        verb, reason = _ending(held, by, desk)
        ended = end(
            mandate=mandate,
            reason=reason,
            verb=verb,
            event=Event.MANDATE_STOPPED,
            by=desk or (member.party_id if member else by.id),
            now=now,
            channel=channel_of(desk),
            details=asked_by(held, by=by) if desk else None,
        )
        if not ended:
            raise MandateRefused(MandateReason.NOT_POSSIBLE)


def channel_of(desk: UUID | None) -> Channel:
    """Give the door through which it came."""
    return Channel.HELPDESK if desk else Channel.PAGES


def asked_by(mandate: Mandate, *, by: Party) -> dict[str, str]:
    """Say for the journal which of the two asked the helpdesk."""
    return {"asked_by": "representee" if by.id == mandate.representee_id else "representative"}


def party_to(*, mandate: UUID, party: Party) -> Mandate:
    """Give the mandate, held until the transaction ends, when `party` is one of its two. Raises MandateRefused."""
    held = hold_mandate(mandate)
    if held is None or party.id not in {held.representee_id, held.representative_id}:
        raise MandateRefused(MandateReason.NOT_YOURS)
    return held


def _ending(mandate: Mandate, by: Party, desk: UUID | None) -> tuple[Verb, EndReason]:
    if mandate.state in {State.OFFERED, State.REQUESTED}:
        return Verb.WITHDRAW, EndReason.WITHDRAWN
    if desk is not None:
        return Verb.STOP, EndReason.STOPPED_BY_HELPDESK
    if by.id == mandate.representee_id:
        return Verb.STOP, EndReason.STOPPED_BY_REPRESENTEE
    return Verb.STOP, EndReason.STOPPED_BY_REPRESENTATIVE


def _others_remain(mandate: Mandate, *, service: str, by: Party) -> bool:
    """Say whether services are left without this one. Raises MandateRefused when it cannot be stopped."""
    if by.id != mandate.representee_id:
        raise MandateRefused(MandateReason.NOT_YOURS)
    running = MandateService.objects.filter(mandate=mandate, stopped_at__isnull=True)
    keys = set(running.values_list("service__key", flat=True))
    if service not in keys:
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    return len(keys) > 1


def _stop_service(mandate: Mandate, *, service: str, now: datetime, desk: UUID | None) -> None:
    MandateService.objects.filter(mandate=mandate, service__key=service).update(stopped_at=now, current=None)
    bring_in_line(mandate.id)
    write(
        Event.SERVICE_STOPPED,
        at=now,
        channel=channel_of(desk),
        actor=desk or mandate.representee_id,
        subject=mandate.representee_id,
        mandate=mandate.id,
        details={"service": service},
    )
    announce(mandate=mandate.id, now=now)
    note_change(Change.STOPPED, mandate=mandate, now=now, services=[service])
    tell_by_email(party=mandate.representee_id, now=now)
    if desk is not None:
        ask_letter(LetterKind.ENDING, mandate=mandate, now=now)
