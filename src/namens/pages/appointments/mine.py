"""Mijn afspraken: what a client has coming up. Of the other one who comes it says nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from namens.appointments.agenda import for_client
from namens.appointments.models import Appointment
from namens.lib import clock
from namens.organisations.naming import in_full, name_of
from namens.pages.appointments.words import hours, weekday
from namens.signin.session import present, signed_in


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Show this client's own appointments to come. Two statements."""
    found = for_client(present(request).party, now=clock.now())
    page = {"cards": [_card(one) for one in found], "section": "pages:mandates"}
    return render(request, "pages/appointments/mine.html", page)


def _card(appointment: Appointment) -> dict[str, object]:
    day, member = weekday(clock.day_of(appointment.starts_at)), appointment.member
    return {
        "heading": f"{day}, {hours(appointment.starts_at, minutes=appointment.minutes)}",
        "who": in_full(member) if member else name_of(appointment.helper),
        # What a stranger typed is not read here: it could be a telephone number to call.
        "place": appointment.place if appointment.is_agreed else "",
        "services": ", ".join(service.name for service in appointment.services.all()),
        "only_during": appointment.only_during,
    }
