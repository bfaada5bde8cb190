"""Moving and cancelling an appointment."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from namens.appointments.actions import To, cancel, move
from namens.appointments.models import Appointment
from namens.appointments.refusals import AppointmentRefused
from namens.appointments.times import instant_of
from namens.lib import clock
from namens.mandates.refusals import MandateRefused
from namens.pages.appointments.answers import Moment
from namens.pages.appointments.detail import shown
from namens.pages.appointments.fields import MINUTES, MomentForm
from namens.pages.appointments.finding import own_or_404
from namens.pages.appointments.words import told
from namens.pages.fields import ConfirmationField
from namens.pages.walk import is_sent
from namens.signin.session import present, signed_in_helper
from namens.signin.typed import filled

DETAIL = "pages:appointment-detail"


class MoveForm(MomentForm):
    """To when and where. Another day takes a tick: it cannot be undone that an older code stops working."""

    again = ConfirmationField(
        label=gettext_lazy("Another day? Then my client is asked again, and an older code stops working."),
        required=False,
    )

    def __init__(self, data: QueryDict | None, *, appointment: Appointment) -> None:
        local = appointment.starts_at.astimezone(clock.AMSTERDAM)
        known = Moment(local.date(), local.time(), appointment.minutes, appointment.place)
        super().__init__(data, known=known)
        if appointment.minutes not in dict(MINUTES):
            own = (appointment.minutes, _("%(minutes)s minutes") % {"minutes": appointment.minutes})
            self.fields["minutes"].choices = [own, *MINUTES]  # type: ignore[attr-defined]  # a ChoiceField
        self._day, self._asks_again = local.date(), appointment.only_during
        if not self._asks_again:
            del self.fields["again"]

    def clean(self) -> dict[str, Any]:
        """Ask for the tick where the day changes."""
        cleaned = super().clean()
        if self._asks_again and cleaned.get("day") not in {None, self._day} and not cleaned.get("again"):
            self.add_error("again", _("Tick the box if you agree"))
        return cleaned


@require_http_methods(["GET", "POST"])
@signed_in_helper
def change(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Ask when and where instead, and move it."""
    found, visitor = own_or_404(request, appointment), present(request)
    page = shown(found, is_own=True)
    if not page["can_change"]:
        return redirect(DETAIL, appointment=found.id)
    form, problem = MoveForm(filled(request, party=visitor.party), appointment=found), ""
    if is_sent(request, form):
        try:
            to = _to(form.moment)
            move(appointment=found.id, helper=visitor.helper, member=visitor.member, to=to, now=clock.now())
        except (AppointmentRefused, MandateRefused) as refused:
            problem = told(refused)
        else:
            return redirect(DETAIL, appointment=found.id)
    page |= {"form": form, "problem": problem}
    return render(request, "pages/appointments/appointment_move.html", page)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def call_off(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Ask whether it does not go ahead, and cancel it."""
    found, visitor, problem = own_or_404(request, appointment), present(request), ""
    page = shown(found, is_own=True)
    if not page["can_change"]:
        return redirect(DETAIL, appointment=found.id)
    if request.method == "POST":
        try:
            cancel(appointment=found.id, helper=visitor.helper, member=visitor.member, now=clock.now())
        except AppointmentRefused as refused:
            problem = told(refused)
        else:
            return redirect(DETAIL, appointment=found.id)
    return render(request, "pages/appointments/appointment_cancel.html", {**page, "problem": problem})


def _to(moment: Moment) -> To:
    return To(starts_at=instant_of(moment.day, at=moment.at), minutes=moment.minutes, place=moment.place)
