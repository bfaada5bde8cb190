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
from namens.mandates.models import Mandate
from namens.mandates.refusals import MandateRefused
from namens.pages.fields import OneOfField
from namens.pages.mandates.detail import own_mandate
from namens.pages.mandates.wording import other_name
from namens.pages.sentences import sentence_for
from namens.signin.session import signed_in
from namens.signin.typed import filled

EVERYTHING = "everything"


class StopForm(forms.Form):
    """What has to stop."""

    what = OneOfField(label=gettext_lazy("What do you want to stop?"))

    def __init__(self, *arguments: object, mandate: Mandate, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # Django's own signature has no type for data
        running = [line for line in mandate.lines.all() if line.stopped_at is None]
        one_by_one = [(line.service.key, _("Only %(service)s") % {"service": line.service.name}) for line in running]
        self.fields["what"].choices = [(EVERYTHING, _("Everything")), *one_by_one]  # type: ignore[attr-defined]  # a ChoiceField


@require_http_methods(["GET", "POST"])
@signed_in
def stop(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Ask what has to stop (the client, where there is a choice), and stop it."""
    visitor, found = own_mandate(request, mandate)
    chooses = found.representee_id == visitor.party.id and found.lines.filter(stopped_at__isnull=True).count() > 1
    form = StopForm(filled(request, party=visitor.party), mandate=found) if chooses else None
    problem = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        what = form.cleaned_data["what"] if form else EVERYTHING
        try:
            service = None if what == EVERYTHING else what
            stop_mandate(mandate=found.id, by=visitor.party, now=clock.now(), service=service)
        except MandateRefused as refused:
            problem = sentence_for(refused.reason)
        else:
            return redirect("pages:stopped", mandate=found.id)
    name = other_name(found, viewer=visitor.party)
    is_client = found.representee_id == visitor.party.id
    page = {"form": form, "mandate": found, "name": name, "is_client": is_client, "problem": problem}
    return render(request, "pages/mandates/stop.html", page)


@require_http_methods(["GET"])
@signed_in
def stopped(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Say that it worked, and what that means from now on."""
    visitor, found = own_mandate(request, mandate)
    is_client = found.representee_id == visitor.party.id
    page = {"mandate": found, "name": other_name(found, viewer=visitor.party), "is_client": is_client}
    return render(request, "pages/mandates/stopped.html", page)
