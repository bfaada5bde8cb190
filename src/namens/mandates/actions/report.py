"""Something is wrong with a mandate: who says so, what stops at once, and how it can go on again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.mandates.actions.endings import announce
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.actions.noting import note_change
from namens.mandates.actions.stop import party_to
from namens.mandates.cases import new_case_number
from namens.mandates.changes import Change
from namens.mandates.letters import tell_by_email, tell_helper
from namens.mandates.models import Mandate, Report, ReportKind, Suspension
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State, Verb, after
from namens.parties.actions import ask_soon
from namens.parties.models import Party


def report(*, mandate: UUID, by: Party, kind: ReportKind, now: datetime) -> Report:
    """Take a report from one of the two parties. A name that is spelt wrong stops nothing: the register is asked again.

    Only the client can say that the mandate was never wanted: that stops it at once. Raises MandateRefused.
    """
    with transaction.atomic():
        held = party_to(mandate=mandate, party=by)
        if kind is not ReportKind.SPELLING and by.id != held.representee_id:
            raise MandateRefused(MandateReason.NOT_YOURS)
        return _take(held, kind=kind, by=by.id, channel=Channel.PAGES, now=now)


def report_by_phone(*, mandate: UUID, caller: UUID, kind: ReportKind, agent: UUID, now: datetime) -> Report:
    """Take a report from a client who phones. Raises MandateRefused."""
    with transaction.atomic():
        held = hold_mandate(mandate)
        if held is None or held.representee_id != caller:
            raise MandateRefused(MandateReason.NOT_YOURS)
        return _take(held, kind=kind, by=agent, channel=Channel.HELPDESK, now=now)


def restore(*, mandate: UUID, by: Party, now: datetime) -> None:
    """Let a mandate that was reported go on: the client's own word, with the own login. Raises MandateRefused."""
    with transaction.atomic():
        held = party_to(mandate=mandate, party=by)
        if held.representee_id != by.id:
            raise MandateRefused(MandateReason.NOT_YOURS)
        go_on(held, by=by.id, channel=Channel.PAGES, now=now)


def go_on(mandate: Mandate, *, by: UUID, channel: Channel, now: datetime) -> None:
    """Let a held mandate go on and close its cases, in the open transaction. Raises MandateRefused."""
    if mandate.state != State.SUSPENDED:
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    mandate.state, mandate.suspended_at = after(State(mandate.state), Verb.RESTORE), None
    mandate.save(update_fields=["state", "suspended_at"])
    Suspension.objects.filter(mandate=mandate, until__isnull=True).update(until=now)
    Report.objects.filter(mandate=mandate, closed_at__isnull=True).update(closed_at=now)
    _note(Event.MANDATE_RESTORED, mandate, by=by, channel=channel, now=now)
    note_change(Change.RESTORED, mandate=mandate, now=now)
    tell_by_email(party=mandate.representee_id, now=now)
    tell_helper(mandate, now=now)


def open_report(mandate: Mandate, *, kind: ReportKind, by: UUID, channel: Channel, now: datetime) -> Report:
    """Open a case for the helpdesk, in the open transaction."""
    _note(Event.MANDATE_REPORTED, mandate, by=by, channel=channel, now=now, result=kind)
    return Report.objects.create(
        mandate=mandate,
        kind=kind,
        reported_by=by,
        channel=channel,
        opened_at=now,
        case_number=new_case_number(),
    )


def _take(mandate: Mandate, *, kind: ReportKind, by: UUID, channel: Channel, now: datetime) -> Report:
    if mandate.state not in {State.ACTIVE, State.SUSPENDED}:
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    opened = open_report(mandate, kind=kind, by=by, channel=channel, now=now)
    if kind is ReportKind.SPELLING:
        ask_soon(parties=[mandate.representee_id, *filter(None, [mandate.representative_id])], now=now)
    else:
        # Who says once more that it is wrong does not want what was proposed before.
        Report.objects.filter(mandate=mandate, closed_at__isnull=True).update(first_agent=None)
        if mandate.state == State.ACTIVE:
            _suspend(mandate, by=by, channel=channel, now=now)
    return opened


def _suspend(mandate: Mandate, *, by: UUID, channel: Channel, now: datetime) -> None:
    mandate.state, mandate.suspended_at = after(State(mandate.state), Verb.SUSPEND), now
    mandate.save(update_fields=["state", "suspended_at"])
    Suspension.objects.create(mandate=mandate, since=now)
    _note(Event.MANDATE_SUSPENDED, mandate, by=by, channel=channel, now=now)
    announce(mandate=mandate.id, now=now)
    note_change(Change.SUSPENDED, mandate=mandate, now=now)
    tell_by_email(party=mandate.representee_id, now=now)


def _note(event: Event, mandate: Mandate, *, by: UUID, channel: Channel, now: datetime, result: str = "done") -> None:
    write(event, at=now, channel=channel, actor=by, subject=mandate.representee_id, mandate=mandate.id, result=result)
