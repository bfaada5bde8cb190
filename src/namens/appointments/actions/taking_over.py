"""A colleague takes an appointment over: somebody is ill, or left."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from namens.appointments.actions.holding import note
from namens.appointments.agenda import of_colleagues
from namens.appointments.models import Appointment
from namens.appointments.refusals import AppointmentReason, AppointmentRefused
from namens.journal.events import Event
from namens.organisations.models import Member


def take_over(*, appointment: UUID, member: Member, now: datetime) -> Appointment:
    """Let this member keep an appointment of a colleague that the own licences reach. Raises AppointmentRefused."""
    with transaction.atomic():
        # Held before it is looked at: two colleagues may want it at once.
        Appointment.objects.filter(id=appointment, helper=member.organisation_id).update(sequence=F("sequence"))
        held = of_colleagues(member, now=now).filter(id=appointment).first()
        if held is None:
            raise AppointmentRefused(AppointmentReason.NOT_YOURS)
        if held.is_over:
            raise AppointmentRefused(AppointmentReason.OVER)
        before, held.member = held.member_id, member
        held.save(update_fields=["member"])
        party = member.organisation.party
        note(Event.APPOINTMENT_TAKEN_OVER, held, helper=party, member=member, now=now, before=str(before))
        return held
