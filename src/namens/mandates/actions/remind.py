"""Both sides hear in time that a mandate ends soon."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.letters import LetterKind, ask_letter, letter_by, tell_by_email, tell_helper
from namens.mandates.models import Mandate
from namens.mandates.states import State
from namens.parties.models import Kind

AT_ONCE = 50


def remind(*, now: datetime) -> int:
    """Ask for the letters about mandates that end soon, each once, at most `AT_ONCE`; gives how many there were.

    Client and private helper get a letter, and an e-mail where they want that. Members see it in the work list. Not
    for what was given within these same days, nor when the letter would come after the last day: that says nothing new.
    """
    due = list(_due(now).order_by("last_day", "id").values_list("id", flat=True)[:AT_ONCE])
    return sum(_remind(mandate, now=now) for mandate in due)


def _remind(mandate: UUID, *, now: datetime) -> bool:
    with transaction.atomic():
        held = hold_mandate(mandate)
        if held is None or not _due(now).filter(id=mandate).update(reminded_on=clock.day_of(now)):
            return False
        helper = held.representative
        write(Event.MANDATE_REMINDED, at=now, channel=Channel.WORKER, subject=held.representee_id, mandate=mandate)
        ask_letter(LetterKind.REMINDER, mandate=held, now=now)
        tell_by_email(party=held.representee_id, now=now)
        if helper is not None and helper.kind == Kind.PERSON:
            ask_letter(LetterKind.REMINDER, mandate=held, now=now, to=helper.id)
            tell_helper(held, now=now)
        return True


def _due(now: datetime) -> QuerySet[Mandate]:
    today, before = clock.day_of(now), timedelta(days=settings.REMINDER_DAYS)
    return Mandate.objects.filter(
        state=State.ACTIVE,
        reminded_on__isnull=True,
        last_day__gt=letter_by(today),
        last_day__lte=today + before,
        activated_at__lte=now - before,
    )
