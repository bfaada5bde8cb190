"""Lines of the journal of which a client can say that they are not right, and what can be wrong with each."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from namens.helpdesk.models import Caller, DisputeKind
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.shown import SHOWN
from namens.mandates.models import Mandate
from namens.mandates.states import State
from namens.parties.models import Party

NEAR = timedelta(days=1)


def line_of(party: Party, *, entry: UUID) -> JournalEntry | None:
    """Give a line of this party's own overview: each of them can be disputed. None for any other."""
    return JournalEntry.objects.filter(id=entry, subject=party.id, event__in=SHOWN).first()


def line_behind(line: JournalEntry) -> UUID | None:
    """Give which line this one is about: one that was disputed, or answered. None for any other."""
    is_about_dispute = line.event in {Event.LINE_DISPUTED, Event.DISPUTE_ANSWERED}
    return UUID(str(line.details["entry"])) if is_about_dispute else None


def origin_of(line: JournalEntry) -> JournalEntry:
    """Give the line with which it began: what a line about a dispute, or about its answer, goes back to."""
    behind = line_behind(line)
    return line if behind is None else origin_of(JournalEntry.objects.get(id=behind))


def took_part(agent: UUID, line: JournalEntry) -> bool:
    """Say whether this agent had a hand in what the line tells of, and so does not answer for it.

    Two agents let a mandate go on, and the line names the second only: whoever did something about the same mandate
    takes part, and whoever did something about this client within a day of the line. That an agent opened a line to
    answer it is no part in it. Who took part in a line takes part in what is said of it, and of its answer.
    """
    behind = line_behind(line)
    if behind is not None and took_part(agent, JournalEntry.objects.get(id=behind)):
        return True
    by_agent = JournalEntry.objects.filter(actor=agent, channel=Channel.HELPDESK)
    if line.actor == agent or (line.mandate is not None and by_agent.filter(mandate=line.mandate).exists()):
        return True
    near = by_agent.filter(subject=line.subject, at__gte=line.at - NEAR, at__lte=line.at + NEAR)
    part = Q(details__caller__in=[one.value for one in Caller if one is not Caller.LINE])
    part |= ~Q(event__in=[Event.CALLER_LOOKED_UP, Event.DISPUTE_ANSWERED])
    return near.filter(part).exists()


def kinds_for(line: JournalEntry) -> list[DisputeKind]:
    """Give what can be wrong with this line."""
    if line.event == Event.DISPUTE_ANSWERED:
        return [DisputeKind.DISAGREED, DisputeKind.WRONG]
    if line.channel != Channel.HELPDESK:
        return [DisputeKind.NOT_DONE, DisputeKind.UNWANTED, DisputeKind.WRONG]
    if _client_called(line):
        return [DisputeKind.DID_NOT_CALL, DisputeKind.WRONG]
    return [DisputeKind.UNWANTED, DisputeKind.WRONG]


def mandate_to_report(line: JournalEntry) -> UUID | None:
    """Give the active mandate that this line is of: that can be stopped at once by reporting it; None without one."""
    if line.mandate is None:
        return None
    active = Mandate.objects.filter(id=line.mandate, representee=line.subject, state=State.ACTIVE)
    return active.values_list("id", flat=True).first()


def is_of_mandate_that_stopped(line: JournalEntry) -> bool:
    """Say whether this line is of a mandate that cannot be used any more."""
    if line.mandate is None:
        return False
    return Mandate.objects.filter(id=line.mandate, state__in=[State.ENDED, State.SUSPENDED]).exists()


def _client_called(line: JournalEntry) -> bool:
    """Say whether it stands there that the client called: not a helper, and not a colleague about a case."""
    others = {Caller.HELPER.value, Caller.COLLEAGUE.value, Caller.LINE.value}
    return line.details.get("caller") not in others and line.details.get("asked_by") != "representative"
