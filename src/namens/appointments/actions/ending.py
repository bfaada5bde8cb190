"""An appointment is cancelled before it begins, or closed: what was asked for it only stops then."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from namens.appointments.actions.holding import hold_own, note
from namens.appointments.actions.taking_back import take_all_back
from namens.appointments.models import Outcome
from namens.appointments.refusals import AppointmentReason, AppointmentRefused
from namens.journal.events import Event
from namens.lib import clock
from namens.organisations.models import Member
from namens.parties.models import Party


def cancel(*, appointment: UUID, helper: Party, now: datetime, member: Member | None = None) -> None:
    """Cancel an appointment that did not begin. What was asked for it only is taken back; what was asked for longer
    still waits.

    Raises AppointmentRefused: not yours, over, or open (then it can be closed).
    """
    with transaction.atomic():
        held = hold_own(appointment, helper=helper, member=member)
        if held.opened_at is not None:
            raise AppointmentRefused(AppointmentReason.OPEN)
        held.cancelled_at, held.sequence, held.remind_at = now, held.sequence + 1, None
        held.save(update_fields=["cancelled_at", "sequence", "remind_at"])
        take_all_back(held, helper=helper, member=member, now=now)
        note(Event.APPOINTMENT_CANCELLED, held, helper=helper, member=member, now=now)


def close(*, appointment: UUID, outcome: Outcome, helper: Party, now: datetime, member: Member | None = None) -> None:
    """Close an appointment whose day has come, also one that was forgotten. What was opened for it stops now.

    Raises AppointmentRefused: not yours, over, or its day still has to come.
    """
    with transaction.atomic():
        held = hold_own(appointment, helper=helper, member=member)
        if clock.day_of(held.starts_at) > clock.day_of(now):
            raise AppointmentRefused(AppointmentReason.NOT_TODAY)
        held.closed_at, held.outcome, held.remind_at = now, outcome, None
        held.save(update_fields=["closed_at", "outcome", "remind_at"])
        take_all_back(held, helper=helper, member=member, now=now)
        note(Event.APPOINTMENT_CLOSED, held, helper=helper, member=member, now=now, outcome=outcome.value)
