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
from namens.mandates.models import Mandate, MandateRequest
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
    who keeps them. Without those of a client who does not want this member, and who was known or said yes. One
    statement, and one more later.
    """
    every = Appointment.objects.filter(_reached(grounds_of(member, now=now)), helper=member.organisation_id)
    return every.exclude(member=member).exclude(Exists(_who_left_out(member)))


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
    """Give all that is asked for this appointment, or was agreed to: by letter, and each hand-off. One statement.

    Also what the helper took back when the client had said yes already: of a pair no helper knows that.
    """
    of_it = Q(attendee__appointment=appointment) | Q(hand_off__appointment=appointment)
    counts = Q(withdrawn_at__isnull=True) | Q(mandate__activated_at__isnull=False)
    return list(MandateRequest.objects.filter(of_it, counts).select_related("mandate").order_by("asked_at", "id"))


def for_client(client: Party, *, now: datetime) -> list[Appointment]:
    """Give the appointments to come of somebody for whom a request waits or runs, or who was known. With the services.

    What it says of the other one who comes is nothing. Each comes with `is_agreed`: before that the helper can be a
    stranger.
    """
    since = clock.start_of(clock.day_of(now))
    asked = MandateRequest.objects.filter(
        mandate__representee=client, mandate__state__in=_LIVE, withdrawn_at__isnull=True
    ).values("id")
    here = Attendee.objects.filter(appointment=OuterRef("id"))
    mine = here.filter(Q(known=client) | Q(request__in=asked) | Q(at_table__in=asked))
    running = asked.filter(mandate__activated_at__isnull=False)
    agreed = here.filter(Q(known=client) | Q(request__in=running) | Q(at_table__in=running))
    coming = Appointment.objects.filter(Exists(mine), starts_at__gte=since, cancelled_at__isnull=True)
    names, beside = ("helper__person", "helper__organisation", "member__organisation"), {"is_agreed": Exists(agreed)}
    found = coming.filter(closed_at__isnull=True).annotate(**beside).select_related(*names)
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


def _who_left_out(member: Member) -> QuerySet[Attendee]:
    """Give who comes to an appointment, and left this member out. Before a yes nobody knows who that is."""
    clients = LeftOut.objects.filter(member=member, until__isnull=True).values("client")
    agreed = Mandate.objects.filter(representee__in=clients, activated_at__isnull=False).values("id")
    said_yes = Q(request__mandate__in=agreed) | Q(at_table__mandate__in=agreed)
    return Attendee.objects.filter(Q(known__in=clients) | said_yes, appointment=OuterRef("id"))


def _within(services: set[UUID]) -> Q:
    if not services:
        return Q(pk__in=[])
    wanted = Appointment.services.through.objects.filter(appointment=OuterRef("id"))
    return ~Q(Exists(wanted.exclude(service__in=services)))
