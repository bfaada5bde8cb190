"""One appointment changes at a time, and only its keeper changes it."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from namens.appointments.models import Appointment
from namens.appointments.refusals import AppointmentReason, AppointmentRefused
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.mandates import acting
from namens.organisations.models import Member
from namens.parties.models import Party


def hold_own(appointment: UUID, *, helper: Party, member: Member | None) -> Appointment:
    """Give an appointment that this helper keeps once nobody else can change it until the transaction ends.

    Raises AppointmentRefused: not yours, or over.
    """
    # An UPDATE, for the same reason as `parties.actions.hold`.
    kept = Appointment.objects.filter(id=appointment, helper=helper, member=member)
    if not kept.update(sequence=F("sequence")):
        raise AppointmentRefused(AppointmentReason.NOT_YOURS)
    held = Appointment.objects.get(id=appointment)
    if held.is_over:
        raise AppointmentRefused(AppointmentReason.OVER)
    return held


def note(
    event: Event,
    appointment: Appointment,
    *,
    helper: Party,
    member: Member | None,
    now: datetime,
    **details: str | int | bool,
) -> None:
    """Write what was done with an appointment. For whom it is stands in no entry: that can be guessed from nothing."""
    by = acting.actor_of(helper, member=member)
    about: dict[str, str | int | bool] = {"appointment": str(appointment.id), **details}
    write(event, at=now, channel=Channel.PAGES, actor=by.id, details=about)
