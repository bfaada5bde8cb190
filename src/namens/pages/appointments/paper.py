"""What leaves the page: a sheet for each who comes, and the appointment for a calendar."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from namens.appointments.agenda import people
from namens.appointments.calendar import as_calendar
from namens.appointments.models import Way
from namens.appointments.readiness import letter_of
from namens.lib import clock
from namens.pages.appointments.detail import ROLES
from namens.pages.appointments.finding import own_or_404
from namens.pages.appointments.words import hours, weekday
from namens.pages.helper.working import name_on_paper
from namens.pages.mandates.wording import day
from namens.signin.session import present, signed_in_helper


@require_safe
@signed_in_helper
def sheet(request: HttpRequest, appointment: UUID, role: str) -> HttpResponse:
    """Give the sheet for one who comes. It holds no BSN, and on paper not the helper's own name for them."""
    found = own_or_404(request, appointment)
    comer = next((one for one in people(found) if one.role == ROLES.get(role)), None)
    if comer is None or found.is_over:
        raise Http404
    asked = letter_of(comer, today=clock.today())
    page = {
        "appointment": found,
        "label": comer.label,
        "helper": name_on_paper(present(request)),
        "day": weekday(clock.day_of(found.starts_at)),
        "hours": hours(found.starts_at, minutes=found.minutes),
        "services": [service.name for service in found.services.all()],
        "letter_by": day(asked.letter_by) if asked else "",
        "by_phone": comer.way == Way.HAND_OFF or (comer.way == Way.LETTER and asked is None),
        "logs_in": comer.way == Way.HERE,
        "is_partner": role == "partner",
        "has_partner": len(people(found)) > 1,
    }
    return render(request, "pages/appointments/appointment_sheet.html", page)


@require_safe
@signed_in_helper
def calendar(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Give the appointment as a file for a calendar, without anything of the client."""
    found = own_or_404(request, appointment)
    answer = HttpResponse(as_calendar(found, now=clock.now()), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="afspraak.ics"'
    return answer
