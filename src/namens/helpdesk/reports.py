"""Something is wrong with a mandate, says a client who calls. And how it goes on again: by two agents."""

from datetime import datetime
from uuid import UUID

from namens.helpdesk.holding import held
from namens.helpdesk.models import Call, Caller
from namens.mandates.actions import (
    agree_to_restore,
    decline_by_phone,
    propose_restore,
    refuse_to_restore,
    report_by_phone,
)
from namens.mandates.models import Mandate, Report, ReportKind
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State


def kinds_for(mandate: Mandate) -> list[ReportKind]:
    """Give what can be reported of this mandate: of one that only waits nothing but that it is not wanted."""
    if mandate.state == State.REQUESTED:
        return [ReportKind.UNWANTED, ReportKind.UNKNOWN_PERSON]
    return list(ReportKind) if mandate.state in {State.ACTIVE, State.SUSPENDED} else []


def report(*, call: Call, mandate: UUID, kind: ReportKind, now: datetime) -> None:
    """Take a report; the same once in a call. It stops the mandate at once, or ends one that only waits.

    A name that is spelt wrong stops nothing. Raises CallRefused and MandateRefused.
    """
    with held(call, caller=Caller.CLIENT, now=now):
        same = Report.objects.filter(
            mandate=mandate, kind=kind, reported_by=call.staff_id, opened_at__gte=call.began_at, closed_at__isnull=True
        )
        if same.filter(mandate__representee=call.party_id).exists():
            return
        if Mandate.objects.filter(id=mandate, state=State.REQUESTED).exists():
            decline_by_phone(mandate=mandate, caller=call.party, kind=kind, agent=call.staff_id, now=now)
        else:
            report_by_phone(mandate=mandate, caller=call.party_id, kind=kind, agent=call.staff_id, now=now)


def propose(*, call: Call, mandate: UUID, now: datetime) -> str:
    """Propose that a reported mandate goes on, and give the case number. Raises CallRefused and MandateRefused."""
    with held(call, caller=Caller.CLIENT, now=now):
        return propose_restore(mandate=mandate, caller=call.party_id, agent=call.staff_id, now=now)


def agree(*, call: Call, now: datetime) -> None:
    """Let the mandate of this case go on, as the second agent. Raises CallRefused and MandateRefused."""
    with held(call, caller=Caller.COLLEAGUE, now=now):
        agree_to_restore(mandate=_of_case(call), agent=call.staff_id, now=now)
        _close(call, now)


def refuse(*, call: Call, now: datetime) -> None:
    """Take the proposal of this case away, as the second agent. Raises CallRefused and MandateRefused."""
    with held(call, caller=Caller.COLLEAGUE, now=now):
        refuse_to_restore(mandate=_of_case(call), agent=call.staff_id, now=now)
        _close(call, now)


def _of_case(call: Call) -> UUID:
    if len(call.mandates) != 1:
        raise MandateRefused(MandateReason.NOT_YOURS)
    return UUID(call.mandates[0])


def _close(call: Call, now: datetime) -> None:
    """End it: who answered has nothing to look at any more."""
    Call.objects.filter(id=call.id).update(ends_at=now)
