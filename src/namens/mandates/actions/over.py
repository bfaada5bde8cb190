"""A last day that is over: nobody does anything then, and portals hear of it all the same, once."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from namens.lib import clock
from namens.lib.periods import NEWS_FOR
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.actions.noting import note_anyway
from namens.mandates.changes import Change
from namens.mandates.models import Mandate, MandateService

AT_ONCE = 200


Place = tuple[date, UUID]
"""The last day and the id of a line: what comes after it is looked at next."""


def note_over(
    *,
    now: datetime,
    most: int = AT_ONCE,
    after: Place | None = None,
    attempt: Callable[[Callable[[], object]], object] = lambda work: work(),
) -> Place | None:
    """Note for a batch of mandates that the last day of all of it, or of a service, is over.

    Gives after which line the next batch begins, None when there is no more. Each mandate is one `attempt`: who goes on
    when one fails, and after that line, lets no mandate hold up the others. Nothing else depends on it: every decision
    follows the dates.
    """
    today = clock.day_of(now)
    over = MandateService.objects.filter(
        stopped_at__isnull=True, over_noted_at__isnull=True, last_day__lt=today, last_day__gte=today - NEWS_FOR
    )
    if after is not None:
        day, line = after
        over = over.filter(Q(last_day__gt=day) | Q(last_day=day, id__gt=line))
    lines = list(over.order_by("last_day", "id").values_list("mandate", "last_day", "id")[:most])
    for mandate in dict.fromkeys(mandate for mandate, _, _ in lines):
        attempt(partial(_note, mandate, now))
    return lines[-1][1:] if len(lines) == most else None


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
