"""Bringing the end of a mandate forward."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.mandates.actions import shorten as shorten_mandate
from namens.mandates.refusals import MandateRefused
from namens.mandates.states import State
from namens.pages.fields import DateField
from namens.pages.mandates.detail import own_mandate
from namens.pages.mandates.wording import day, other_name
from namens.pages.sentences import sentence_for
from namens.signin.session import signed_in
from namens.signin.typed import filled


class ShortenForm(forms.Form):
    """The new last day."""

    last_day = DateField(
        label=gettext_lazy("What is the last day that your helper may help you?"),
        help_text=gettext_lazy("For example 27 3 2027. That day is included."),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def shorten(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Ask the new last day of an active mandate, and keep it."""
    visitor, found = own_mandate(request, mandate)
    if found.representee_id != visitor.party.id or found.state != State.ACTIVE:
        raise Http404
    form = ShortenForm(filled(request, party=visitor.party))
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        if last_day == found.last_day:
            return redirect("pages:mandate", mandate=found.id)
        try:
            shorten_mandate(mandate=found.id, by=visitor.party, last_day=last_day, now=clock.now())
        except MandateRefused as refused:
            form.add_error("last_day", sentence_for(refused.reason))
        else:
            return redirect("pages:mandate", mandate=found.id)
    page = {
        "form": form,
        "mandate": found,
        "last_day": day(found.last_day),
        "name": other_name(found, viewer=visitor.party),
    }
    return render(request, "pages/mandates/shorten.html", page)
