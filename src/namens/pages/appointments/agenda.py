"""The list of appointments: today, coming, and past as long as they are kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namens.appointments.agenda import When, of_colleagues, own, part, people
from namens.appointments.models import Appointment
from namens.lib import clock
from namens.pages.addresses import Addresses
from namens.pages.appointments.words import Standing, hours, standing, weekday
from namens.pages.paging import ON_A_PAGE, page_number
from namens.signin.session import Visitor, present, signed_in_helper

COLLEAGUES = "colleagues"


@dataclass(frozen=True)
class Card:
    """One appointment in the list. `keeper` is there for a colleague's."""

    url: str
    heading: str
    with_whom: str
    place: str
    keeper: str
    standing: Standing


@dataclass(frozen=True)
class Part:
    """One page of one part of the list; `earlier_page` and `later_page` are numbers of pages, 0 for none."""

    name: str
    cards: list[Card]
    earlier_page: int
    later_page: int


@require_safe
@signed_in_helper
def every(request: HttpRequest) -> HttpResponse:
    """Show the own appointments or, for a member, those of colleagues within reach. Two statements for each part."""
    visitor, now = present(request), clock.now()
    of_others = visitor.member is not None and request.GET.get("whose") == COLLEAGUES
    appointments = _chosen(visitor, of_others=of_others, now=now)
    parts = {when.value: _part(request, appointments, when, now) for when in When}
    page = {**parts, "of_colleagues": of_others, "section": "pages:appointments"}
    return render(request, "pages/appointments/appointments.html", page)


def _chosen(visitor: Visitor, *, of_others: bool, now: datetime) -> QuerySet[Appointment]:
    if of_others and visitor.member is not None:
        return of_colleagues(visitor.member, now=now)
    return own(visitor.helper, member=visitor.member)


def _part(request: HttpRequest, appointments: QuerySet[Appointment], when: When, now: datetime) -> Part:
    number = page_number(request.GET.get(when, "1"))
    start = (number - 1) * ON_A_PAGE
    found = list(part(appointments, when=when, now=now)[start : start + ON_A_PAGE + 1])
    addresses = Addresses()
    return Part(
        name=when.value,
        cards=[_card(one, addresses, now) for one in found[:ON_A_PAGE]],
        earlier_page=number - 1,
        later_page=number + 1 if len(found) > ON_A_PAGE else 0,
    )


def _card(appointment: Appointment, addresses: Addresses, now: datetime) -> Card:
    day = weekday(clock.day_of(appointment.starts_at))
    return Card(
        url=addresses.of("pages:appointment-detail", thing=appointment.id),
        heading=f"{day}, {hours(appointment.starts_at, minutes=appointment.minutes)}",
        with_whom=_(" and ").join(one.label for one in people(appointment)),
        place=appointment.place,
        keeper=appointment.member.full_name if appointment.member else "",
        standing=standing(appointment, now=now),
    )
