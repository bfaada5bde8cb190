"""The day of the appointment comes: everything that was planned for a later day is planned for today."""

import sys

from tools import commands, places
from tools.practice import Practice


def the_day_comes(practice: Practice, *, days_later: int = 0) -> None:
    """Let it be the day of the appointments that were made, or so many days after it."""
    commands.output([places.PYTHON, "-m", __name__, str(days_later)], environment=practice.environment())


def _shift(days_later: int) -> None:
    import django  # noqa: PLC0415 - only in the process of its own, with the settings of the practice

    django.setup()
    from datetime import timedelta  # noqa: PLC0415 - as above

    from namens.appointments.models import Appointment  # noqa: PLC0415 - as above
    from namens.codes.models import ActivationCode  # noqa: PLC0415 - as above
    from namens.lib import clock  # noqa: PLC0415 - as above
    from namens.mandates.models import (  # noqa: PLC0415 - as above
        Mandate,
        MandateRequest,
        MandateService,
    )

    day = clock.today() - timedelta(days=days_later)
    for appointment in Appointment.objects.all():
        local = appointment.starts_at.astimezone(clock.AMSTERDAM)
        moved = local.replace(year=day.year, month=day.month, day=day.day)
        Appointment.objects.filter(id=appointment.id).update(starts_at=moved)
    on_that_day = {"opens_on__isnull": False, "withdrawn_at__isnull": True}
    days = {"opens_on": day, "waits_until": day, "letter_by": day - timedelta(days=1)}
    mandates = MandateRequest.objects.filter(**on_that_day).values_list("mandate", flat=True)
    ids = list(mandates.exclude(mandate=None))
    Mandate.objects.filter(id__in=ids).update(first_day=day, last_day=day, opens_on=day, waits_until=day)
    MandateService.objects.filter(mandate__in=ids).update(last_day=day)
    ActivationCode.objects.filter(opens__in=ids).update(first_day=day, last_day=day)
    MandateRequest.objects.filter(**on_that_day).update(**days)


if __name__ == "__main__":
    _shift(int(sys.argv[1]))
