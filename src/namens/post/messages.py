"""Of what somebody wants to hear by e-mail. It stands with the address: who has none, chooses nothing."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.lib.ids import new_id
from namens.mandates.letters import ATTENTION
from namens.outbox.actions import put_many
from namens.outbox.models import Kind
from namens.parties.actions import hold
from namens.parties.models import Party
from namens.post.models import EmailAddress


@dataclass(frozen=True)
class Wishes:
    """Of what: changes of mandates, what others do, and once a month that the overview is ready."""

    changes: bool = True
    acts: bool = False
    monthly: bool = False


def wishes_of(party: UUID) -> Wishes | None:
    """Give of what this party hears; None without an address."""
    kept = EmailAddress.objects.filter(party=party).first()
    return wishes_in(kept) if kept else None


def wishes_in(kept: EmailAddress) -> Wishes:
    """Give what stands with an address."""
    return Wishes(changes=kept.tells_changes, acts=kept.tells_acts, monthly=kept.tells_monthly)


def choose(*, party: Party, wishes: Wishes, now: datetime) -> bool:
    """Keep of what this person hears, from now on. False without an address: nothing was kept then."""
    with transaction.atomic():
        hold(party=party)
        kept = EmailAddress.objects.filter(party=party.id).first()
        if kept is None:
            return False
        before = wishes_in(kept)
        if wishes == before:
            return True
        kept.tells_changes, kept.tells_acts, kept.tells_monthly = wishes.changes, wishes.acts, wishes.monthly
        if wishes.acts and not before.acts:
            kept.acts_seen = new_id()
        if wishes.monthly and not before.monthly:
            # The first one is of the month that runs now.
            kept.summary_of = max(filter(None, [kept.summary_of, month_before(clock.day_of(now))]))
        kept.save(update_fields=["tells_changes", "tells_acts", "tells_monthly", "acts_seen", "summary_of"])
        write(
            Event.MESSAGE_PREFERENCES_CHANGED,
            at=now,
            channel=Channel.PAGES,
            actor=party.id,
            subject=party.id,
            details={"wanted": [name for name, is_wanted in asdict(wishes).items() if is_wanted]},
        )
        return True


def alarm(*, parties: Collection[UUID], now: datetime) -> int:
    """Let people hear, whatever they chose, that a portal did what nobody was allowed to do; at most once a day each.

    In the open transaction, in a handful of statements. Gives how many hear of it: not who has no address or heard of
    it today, so a portal that goes wrong a thousand times is one e-mail.
    """
    if settings.MAILER == "none" or not parties:
        return 0
    today = clock.day_of(now)
    boxes = EmailAddress.objects.filter(party__in=parties)
    # Held, so that of two batches at one moment one finds what the other wrote; in one order, so that neither waits for
    # ever. (Where a database knows no such hold, a transaction that writes is the only one.)
    if not list(boxes.order_by("party").select_for_update().values_list("party", flat=True)):
        return 0
    unheard = boxes.filter(Q(alarmed_on__isnull=True) | Q(alarmed_on__lt=today))
    told = list(unheard.order_by("party").values_list("party", flat=True))
    boxes.filter(party__in=told).update(alarmed_on=today)
    rows = [(party, {"email": ATTENTION, "party": str(party)}) for party in told]
    put_many(Kind.EMAIL, rows=rows, now=now)
    return len(told)


def month_before(day: date) -> date:
    """Give the first day of the month before that of `day`."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
