"""The half hour itself: beginning, the yes on the own phone, and closing."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from namens.appointments.actions import close, hand_over, open_appointment
from namens.appointments.models import Outcome, Role
from namens.appointments.refusals import AppointmentRefused, HandOffRefused
from namens.lib import clock
from namens.mandates.refusals import MandateRefused
from namens.pages.appointments.detail import ROLES, shown
from namens.pages.appointments.finding import own_or_404
from namens.pages.appointments.words import told
from namens.pages.fields import OneOfField
from namens.pages.sentences import sentence_for
from namens.pages.walk import is_sent
from namens.signin.session import present, signed_in_helper
from namens.signin.typed import filled

DETAIL = "pages:appointment-detail"


class ClosingForm(forms.Form):
    """What became of it."""

    outcome = OneOfField(
        label=gettext_lazy("Did the appointment take place?"),
        choices=[
            (Outcome.HELD.value, gettext_lazy("Yes")),
            (Outcome.NOT_HELD.value, gettext_lazy("No, it did not take place")),
        ],
        error_messages={"required": gettext_lazy("Choose whether it took place")},
    )


@require_POST
@signed_in_helper
def begin(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Begin it. Pressed twice it has begun."""
    found, visitor = own_or_404(request, appointment), present(request)
    try:
        open_appointment(appointment=found.id, helper=visitor.helper, member=visitor.member, now=clock.now())
    except (AppointmentRefused, MandateRefused) as refused:
        page = {**shown(found, is_own=True), "problem": told(refused)}
        return render(request, "pages/appointments/appointment.html", page, status=403)
    return redirect(DETAIL, appointment=found.id)


@require_POST
@signed_in_helper
def phone(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Make what the client, or the partner, opens on the own phone; its page shows it."""
    found, visitor = own_or_404(request, appointment), present(request)
    role = ROLES.get(request.POST.get("role", ""), Role.CLIENT)
    try:
        made = hand_over(appointment=found.id, role=role, helper=visitor.helper, member=visitor.member, now=clock.now())
    except HandOffRefused as too_many:
        problem = sentence_for(too_many.reason, viewer="helper")
    except (AppointmentRefused, MandateRefused) as refused:
        problem = told(refused)
    else:
        return redirect("pages:hand-off-shown", asked=made.hand_off.request_id)
    page = {**shown(found, is_own=True), "problem": problem}
    return render(request, "pages/appointments/appointment.html", page, status=403)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def finish(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Ask whether it took place, and close it: what was opened for it only stops."""
    found, visitor, problem = own_or_404(request, appointment), present(request), ""
    page = shown(found, is_own=True)
    if not page["can_close"]:
        return redirect(DETAIL, appointment=found.id)
    form = ClosingForm(filled(request, party=visitor.party))
    if is_sent(request, form):
        outcome = Outcome(form.cleaned_data["outcome"])
        helper, member = visitor.helper, visitor.member
        try:
            close(appointment=found.id, outcome=outcome, helper=helper, member=member, now=clock.now())
        except AppointmentRefused as refused:
            problem = told(refused)
        else:
            return redirect(DETAIL, appointment=found.id)
    return render(request, "pages/appointments/appointment_close.html", {**page, "form": form, "problem": problem})
