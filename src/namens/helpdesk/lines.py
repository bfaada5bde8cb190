"""Lines of the journal of which a client can say that they are not right, and what can be wrong with each."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from namens.helpdesk.models import Caller, DisputeKind
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.mandates.models import Mandate
from namens.mandates.states import State
from namens.parties.models import Party

DISPUTABLE = frozenset(
    {
        # What somebody did at a portal, or tried to do.
        Event.MANDATE_USED,
        Event.USE_REFUSED,
        Event.ACT_REPORTED,
        Event.ACT_REFUSED,
        # A mandate, from the question to the end.
        Event.MANDATE_OFFERED,
        Event.MANDATE_REQUESTED,
        Event.REQUEST_COMPARED,
        Event.REQUEST_OPENED,
        Event.REQUEST_WITHDRAWN,
        Event.REQUEST_LAPSED,
        Event.RENEWAL_ASKED,
        Event.CODE_TRIED,
        Event.MANDATE_APPROVED,
        Event.MANDATE_DECLINED,
        Event.MANDATE_ACTIVATED,
        Event.MANDATE_REMINDED,
        Event.SECOND_YES_GIVEN,
        Event.SECOND_YES_REFUSED,
        Event.MANDATE_SHORTENED,
        Event.SERVICE_STOPPED,
        Event.MANDATE_STOPPED,
        Event.MANDATE_REPLACED,
        Event.MANDATE_BLOCKED,
        Event.MANDATE_REPORTED,
        Event.MANDATE_SUSPENDED,
        Event.MANDATE_RESTORED,
        Event.RESTORE_PROPOSED,
        Event.RESTORE_REFUSED,
        # An organisation.
        Event.CLIENT_OPENED,
        Event.CLIENT_TAKEN_OVER,
        Event.MEMBER_LEFT_OUT,
        Event.MEMBER_LET_IN,
        # The helpdesk, letters and e-mail.
        Event.CALLER_LOOKED_UP,
        Event.HELPER_NUMBER_LOOKED_UP,
        Event.LETTER_ASKED,
        Event.LETTER_POSTED,
        Event.LETTER_RETURNED,
        Event.LETTER_PREFERENCES_CHANGED,
        Event.MESSAGE_PREFERENCES_CHANGED,
        Event.EMAIL_ADDRESS_CONFIRMED,
        Event.EMAIL_ADDRESS_REMOVED,
        Event.DONE_EXPORTED,
    }
)
"""All that stands in *Wat is er voor u gedaan*, but for a dispute and its answer: about those the client calls."""
NEAR = timedelta(days=1)


def line_of(party: Party, *, entry: UUID) -> JournalEntry | None:
    """Give a line of this party's own journal that can be disputed; None for any other."""
    return JournalEntry.objects.filter(id=entry, subject=party.id, event__in=DISPUTABLE).first()


def took_part(agent: UUID, line: JournalEntry) -> bool:
    """Say whether this agent had a hand in what the line tells of, and so does not answer for it.

    Two agents let a mandate go on, and the line names the second only: whoever did something about the same mandate
    takes part, and whoever did something about this client within a day of the line. That an agent opened a line to
    answer it is no part in it.
    """
    by_agent = JournalEntry.objects.filter(actor=agent, channel=Channel.HELPDESK)
    if line.actor == agent or (line.mandate is not None and by_agent.filter(mandate=line.mandate).exists()):
        return True
    near = by_agent.filter(subject=line.subject, at__gte=line.at - NEAR, at__lte=line.at + NEAR)
    part = Q(details__caller__in=[one.value for one in Caller if one is not Caller.LINE])
    part |= ~Q(event__in=[Event.CALLER_LOOKED_UP, Event.DISPUTE_ANSWERED])
    return near.filter(part).exists()


def kinds_for(line: JournalEntry) -> list[DisputeKind]:
    """Give what can be wrong with this line."""
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
