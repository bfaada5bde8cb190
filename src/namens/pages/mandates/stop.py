"""Stopping: all of it or one service, with one question in between."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.mandates.actions import stop as stop_mandate
from namens.mandates.models import Mandate, MandateService
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State
from namens.pages.fields import OneOfField
from namens.pages.mandates.detail import own_mandate
from namens.pages.mandates.wording import is_open, other_name
from namens.pages.sentences import sentence_for
from namens.signin.session import Visitor, signed_in
from namens.signin.typed import filled

EVERYTHING = "everything"


class StopForm(forms.Form):
    """What has to stop."""

    what = OneOfField(label=gettext_lazy("What do you want to stop?"))

    def __init__(self, *arguments: object, running: list[MandateService], **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # Django's own signature has no type for data
        one_by_one = [(line.service.key, _("Only %(service)s") % {"service": line.service.name}) for line in running]
        self.fields["what"].choices = [(EVERYTHING, _("Everything")), *one_by_one]  # type: ignore[attr-defined]  # a ChoiceField


@require_http_methods(["GET", "POST"])
@signed_in
def stop(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Ask what has to stop (the client, where there is a choice), and stop it."""
    visitor, found = own_mandate(request, mandate)
    is_client = found.representee_id == visitor.party.id
    if is_client and request.POST.get("what") in _stopped_already(found):
        return redirect("pages:stopped", mandate=found.id)
    form = _form(request, found, visitor) if is_client else None
    problem = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        what = form.cleaned_data["what"] if form else EVERYTHING
        service = None if what == EVERYTHING else what
        try:
            refuse_ended(found)
            stop_mandate(mandate=found.id, by=visitor.party, now=clock.now(), service=service)
        except MandateRefused as refused:
            problem = sentence_for(refused.reason)
        else:
            return redirect("pages:stopped", mandate=found.id)
    name = other_name(found, viewer=visitor.party)
    page = {"form": form, "mandate": found, "name": name, "is_client": is_client, "problem": problem}
    return render(request, "pages/mandates/stop.html", page)


def refuse_ended(mandate: Mandate) -> None:
    """Raise MandateRefused for one that has ended, or looks so to this party."""
    if mandate.state == State.ENDED:
        raise MandateRefused(MandateReason.NOT_POSSIBLE)


def _stopped_already(mandate: Mandate) -> set[str]:
    """Give the services that were stopped apart: who presses twice, or in a second tab, has what they asked."""
    return {line.service.key for line in mandate.shown_lines if not is_open(line, mandate)}


def _form(request: HttpRequest, mandate: Mandate, visitor: Visitor) -> StopForm | None:
    """Give the question what has to stop; None where only all of it can, unless an answer to it was sent."""
    running = [line for line in mandate.shown_lines if line.stopped_at is None]
    if len(running) < 2 and "what" not in request.POST:
        return None
    return StopForm(filled(request, party=visitor.party), running=running)


@require_http_methods(["GET"])
@signed_in
def stopped(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Say that it worked, and what that means from now on."""
    visitor, found = own_mandate(request, mandate)
    is_client = found.representee_id == visitor.party.id
    page = {"mandate": found, "name": other_name(found, viewer=visitor.party), "is_client": is_client}
    return render(request, "pages/mandates/stopped.html", page)
