"""One appointment for the page of its keeper, or of a colleague within reach."""

from uuid import UUID

from django.http import Http404, HttpRequest

from namens.appointments.agenda import find
from namens.appointments.models import Appointment
from namens.appointments.refusals import AppointmentRefused
from namens.lib import clock
from namens.signin.session import present


def reached_or_404(request: HttpRequest, appointment: UUID) -> tuple[Appointment, bool]:
    """Give an appointment that this visitor may see, and whether they keep it. Raises Http404 for any other."""
    visitor = present(request)
    try:
        found = find(visitor.helper, appointment=appointment, member=visitor.member, now=clock.now())
    except AppointmentRefused:
        raise Http404 from None
    return found, found.member_id == (visitor.member.party_id if visitor.member else None)


def own_or_404(request: HttpRequest, appointment: UUID) -> Appointment:
    """Give an appointment that this visitor keeps. Raises Http404 for any other, also a colleague's."""
    found, is_own = reached_or_404(request, appointment)
    if not is_own:
        raise Http404
    return found
