"""Days of licences that come and go by: nobody does anything then, and portals hear of it all the same, once."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from namens.lib import clock
from namens.lib.periods import NEWS_FOR
from namens.organisations.actions.losing import tell_many
from namens.organisations.models import Licence

AT_ONCE = 500


def tell_days(*, now: datetime, most: int = AT_ONCE) -> int:
    """Tell portals of licences whose first day came, or whose last day is over; gives how many those were.

    At most `most` of each, the rest comes the next time. Nothing else depends on it: every decision follows the dates.
    As many statements for many as for few.
    """
    today = clock.day_of(now)
    begun = Q(first_day__lte=today, first_day__gt=today - NEWS_FOR, told_on__lt=F("first_day"))
    over = Q(last_day__lt=today, last_day__gte=today - NEWS_FOR, told_on__lte=F("last_day"))
    running = Licence.objects.filter(ended_at__isnull=True)
    # Each along its own index.
    turned = {licence for days in (begun, over) for licence in running.filter(days).values_list("id", flat=True)[:most]}
    if not turned:
        return 0
    with transaction.atomic():
        # Held, so that of two workers one finds what the other told; in one order, so that neither waits for ever.
        held = running.filter(begun | over, id__in=turned).order_by("id").select_for_update(of=("self",))
        licences = list(held.values_list("member", "id", "member__bound_at"))
        running.filter(id__in=[licence for _, licence, _ in licences]).update(told_on=today)
        tell_many([(member, licence) for member, licence, bound_at in licences if bound_at is not None], now=now)
    return len(licences)
