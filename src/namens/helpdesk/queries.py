"""What an agent can see in a call."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from namens.helpdesk.lines import line_of
from namens.helpdesk.models import Call, Caller, Dispute
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock, workdays
from namens.lib.partial_date import PartialDate
from namens.mandates.cases import WORKING_DAYS, SoundCaseNumber
from namens.mandates.models import Mandate, Report
from namens.mandates.queries import over, overview_of, running_or_waiting, seen_by, with_lines
from namens.mandates.states import State
from namens.outbox.models import Kind, OutboxRow
from namens.parties.identifiers import SoundHelperNumber
from namens.parties.models import Party
from namens.signin.models import Staff

SHOWN = 50


def call_of(agent: Staff, *, call: UUID, caller: Caller) -> Call | None:
    """Give a call of this agent, also one that is over; None for anybody else's."""
    whole = Call.objects.select_related("party__person", "helper__person", "dispute")
    found = whole.filter(id=call, staff=agent, caller=caller)
    return found.first()


def is_over(call: Call, *, now: datetime) -> bool:
    """Say whether nothing can be done in this call any more."""
    return call.ends_at <= now


def given_by_caller(call: Call, *, today: date) -> tuple[list[Mandate], list[Mandate]]:
    """Give the caller's own mandates: those that run or wait, and those that are over, newest first, fifty of each."""
    given = overview_of(call.party).filter(representee=call.party)
    running = list(running_or_waiting(given, viewer=call.party, today=today)[:SHOWN])
    ended = list(over(given, viewer=call.party, today=today)[:SHOWN])
    with_lines([*running, *ended])
    return running, ended


def letters_to_make(call: Call, *, now: datetime) -> list[OutboxRow]:
    """Give the letters to the caller that were asked for and are due, and that nobody made yet, newest first."""
    waiting = OutboxRow.objects.filter(
        kind=Kind.LETTER, settled_at__isnull=True, given_up_at__isnull=True, payload__party=str(call.party_id)
    )
    return list(waiting.filter(due_at__lte=now).order_by("-put_at", "-id")[:SHOWN])


def mandate_in(call: Call, *, mandate: UUID) -> Mandate | None:
    """Give one mandate that this call is about: one that the client gave, or that was found for the helper."""
    mandates = overview_of(call.party).filter(id=mandate)
    if call.caller == Caller.CLIENT:
        mandates = mandates.filter(representee=call.party)
    elif str(mandate) not in call.mandates:
        return None
    return next(iter(seen_by(call.party, mandates=with_lines(list(mandates)))), None)


def case_of(call: Call) -> tuple[Mandate, list[Report]] | None:
    """Give the mandate of a colleague's case, and what was reported of it; None when nothing is proposed any more."""
    mandate = mandate_in(call, mandate=UUID(call.mandates[0])) if call.mandates else None
    reports = Report.objects.filter(mandate=mandate, closed_at__isnull=True, first_agent__isnull=False)
    found = list(reports.order_by("opened_at", "id")[:SHOWN])
    return (mandate, found) if mandate and found else None


def found_for_helper(call: Call) -> list[Mandate]:
    """Give the mandates that were found for the helper who calls, as that helper may know of them."""
    return seen_by(call.party, mandates=with_lines(list(overview_of(call.party).filter(id__in=call.mandates))))


def stoppable_by_helper(*, number: SoundHelperNumber, birth_date: PartialDate, today: date) -> list[Mandate]:
    """Give the running mandates of the person with this helper number whose client was born then. One statement."""
    running = Mandate.objects.filter(
        representative__helper_number__number=number,
        representee__person__birth_date=str(birth_date),
        state=State.ACTIVE,
        last_day__gte=today,
    )
    return list(running.select_related("representative").order_by("-offered_at", "-id")[:SHOWN])


def disputes_of(party: Party, entries: Iterable[UUID]) -> dict[UUID, Dispute]:
    """Give what this party said of these lines, by the id of the line; nothing that was taken back. One statement."""
    said = Dispute.objects.filter(party=party, entry__in=list(entries), withdrawn_at__isnull=True)
    return {dispute.entry: dispute for dispute in said}


def dispute_of(party: Party, *, entry: UUID) -> Dispute | None:
    """Give what this party said last of one line, also when it was taken back."""
    return Dispute.objects.filter(party=party, entry=entry).order_by("-opened_at", "-id").first()


def answer_line(party: Party, *, entry: UUID) -> UUID | None:
    """Give the line that tells of the answer about one line of this party: that can be disputed too."""
    answers = JournalEntry.objects.filter(subject=party.id, event=Event.DISPUTE_ANSWERED, details__entry=str(entry))
    return answers.order_by("-at", "-id").values_list("id", flat=True).first()


def is_disputed(entry: UUID) -> bool:
    """Say whether somebody says that this line is not right, and did not take that back."""
    return Dispute.objects.filter(entry=entry, withdrawn_at__isnull=True).exists()


def open_dispute(*, number: SoundCaseNumber) -> tuple[Dispute, JournalEntry] | None:
    """Give the dispute with this case number that waits for an answer, with its line."""
    waiting = Dispute.objects.filter(case_number=number, withdrawn_at__isnull=True, answered_at__isnull=True)
    found = waiting.select_related("party__person").first()
    line = line_of(found.party, entry=found.entry) if found else None
    return (found, line) if found and line else None


def open_disputes() -> list[Dispute]:
    """Give all disputes that wait for an answer, oldest first."""
    return list(waiting_disputes())


def waiting_disputes(*, of: Party | None = None) -> QuerySet[Dispute]:
    """Give the disputes that wait for an answer, oldest first, to count or to page; of one party when that is given."""
    waiting = Dispute.objects.filter(withdrawn_at__isnull=True, answered_at__isnull=True)
    return (waiting.filter(party=of) if of else waiting).order_by("opened_at", "id")


def overdue_disputes(*, today: date) -> QuerySet[Dispute]:
    """Give those that wait longer than was promised, as `is_overdue` says of each. The database counts."""
    since = today
    for _ in range(WORKING_DAYS):
        since = workdays.working_day_before(since)
    # What was said on this working day or later has until today, or later.
    return waiting_disputes().filter(opened_at__lt=clock.start_of(since))


def answer_by(dispute: Dispute) -> date:
    """Give the last day on which the client has an answer: one working day after it was said."""
    return workdays.after_working_days(clock.day_of(dispute.opened_at), number=WORKING_DAYS)


def is_overdue(dispute: Dispute, *, today: date) -> bool:
    """Say whether the working day within which the client was to have an answer is over."""
    return answer_by(dispute) < today
