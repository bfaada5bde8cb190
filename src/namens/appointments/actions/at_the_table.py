"""The half hour itself: the helper begins, and lets who sits there say yes on the own phone."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from namens.appointments.actions.hand_off import MadeHandOff, give_way, make_hand_off
from namens.appointments.actions.holding import hold_own, note
from namens.appointments.models import Appointment, Attendee, Role, Way
from namens.appointments.refusals import AppointmentReason, AppointmentRefused
from namens.journal.events import Event
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates import acting
from namens.mandates.models import MandateRequest
from namens.organisations.models import Member
from namens.parties.models import Party


def open_appointment(*, appointment: UUID, helper: Party, now: datetime, member: Member | None = None) -> Appointment:
    """Begin an appointment on its own day. Once is enough: a second time nothing changes.

    Raises AppointmentRefused: not yours, over, or another day; and MandateRefused without a licence for all of it.
    """
    with transaction.atomic():
        held = hold_own(appointment, helper=helper, member=member)
        if clock.day_of(held.starts_at) != clock.day_of(now):
            raise AppointmentRefused(AppointmentReason.NOT_TODAY)
        if member is not None:
            acting.check_licensed(member, services=held.services.all(), client=None, at=now)
        if held.opened_at is None:
            held.opened_at = now
            held.save(update_fields=["opened_at"])
            note(Event.APPOINTMENT_OPENED, held, helper=helper, member=member, now=now)
        return held


def hand_over(
    *, appointment: UUID, role: Role, helper: Party, now: datetime, member: Member | None = None
) -> MadeHandOff:
    """Let the client, or the partner, say yes on the own phone now, whatever way was planned. A letter that was asked
    goes on to count until then; an earlier hand-off for the same person opens nothing any more.

    Raises AppointmentRefused as `open_appointment` does, and where nothing is asked; HandOffRefused and MandateRefused.
    """
    with transaction.atomic():
        held = open_appointment(appointment=appointment, helper=helper, member=member, now=now)
        read_with = ("request", "at_table")
        every = Attendee.objects.select_related(*read_with).filter(appointment=held)
        comers = {Role(one.role): one for one in every}
        if role not in comers or not held.duration:
            raise AppointmentRefused(AppointmentReason.NOTHING_ASKED)
        made = make_hand_off(
            helper=helper,
            member=member,
            label=comers[role].label,
            services=list(held.services.all()),
            duration=Duration(held.duration),
            with_partner=role is Role.CLIENT and Role.PARTNER in comers and comers[Role.PARTNER].way != Way.LETTER,
            partner_of=_client_of(comers[Role.CLIENT], member=member) if role is Role.PARTNER else None,
            appointment=held,
            now=now,
        )
        before = comers[role].at_table
        if before is not None:
            give_way(before, after=made.hand_off.request, actor=acting.actor_of(helper, member=member), now=now)
        Attendee.objects.filter(id=comers[role].id).update(at_table=made.hand_off.request)
        return made


def _client_of(client: Attendee, *, member: Member | None) -> MandateRequest | None:
    """Give what was asked of the client, as far as this helper asked it; a colleague's own makes no pair with it."""
    at_table = client.at_table
    asked = at_table if at_table is not None and at_table.withdrawn_at is None else client.request
    is_own = asked is not None and asked.asked_by_member_id == (member.party_id if member else None)
    return asked if is_own else None
