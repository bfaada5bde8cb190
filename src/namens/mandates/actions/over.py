"""A last day that is over: nobody does anything then, and portals hear of it all the same, once."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from namens.lib import clock
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.actions.noting import note_anyway
from namens.mandates.changes import Change
from namens.mandates.models import Mandate, MandateService

AT_ONCE = 200
# What is over for longer than portals can read back is no news: also after an upgrade, of all that ended before.
NEWS_FOR = timedelta(days=30)


def note_over(*, now: datetime, most: int = AT_ONCE) -> bool:
    """Note for a batch of mandates that the last day of all of it, or of a service, is over. True when there are more.

    Nothing else depends on it: every decision follows the dates.
    """
    today = clock.day_of(now)
    over = MandateService.objects.filter(
        stopped_at__isnull=True, over_noted_at__isnull=True, last_day__lt=today, last_day__gte=today - NEWS_FOR
    )
    lines = list(over.order_by("last_day", "id").values_list("mandate", flat=True)[:most])
    for mandate in dict.fromkeys(lines):
        _note(mandate, now)
    return len(lines) == most


def note_over_lines(mandate: Mandate, *, now: datetime) -> None:
    """Note of a held mandate what of it is over and was not noted yet, in the open transaction."""
    today = clock.day_of(now)
    running = MandateService.objects.filter(mandate=mandate, stopped_at__isnull=True)
    over = running.filter(last_day__lt=today, over_noted_at__isnull=True)
    keys = sorted(over.filter(last_day__gte=today - NEWS_FOR).values_list("service__key", flat=True))
    over.update(over_noted_at=now)
    if keys and mandate.activated_at is not None:
        note_anyway(Change.ENDED, mandate=mandate, now=now, services=[] if _is_whole(mandate, keys, today) else keys)


def _note(mandate: UUID, now: datetime) -> None:
    with transaction.atomic():
        held = hold_mandate(mandate)
        if held is not None:
            note_over_lines(held, now=now)


def _is_whole(mandate: Mandate, keys: list[str], today: date) -> bool:
    """Say whether these are all that was left of it."""
    if mandate.last_day >= today:
        return False
    running = MandateService.objects.filter(mandate=mandate, stopped_at__isnull=True)
    return running.count() == len(keys)
