"""A helper makes an appointment, and asks client and partner in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from namens.appointments.actions.holding import note
from namens.appointments.covering import covers
from namens.appointments.letter_days import letter_days
from namens.appointments.models import Appointment, Attendee, Role, Way
from namens.appointments.refusals import AppointmentReason, AppointmentRefused
from namens.appointments.times import check_when, remind_at
from namens.journal.events import Event
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates import acting
from namens.mandates import terms as rules
from namens.mandates.actions import ForMeeting, Stated, request
from namens.mandates.models import MandateRequest
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.organisations.models import Member
from namens.parties.actions import hold
from namens.parties.models import Kind, Party
from namens.services.models import Service


@dataclass(frozen=True)
class Comer:
    """Somebody who comes: the helper's own name for them and, for a letter, where what was stated is kept."""

    label: str
    kept: UUID | None = None


@dataclass(frozen=True)
class Plan:
    """What the helper chose. `duration` is empty where nothing is asked; `only_during` asks for that day only."""

    starts_at: datetime
    minutes: int
    place: str
    services: Sequence[Service]
    way: Way
    duration: Duration | None
    only_during: bool = False
    known: Party | None = None


def make(
    *,
    helper: Party,
    plan: Plan,
    client: Comer,
    now: datetime,
    partner: Comer | None = None,
    member: Member | None = None,
) -> Appointment:
    """Make an appointment. By letter, client and partner are asked at once, each with a request of the own.

    Raises AppointmentRefused for a time that cannot be or a letter that comes too late, and MandateRefused for what the
    helper may not ask whoever comes.
    """
    by = acting.actor_of(helper, member=member)
    check_when(plan.starts_at, minutes=plan.minutes, now=now)
    _check_plan(plan, helper=helper, member=member, now=now)
    people = [client, *([partner] if partner else [])]
    with transaction.atomic():
        hold(party=by)
        asked = _ask(plan, people, helper=helper, member=member, now=now)
        made = _create(plan, helper=helper, member=member, now=now)
        for number, (person, role) in enumerate(zip(people, Role, strict=False)):
            Attendee.objects.create(
                appointment=made,
                role=role,
                label=person.label,
                way=plan.way,
                known=plan.known if role is Role.CLIENT else None,
                request=asked[number] if asked else None,
            )
        told = {"way": plan.way.value, "partner": partner is not None}
        note(Event.APPOINTMENT_MADE, made, helper=helper, member=member, now=now, **told)
        return made


def _create(plan: Plan, *, helper: Party, member: Member | None, now: datetime) -> Appointment:
    made = Appointment.objects.create(
        helper=helper,
        member=member,
        starts_at=plan.starts_at,
        minutes=plan.minutes,
        place=plan.place,
        duration=plan.duration or "",
        only_during=plan.only_during,
        made_at=now,
        remind_at=remind_at(plan.starts_at, now=now),
    )
    made.services.set(plan.services)
    return made


def _check_plan(plan: Plan, *, helper: Party, member: Member | None, now: datetime) -> None:
    """Raise a refusal for what holds whoever comes: helper, services, length, licence."""
    to, day = Kind(helper.kind), clock.day_of(plan.starts_at)
    rules.check_can_help(helper, today=clock.day_of(now))
    if not plan.services:
        raise MandateRefused(MandateReason.NO_SERVICE)
    rules.check_offered(plan.services, to=to)
    if plan.only_during != (plan.duration is Duration.TODAY):
        raise MandateRefused(MandateReason.TOO_LONG)
    if (plan.duration is not None) != (plan.way in {Way.LETTER, Way.HAND_OFF}):
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    if plan.way is Way.HAND_OFF and plan.duration is not None:
        rules.check_at_table(plan.services, duration=plan.duration, today=day, to=to)
    if plan.way is Way.RUNS:
        _check_runs(plan, helper=helper)
    if member is not None:
        client = plan.known.id if plan.known else None
        acting.check_licensed(member, services=plan.services, client=client, at=now)


def _check_runs(plan: Plan, *, helper: Party) -> None:
    """Raise AppointmentRefused unless the known client mandated this helper for all of it, up to that day."""
    day = clock.day_of(plan.starts_at)
    if plan.known is None or not covers(helper, client=plan.known, services=plan.services, day=day):
        raise AppointmentRefused(AppointmentReason.NOT_COVERED)


def _ask(
    plan: Plan, people: Sequence[Comer], *, helper: Party, member: Member | None, now: datetime
) -> list[MandateRequest]:
    """Ask by letter where that is the way: the same is done whoever was stated."""
    if plan.way is not Way.LETTER or plan.duration is None:
        return []
    day = clock.day_of(plan.starts_at)
    days = letter_days(day, today=clock.day_of(now))
    stated = [Stated(label=one.label, kept=one.kept) for one in people if one.kept is not None]
    if len(stated) != len(people):
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    asked = request(
        helper=helper,
        member=member,
        stated=stated,
        services=plan.services,
        duration=plan.duration,
        now=now,
        meeting=ForMeeting(
            begins_at=max(now, clock.start_of(days.begins_on)), only_on=day if plan.only_during else None
        ),
    )
    # Who asked very much today waits: then a letter that would have been in time is not.
    if asked[0].letter_by >= day:
        raise AppointmentRefused(AppointmentReason.LETTER_TOO_LATE)
    return asked
