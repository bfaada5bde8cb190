"""A helper moves an appointment. On another day what was asked for that day only is asked again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from namens.appointments.actions.holding import hold_own, note
from namens.appointments.actions.taking_back import let_go
from namens.appointments.agenda import requests_for
from namens.appointments.letter_days import letter_days
from namens.appointments.models import Appointment, Attendee, Role, Way
from namens.appointments.refusals import AppointmentReason, AppointmentRefused
from namens.appointments.times import check_when, remind_at
from namens.journal.events import Event
from namens.lib import clock
from namens.mandates.actions import ask_again
from namens.mandates.models import MandateRequest
from namens.organisations.models import Member
from namens.parties.models import Party


@dataclass(frozen=True)
class To:
    """To when and where."""

    starts_at: datetime
    minutes: int
    place: str


def move(*, appointment: UUID, helper: Party, to: To, now: datetime, member: Member | None = None) -> Appointment:
    """Move an appointment that did not begin yet. A yes for another day does not count for the new one.

    Where a letter for the new day comes in time it is sent; else client and partner say yes at the table. Raises
    AppointmentRefused: not yours, over, open, or a time that cannot be.
    """
    check_when(to.starts_at, minutes=to.minutes, now=now)
    with transaction.atomic():
        held = hold_own(appointment, helper=helper, member=member)
        if held.opened_at is not None:
            raise AppointmentRefused(AppointmentReason.OPEN)
        if held.was_forgotten(now):
            raise AppointmentRefused(AppointmentReason.PAST)
        another_day = clock.day_of(held.starts_at) != clock.day_of(to.starts_at)
        held.starts_at, held.minutes, held.place = to.starts_at, to.minutes, to.place
        held.sequence, held.remind_at = held.sequence + 1, remind_at(to.starts_at, now=now)
        held.save(update_fields=["starts_at", "minutes", "place", "sequence", "remind_at"])
        if another_day and held.only_during:
            _ask_again(held, helper=helper, member=member, now=now)
        note(Event.APPOINTMENT_MOVED, held, helper=helper, member=member, now=now, another_day=another_day)
        return held


def new_letter_begins(day: date, *, now: datetime) -> datetime | None:
    """Give when a letter for the new day is begun; None when it would come too late, or the day is too far.

    Not today: a letter for these two may have been made today already, and they get one a day.
    """
    tomorrow = clock.day_of(now) + timedelta(days=1)
    try:
        return clock.start_of(max(letter_days(day, today=tomorrow).begins_on, tomorrow))
    except AppointmentRefused:
        return None


def _ask_again(held: Appointment, *, helper: Party, member: Member | None, now: datetime) -> None:
    before = {asked.id: asked for asked in requests_for(held)}
    client: MandateRequest | None = None
    for comer in sorted(Attendee.objects.filter(appointment=held), key=lambda one: one.role != Role.CLIENT):
        asked = before.pop(comer.request_id, None) if comer.request_id else None
        if asked is None:
            continue
        let_go(asked, helper=helper, member=member, now=now)
        by_letter = comer.way == Way.LETTER
        again = _by_letter(held, asked, client, helper=helper, member=member, now=now) if by_letter else None
        comer.request, comer.way = again, Way.LETTER if again else Way.HAND_OFF
        comer.save(update_fields=["request", "way"])
        client = client or again
    for left in before.values():
        let_go(left, helper=helper, member=member, now=now)


def _by_letter(
    held: Appointment,
    asked: MandateRequest,
    client: MandateRequest | None,
    *,
    helper: Party,
    member: Member | None,
    now: datetime,
) -> MandateRequest | None:
    """Ask the same person by a new letter, where that comes in time."""
    day = clock.day_of(held.starts_at)
    begins_at = new_letter_begins(day, now=now)
    if begins_at is None or (member is not None and not member.organisation.may_process_bsn):
        return None
    again = ask_again(
        asked=asked.id,
        helper=helper,
        member=member,
        only_on=day,
        begins_at=begins_at,
        partner_of=client,
        now=now,
    )
    if again.letter_by < day:
        return again
    # Who asked very much today waits, and then a letter that would have been in time is not.
    let_go(again, helper=helper, member=member, now=now)
    return None
