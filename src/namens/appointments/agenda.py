"""Reading appointments, as their keeper may, and as colleagues within reach.

Until somebody said yes nothing here depends on who was asked, or on what became of it: see `mandates.requests_of`.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from namens.appointments.models import Appointment, Attendee, Role
from namens.appointments.refusals import AppointmentReason, AppointmentRefused
from namens.lib import clock
from namens.mandates.models import MandateRequest
from namens.organisations.models import LeftOut, Member
from namens.organisations.reach import Ground, grounds_of
from namens.parties.models import Party


class When(StrEnum):
    """The three parts of the list."""

    TODAY = "today"
    COMING = "coming"
    PAST = "past"


def own(helper: Party, *, member: Member | None) -> QuerySet[Appointment]:
    """Give the appointments that this private helper, or this member, keeps."""
    return Appointment.objects.filter(helper=helper, member=member)


def of_colleagues(member: Member, *, now: datetime) -> QuerySet[Appointment]:
    """Give the appointments of colleagues that licences of this member reach: all of their services, and the team of
    who keeps them. Without those of a known client who does not want this member. One statement, and one more later.
    """
    every = Appointment.objects.filter(_reached(grounds_of(member, now=now)), helper=member.organisation_id)
    out = LeftOut.objects.filter(client=OuterRef("attendees__known"), member=member, until__isnull=True)
    return every.exclude(member=member).exclude(Exists(out))


def part(appointments: QuerySet[Appointment], *, when: When, now: datetime) -> QuerySet[Appointment]:
    """Give one part of the list with who comes, the next one first, or of what is past the last one."""
    today = clock.day_of(now)
    start, end = clock.start_of(today), clock.end_of(today)
    chosen = {
        When.TODAY: appointments.filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at", "id"),
        When.COMING: appointments.filter(starts_at__gte=end).order_by("starts_at", "id"),
        When.PAST: appointments.filter(starts_at__lt=start).order_by("-starts_at", "id"),
    }[when]
    return chosen.select_related("member").prefetch_related("attendees")


def find(helper: Party, *, appointment: UUID, member: Member | None, now: datetime) -> Appointment:
    """Give one appointment that this helper keeps, or that a colleague keeps within reach, with all that belongs to it.

    Raises AppointmentRefused (not yours) for any other.
    """
    reached = own(helper, member=member).filter(id=appointment)
    found = _whole(reached).first()
    if found is None and member is not None:
        found = _whole(of_colleagues(member, now=now).filter(id=appointment)).first()
    if found is None:
        raise AppointmentRefused(AppointmentReason.NOT_YOURS)
    return found


def people(appointment: Appointment) -> list[Attendee]:
    """Give who comes, the client first; `find` gave the appointment."""
    return sorted(appointment.attendees.all(), key=lambda one: one.role != Role.CLIENT)


def requests_for(appointment: Appointment) -> list[MandateRequest]:
    """Give all that is asked for this appointment, also of a partner who was asked at the table. Two statements."""
    linked = Attendee.objects.filter(appointment=appointment).values_list("request", "at_table")
    ids = [one for pair in linked for one in filter(None, pair)]
    asked = MandateRequest.objects.filter(Q(id__in=ids) | Q(partner_of__in=ids), withdrawn_at__isnull=True)
    return list(asked.select_related("mandate").order_by("asked_at", "id"))


def appointment_of(asked: MandateRequest) -> UUID | None:
    """Give the appointment for which this was handed over, to the client or right after that to the partner."""
    sits = Q(at_table=asked) | Q(at_table__isnull=False, at_table=asked.partner_of_id)
    return Attendee.objects.filter(sits).values_list("appointment", flat=True).first()


def for_client(client: Party, *, now: datetime) -> list[Appointment]:
    """Give the appointments to come of somebody for whom a request waits or runs, or who was known. With the services.

    What it says of the other one who comes is nothing.
    """
    since = clock.start_of(clock.day_of(now))
    asked = MandateRequest.objects.filter(
        mandate__representee=client, mandate__state__in=_LIVE, withdrawn_at__isnull=True
    ).values("id")
    mine = Attendee.objects.filter(
        Q(known=client) | Q(request__in=asked) | Q(at_table__in=asked), appointment=OuterRef("id")
    )
    coming = Appointment.objects.filter(Exists(mine), starts_at__gte=since, cancelled_at__isnull=True)
    names = ("helper__person", "helper__organisation", "member__organisation")
    found = coming.filter(closed_at__isnull=True).select_related(*names)
    return list(found.prefetch_related("services").order_by("starts_at", "id"))


_LIVE = ("requested", "active")


def _whole(appointments: QuerySet[Appointment]) -> QuerySet[Appointment]:
    asked = MandateRequest.objects.select_related("mandate")
    partners = Prefetch("at_table__partners", queryset=asked)
    read_with = ("known__person", "request__mandate", "at_table__mandate")
    comers = Attendee.objects.select_related(*read_with).prefetch_related(partners)
    return appointments.select_related("member").prefetch_related("services", Prefetch("attendees", queryset=comers))


def _reached(grounds: Iterable[Ground]) -> Q:
    """What needs no other service than these licences are for. Those for a team reach what that team's members keep."""
    by_team: dict[UUID | None, set[UUID]] = {}
    for ground in grounds:
        by_team.setdefault(ground.team, set()).add(ground.service)
    everywhere = by_team.pop(None, set())
    reached = _within(everywhere)
    for team, services in by_team.items():
        reached |= _within(everywhere | services) & Q(member__team=team)
    return reached


def _within(services: set[UUID]) -> Q:
    if not services:
        return Q(pk__in=[])
    wanted = Appointment.services.through.objects.filter(appointment=OuterRef("id"))
    return ~Q(Exists(wanted.exclude(service__in=services)))
