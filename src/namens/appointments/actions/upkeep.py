"""What the worker does with appointments: it reminds the working day before, and erases what is long past."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from namens.appointments.models import Appointment, Attendee
from namens.lib import clock
from namens.mandates.states import State
from namens.outbox.actions import put
from namens.outbox.models import Kind

AT_ONCE = 50


def remind(*, now: datetime) -> int:
    """Put the e-mails for appointments that are due to be reminded of, each once. Gives for how many appointments.

    What was moved, cancelled or closed has another moment, or none: it is read when it is due. E-mail goes to who has
    an address: the keeper, and clients who are known here. Whether there is one, is seen when it leaves.
    """
    due = list(
        Appointment.objects.filter(remind_at__lte=now).order_by("remind_at").values_list("id", flat=True)[:AT_ONCE]
    )
    return sum(_remind(one, now=now) for one in due)


def forget_past(*, now: datetime) -> int:
    """Erase appointments that are long past, with who came; gives how many. What was asked has days of its own."""
    kept_since = clock.start_of(clock.day_of(now) - settings.APPOINTMENTS_KEPT)
    old = list(Appointment.objects.filter(starts_at__lt=kept_since).values_list("id", flat=True)[: 10 * AT_ONCE])
    Appointment.objects.filter(id__in=old).delete()
    return len(old)


def _remind(appointment: UUID, *, now: datetime) -> bool:
    with transaction.atomic():
        if not Appointment.objects.filter(id=appointment, remind_at__lte=now).update(remind_at=None):
            return False
        found = Appointment.objects.get(id=appointment)
        if found.starts_at <= now or settings.MAILER == "none":
            return False
        for party in _readers(found):
            put(Kind.EMAIL, payload={"email": "appointment", "party": str(party)}, now=now, party=party)
        return True


def _readers(found: Appointment) -> Iterator[UUID]:
    """Give whom it is told: the keeper, and who comes as far as we know who that is and they did not say no."""
    yield found.member_id or found.helper_id
    comers = Attendee.objects.filter(Q(known__isnull=False) | Q(request__isnull=False), appointment=found)
    for comer in comers.select_related("request__mandate"):
        mandate = comer.request.mandate if comer.request else None
        if mandate is not None and mandate.state in {State.REQUESTED, State.ACTIVE}:
            yield mandate.representee_id
        elif comer.known_id is not None and comer.request is None:
            yield comer.known_id
