"""What an agent does on the telephone. Each act is in the journal under the agent's id."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from namens.helpdesk import turns
from namens.helpdesk.lines import took_part
from namens.helpdesk.models import Call, Caller, Dispute, LookUp, Outcome
from namens.helpdesk.queries import open_dispute, stoppable_by_helper
from namens.helpdesk.refusals import CallerRefusal
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.lib.partial_date import PartialDate
from namens.mandates.actions import block
from namens.mandates.actions import shorten as shorten_mandate
from namens.mandates.actions import stop as stop_mandate
from namens.mandates.actions.shorten import check as check_shorter
from namens.mandates.cases import SoundCaseNumber, proposed_case
from namens.mandates.models import Mandate
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.parties.actions import find_person, record_facts, register_person
from namens.parties.facts import StopSignal
from namens.parties.identifiers import Bsn, SoundHelperNumber
from namens.parties.models import Party
from namens.population import addresses
from namens.population.addresses import Addressed, Obstacle
from namens.population.answers import NotFound, Unavailable
from namens.signin.models import Staff

CALL_LASTS = timedelta(minutes=30)


def find_caller(
    *, agent: Staff, bsn: Bsn, birth_date: PartialDate, postcode: str, now: datetime
) -> Call | CallerRefusal:
    """Find who calls, by three things together, and begin the call. `postcode` as in `3511AB`.

    The register is asked, outside any transaction. Whatever does not fit gives one answer for the same work.
    """
    turn = turns.take(agent=agent, caller=Caller.CLIENT, now=now)
    if turn is None:
        return CallerRefusal.PAUSED
    answer = addresses.ask_address(bsn=bsn, today=clock.day_of(now))
    with transaction.atomic():
        if isinstance(answer, Unavailable):
            turns.settle(turn, outcome=Outcome.AWAY)
            _note(agent, Caller.CLIENT, now=now, result=CallerRefusal.REGISTER_AWAY)
            return CallerRefusal.REGISTER_AWAY
        known = find_person(bsn=bsn)
        if isinstance(answer, NotFound) or not _fits(answer, birth_date=birth_date, postcode=postcode):
            return _missed(turn, agent, Caller.CLIENT, now=now, subject=known)
        party = known or register_person(bsn=bsn, now=now, channel=Channel.HELPDESK)
        person = record_facts(party=party, facts=answer.facts, now=now, channel=Channel.HELPDESK)
        block(person=person, now=now, channel=Channel.HELPDESK)
        _note(agent, Caller.CLIENT, now=now, subject=party.id)
        return _begin(turn, agent, party, caller=Caller.CLIENT, now=now, obstacles=answer.obstacles)


def find_helper(
    *, agent: Staff, number: SoundHelperNumber, birth_date: PartialDate, now: datetime
) -> Call | CallerRefusal:
    """Find the running mandates of who has this helper number, of clients born on this date, and begin the call."""
    turn = turns.take(agent=agent, caller=Caller.HELPER, now=now)
    if turn is None:
        return CallerRefusal.PAUSED
    with transaction.atomic():
        mandates = stoppable_by_helper(number=number, birth_date=birth_date, today=clock.day_of(now))
        if not mandates or mandates[0].representative is None:
            return _missed(turn, agent, Caller.HELPER, now=now)
        for mandate in mandates:
            _note(agent, Caller.HELPER, now=now, subject=mandate.representee_id, mandate=mandate.id)
        helper, ids = mandates[0].representative, [mandate.id for mandate in mandates]
        return _begin(turn, agent, helper, caller=Caller.HELPER, now=now, mandates=ids)


def find_case(*, agent: Staff, number: SoundCaseNumber, now: datetime) -> Call | CallerRefusal:
    """Find what a colleague proposed or what a client disputes, by the case number, and open it like a call.

    A wrong number counts as a miss.
    """
    turn = turns.take(agent=agent, caller=Caller.COLLEAGUE, now=now)
    if turn is None:
        return CallerRefusal.PAUSED
    with transaction.atomic():
        case = proposed_case(number=number)
        if case is None:
            return _find_line(turn, agent, number, now)
        client, ids = case.mandate.representee, [case.mandate_id]
        result = CallerRefusal.OWN_PROPOSAL if case.first_agent == agent.id else "done"
        _note(agent, Caller.COLLEAGUE, now=now, result=result, subject=client.id, mandate=case.mandate_id)
        if isinstance(result, CallerRefusal):
            turns.settle(turn, outcome=Outcome.FOUND)
            return result
        return _begin(turn, agent, client, caller=Caller.COLLEAGUE, now=now, mandates=ids)


def _find_line(turn: LookUp, agent: Staff, number: SoundCaseNumber, now: datetime) -> Call | CallerRefusal:
    """Open a line that a client disputes, for an agent who had no part in it."""
    found = open_dispute(number=number)
    if found is None:
        return _missed(turn, agent, Caller.COLLEAGUE, now=now)
    dispute, line = found
    result = CallerRefusal.OWN_LINE if took_part(agent.id, line) else "done"
    _note(agent, Caller.LINE, now=now, result=result, subject=dispute.party_id)
    if isinstance(result, CallerRefusal):
        turns.settle(turn, outcome=Outcome.FOUND)
        return result
    return _begin(turn, agent, dispute.party, caller=Caller.LINE, now=now, dispute=dispute)


def stop(*, call: Call, mandate: UUID, now: datetime, service: str | None = None) -> None:
    """Stop a mandate, or one service of it, because the caller asks. A helper stops the whole of an own one.

    Raises MandateRefused when it is not for this caller to stop, or ended already.
    """
    if not _may_stop(call, mandate=mandate, service=service):
        raise MandateRefused(MandateReason.NOT_YOURS)
    stop_mandate(mandate=mandate, by=call.party, now=now, service=service, desk=call.staff_id)


def shorten(*, call: Call, mandate: UUID, last_day: date, now: datetime) -> None:
    """Bring the end of a mandate forward, because the client asks. Raises MandateRefused."""
    if call.caller != Caller.CLIENT:
        raise MandateRefused(MandateReason.NOT_YOURS)
    shorten_mandate(mandate=mandate, by=call.party, last_day=last_day, now=now, desk=call.staff_id)


def check_day(*, call: Call, mandate: Mandate, last_day: date, now: datetime) -> None:
    """Raise MandateRefused when `shorten` would, so that an agent reads out nothing that cannot be."""
    check_shorter(mandate, by=call.party, last_day=last_day, today=clock.day_of(now))
    if last_day == mandate.last_day:
        raise MandateRefused(MandateReason.NOT_SHORTER)


def hang_up(*, call: Call, now: datetime) -> None:
    """End the call: nothing can be done in it any more."""
    Call.objects.filter(id=call.id, ends_at__gt=now).update(ends_at=now)


def _may_stop(call: Call, *, mandate: UUID, service: str | None) -> bool:
    if call.caller == Caller.HELPER:
        return service is None and str(mandate) in call.mandates
    given = Mandate.objects.filter(id=mandate, representee=call.party_id)
    return call.caller == Caller.CLIENT and given.exists()


def _fits(found: Addressed, *, birth_date: PartialDate, postcode: str) -> bool:
    """Say whether both belong to this person, who is alive and not there by mistake."""
    has_date = found.facts.birth_date == birth_date
    has_postcode = found.postcode != "" and found.postcode == postcode
    is_there = not found.facts.signals & {StopSignal.DECEASED, StopSignal.ERRONEOUS}
    return has_date and has_postcode and is_there


def _missed(
    turn: LookUp, agent: Staff, caller: Caller, *, now: datetime, subject: Party | None = None
) -> CallerRefusal:
    turns.settle(turn, outcome=Outcome.MISSED)
    _note(agent, caller, now=now, result=CallerRefusal.NO_MATCH, subject=subject.id if subject else None)
    return CallerRefusal.NO_MATCH


def _begin(
    turn: LookUp,
    agent: Staff,
    party: Party,
    *,
    caller: Caller,
    now: datetime,
    mandates: list[UUID] | None = None,
    obstacles: Iterable[Obstacle] = (),
    dispute: Dispute | None = None,
) -> Call:
    turns.settle(turn, outcome=Outcome.FOUND)
    return Call.objects.create(
        staff=agent,
        party=party,
        caller=caller,
        mandates=[str(mandate) for mandate in mandates or []],
        obstacles=sorted(obstacles),
        began_at=now,
        ends_at=now + CALL_LASTS,
        dispute=dispute,
    )


def _note(
    agent: Staff,
    caller: Caller,
    *,
    now: datetime,
    result: str = "done",
    subject: UUID | None = None,
    mandate: UUID | None = None,
) -> None:
    write(
        Event.CALLER_LOOKED_UP,
        at=now,
        channel=Channel.HELPDESK,
        actor=agent.id,
        subject=subject,
        mandate=mandate,
        result=result,
        details={"caller": caller.value},
    )
