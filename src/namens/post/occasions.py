"""E-mails that the worker begins: that somebody did something for you, and that the overview of a month is ready.

What is to be told is found in the journal, so that neither a login nor an act at a portal waits for it.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.lib.ids import new_id
from namens.outbox.actions import put, put_many
from namens.outbox.models import Kind
from namens.post.messages import month_before
from namens.post.models import EmailAddress

# In the order of the index that is for these, `journal_acts_for`.
ACTS = (Event.ACT_REPORTED, Event.MANDATE_USED)
ONCE_IN = timedelta(hours=24)
ACTS_AT_ONCE = 50
SUMMARIES_AT_ONCE = 1000
FIRST_HOUR, LAST_DAY = 9, 7


def tell_of_acts(*, now: datetime) -> int:
    """Put an e-mail for who wants to hear of what others do and did not within a day; gives for how many.

    At most `ACTS_AT_ONCE`; what happened after that is for the next day. Only who wants it and may hear of it now is
    looked at, each in one place of an index: nothing is read of what they heard of before.
    """
    if settings.MAILER == "none":
        return 0
    acted = JournalEntry.objects.filter(
        subject=OuterRef("party"), event__in=ACTS, id__gt=OuterRef("acts_seen")
    ).exclude(actor=OuterRef("party"))
    due = _free_for_acts(now).filter(Exists(acted)).order_by("party").values_list("party", flat=True)
    return sum(_tell_of_acts(party, now) for party in due[:ACTS_AT_ONCE])


def tell_of_month(*, now: datetime) -> int:
    """Put an e-mail for who wants one a month, whatever happened; gives for how many.

    That it comes says nothing: a mailbox that others read too would otherwise tell that something was done.

    From nine o'clock on the first day, and up to the seventh when the worker was away. At most `SUMMARIES_AT_ONCE`
    people in one turn, in a handful of statements for all of them. Once a month for each, also with two workers.
    """
    here = now.astimezone(clock.AMSTERDAM)
    if settings.MAILER == "none" or here.day > LAST_DAY or here.hour < FIRST_HOUR:
        return 0
    month = month_before(here.date())
    with transaction.atomic():
        rows = [(party, {"email": "summary", "party": str(party)}) for party in _claim(month)]
        put_many(Kind.EMAIL, rows=rows, now=now)
    return len(rows)


def _free_for_acts(now: datetime) -> QuerySet[EmailAddress]:
    wanting = EmailAddress.objects.filter(tells_acts=True)
    return wanting.filter(Q(acts_told_at__isnull=True) | Q(acts_told_at__lte=now - ONCE_IN))


def _tell_of_acts(party: UUID, now: datetime) -> bool:
    with transaction.atomic():
        if not _free_for_acts(now).filter(party=party).update(acts_seen=new_id(), acts_told_at=now):
            return False
        put(Kind.EMAIL, payload={"email": "acts", "party": str(party)}, now=now, party=party)
        return True


def _claim(month: date) -> list[UUID]:
    """Take people who did not hear of this month yet, in the open transaction. Nobody else gets the same ones."""
    waiting = EmailAddress.objects.filter(tells_monthly=True, summary_of__lt=month)
    # Held in one order: an alarm holds several of them too.
    held = waiting.order_by("party").select_for_update()
    ids = list(held.values_list("party", flat=True)[:SUMMARIES_AT_ONCE])
    if not ids:
        return []
    ticket = new_id()
    waiting.filter(party__in=ids).update(summary_of=month, summary_ticket=ticket)
    return list(EmailAddress.objects.filter(summary_ticket=ticket).order_by("party").values_list("party", flat=True))
