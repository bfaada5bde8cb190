"""A client says that a line of *Wat is er voor u gedaan* is not right; an agent who had no part in it answers."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from namens.helpdesk.holding import held
from namens.helpdesk.lines import is_of_mandate_that_stopped, kinds_for, line_of, origin_of, took_part
from namens.helpdesk.models import Answer, Call, Caller, Dispute, DisputeKind
from namens.helpdesk.queries import waiting_disputes
from namens.helpdesk.refusals import CallerRefusal, CallRefused, DisputeRefusal, DisputeRefused
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import write
from namens.mandates.cases import new_case_number
from namens.mandates.letters import tell_by_email
from namens.outbox.actions import put
from namens.outbox.models import Kind
from namens.parties.actions import hold
from namens.parties.models import Party

WITHDRAWN = "withdrawn"
MOST_OPEN = 5


def dispute(*, entry: UUID, party: Party, kind: DisputeKind, now: datetime) -> Dispute:
    """Say that this line of the own journal is not right. The same once more is one dispute.

    The portal that reported an act hears of it. Raises DisputeRefused.
    """
    with transaction.atomic():
        # One after the other for one person: so the cap holds, and of two tabs one finds what the other wrote.
        hold(party=party)
        line = line_of(party, entry=entry)
        if line is None or kind not in kinds_for(line):
            raise DisputeRefused(DisputeRefusal.NOT_YOUR_LINE)
        known = Dispute.objects.filter(entry=entry, withdrawn_at__isnull=True).first()
        if known is not None:
            return _same(known, kind)
        since = settings.DISPUTES.since(now)
        if settings.DISPUTES.is_reached(Dispute.objects.filter(party=party, opened_at__gt=since).count()):
            raise DisputeRefused(DisputeRefusal.TOO_MANY)
        if waiting_disputes(of=party).count() >= MOST_OPEN:
            raise DisputeRefused(DisputeRefusal.TOO_MANY_OPEN)
        opened = Dispute.objects.create(entry=entry, party=party, kind=kind, case_number=_new_number(), opened_at=now)
        _note(party, entry=entry, kind=kind, now=now)
        if line.event == Event.ACT_REPORTED:
            put(Kind.LINE_DISPUTED, payload={"entry": str(entry)}, now=now)
        return opened


def withdraw(*, entry: UUID, party: Party, now: datetime) -> None:
    """Take it back, while nobody answered. Raises DisputeRefused."""
    with transaction.atomic():
        hold(party=party)
        waiting = Dispute.objects.filter(entry=entry, party=party, withdrawn_at__isnull=True, answered_at__isnull=True)
        kind = waiting.values_list("kind", flat=True).first()
        if kind is None or not waiting.update(withdrawn_at=now):
            raise DisputeRefused(DisputeRefusal.CLOSED)
        _note(party, entry=entry, kind=DisputeKind(kind), now=now, result=WITHDRAWN)


def answers_for(line: JournalEntry) -> list[Answer]:
    """Give the answers that fit a line: only a portal corrects what it reported, and stopped is what has stopped.

    About an answer those fit that fitted the line that it was about.
    """
    fitting, origin = [Answer.RIGHT, Answer.PASSED_ON], origin_of(line)
    if origin.event == Event.ACT_REPORTED:
        fitting.insert(0, Answer.CORRECTED)
    if is_of_mandate_that_stopped(origin):
        fitting.append(Answer.STOPPED)
    return fitting


def answer(*, call: Call, outcome: Answer, now: datetime) -> None:
    """Answer the dispute of this call, once. The client hears by e-mail that there is an answer. Raises CallRefused.

    Whoever had a hand in what the line tells of does not answer: a colleague does.
    """
    with held(call, caller=Caller.LINE, now=now):
        about = _about(call)
        line = line_of(about.party, entry=about.entry)
        if line is None or outcome not in answers_for(line):
            raise CallRefused(CallerRefusal.ANSWER_DOES_NOT_FIT)
        if took_part(call.staff_id, line):
            raise CallRefused(CallerRefusal.OWN_LINE)
        waiting = Dispute.objects.filter(id=about.id, withdrawn_at__isnull=True, answered_at__isnull=True)
        if not waiting.update(answered_at=now, answer=outcome, answered_by=call.staff_id):
            raise CallRefused(CallerRefusal.LINE_CLOSED)
        write(
            Event.DISPUTE_ANSWERED,
            at=now,
            channel=Channel.HELPDESK,
            actor=call.staff_id,
            subject=about.party_id,
            result=outcome,
            details={"entry": str(about.entry)},
        )
        tell_by_email(party=about.party_id, now=now, always=True)
        # Who answered has nothing to look at any more.
        Call.objects.filter(id=call.id).update(ends_at=now)


def _about(call: Call) -> Dispute:
    if call.dispute_id is None:
        raise CallRefused(CallerRefusal.LINE_CLOSED)
    return Dispute.objects.select_related("party").get(id=call.dispute_id)


def _same(known: Dispute, kind: DisputeKind) -> Dispute:
    """Give what was said before when it was the same. Raises DisputeRefused when it was not, or was answered."""
    if known.kind != kind or not known.is_open:
        raise DisputeRefused(DisputeRefusal.ALREADY_DISPUTED)
    return known


def _new_number() -> str:
    number = new_case_number()
    while Dispute.objects.filter(case_number=number).exists():
        number = new_case_number()
    return number


def _note(party: Party, *, entry: UUID, kind: DisputeKind, now: datetime, result: str = "done") -> None:
    write(
        Event.LINE_DISPUTED,
        at=now,
        channel=Channel.PAGES,
        actor=party.id,
        subject=party.id,
        result=result,
        details={"entry": str(entry), "kind": kind.value},
    )
