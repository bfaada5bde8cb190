"""A mandate that was reported goes on because the client asks by telephone: one agent proposes, another agrees."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.actions.report import go_on
from namens.mandates.cases import new_case_number
from namens.mandates.models import Mandate, Report, ReportKind
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State


def propose_restore(*, mandate: UUID, caller: UUID, agent: UUID, now: datetime) -> str:
    """Let a first agent propose it, and give the case number for a colleague. Raises MandateRefused.

    What was proposed before stays as it is: twice changes nothing.
    """
    with transaction.atomic():
        held, cases = _held(mandate)
        if held.representee_id != caller:
            raise MandateRefused(MandateReason.NOT_YOURS)
        case = cases.first()
        if case is None:
            raise MandateRefused(MandateReason.NOT_POSSIBLE)
        number = case.case_number or new_case_number()
        if case.first_agent is None:
            Report.objects.filter(id=case.id).update(case_number=number)
            cases.update(first_agent=agent)
            _note(Event.RESTORE_PROPOSED, held, by=agent, now=now)
        return number


def agree_to_restore(*, mandate: UUID, agent: UUID, now: datetime) -> None:
    """Let the mandate go on: a second agent agrees. Raises MandateRefused, also for the agent who proposed it."""
    with transaction.atomic():
        held, cases = _held(mandate)
        _check_second(cases, agent)
        go_on(held, by=agent, channel=Channel.HELPDESK, now=now)


def refuse_to_restore(*, mandate: UUID, agent: UUID, now: datetime) -> None:
    """Take the proposal away: a second agent does not agree. The mandate stays as it is. Raises MandateRefused."""
    with transaction.atomic():
        held, cases = _held(mandate)
        _check_second(cases, agent)
        cases.update(first_agent=None)
        _note(Event.RESTORE_REFUSED, held, by=agent, now=now)


def proposed_number(mandate: Mandate) -> str | None:
    """Give the case number of what was proposed for this mandate; None when nothing is."""
    cases = _cases(mandate).filter(first_agent__isnull=False)
    return cases.values_list("case_number", flat=True).first()


def _held(mandate: UUID) -> tuple[Mandate, QuerySet[Report]]:
    held = hold_mandate(mandate)
    if held is None:
        raise MandateRefused(MandateReason.NOT_YOURS)
    if held.state != State.SUSPENDED:
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    return held, _cases(held)


def _cases(mandate: Mandate) -> QuerySet[Report]:
    waiting = Report.objects.filter(mandate=mandate, closed_at__isnull=True)
    return waiting.exclude(kind=ReportKind.SPELLING).order_by("opened_at", "id")


def _check_second(cases: QuerySet[Report], agent: UUID) -> None:
    first = cases.filter(first_agent__isnull=False).values_list("first_agent", flat=True).first()
    if first is None:
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    if first == agent:
        raise MandateRefused(MandateReason.SECOND_AGENT)


def _note(event: Event, mandate: Mandate, *, by: UUID, now: datetime) -> None:
    write(event, at=now, channel=Channel.HELPDESK, actor=by, subject=mandate.representee_id, mandate=mandate.id)
