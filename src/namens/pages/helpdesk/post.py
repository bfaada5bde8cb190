"""Letters that a caller asks for: a code once more, everything on paper. And how letters look."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from namens.helpdesk import letters
from namens.helpdesk.models import Call, Caller
from namens.helpdesk.refusals import CallRefused
from namens.lib import clock
from namens.mandates.letters import letter_by
from namens.mandates.models import Mandate
from namens.mandates.refusals import MandateRefused
from namens.mandates.states import State
from namens.pages.fields import OneOfField
from namens.pages.helpdesk.calls import in_call, mandate_or_404, of_call
from namens.pages.helpdesk.obstacles import sentences_for
from namens.pages.mandates.wording import day, is_over, other_name
from namens.pages.sentences import sentence_for

LARGE, ORDINARY = "large", "ordinary"


class LookForm(forms.Form):
    """How the caller reads letters best."""

    size = OneOfField(
        label=gettext_lazy("Ask: how do you read best?"),
        choices=[(ORDINARY, gettext_lazy("Ordinary print")), (LARGE, gettext_lazy("Large print"))],
    )
    language = OneOfField(
        label=gettext_lazy("Ask: in which language do you want letters?"),
        choices=lambda: settings.LANGUAGES,
    )


@require_http_methods(["GET", "POST"])
@in_call(Caller.CLIENT)
def again(request: HttpRequest, call: Call, mandate: UUID) -> HttpResponse:
    """Let the agent read out that a new code comes, and send the letter."""
    found, problem = mandate_or_404(call, mandate), ""
    if not can_be_sent_again(found):
        raise Http404
    if reasons := sentences_for(letters.stops_a_code(call)):
        return render(request, "pages/helpdesk/letter_cannot.html", {**of_call(call), "reasons": reasons})
    if request.method == "POST":
        try:
            letters.send_again(call=call, mandate=found.id, now=clock.now())
        except (CallRefused, MandateRefused) as refused:
            problem = sentence_for(refused.reason, viewer="agent")
        else:
            return redirect("pages:caller-letter-sent", call=call.id, mandate=found.id)
    page = {"mandate": found, "name": other_name(found, viewer=call.party), "problem": problem, "by": _by()}
    return render(request, "pages/helpdesk/letter_again.html", {**of_call(call), **page})


@require_http_methods(["GET", "POST"])
@in_call(Caller.CLIENT)
def overview(request: HttpRequest, call: Call) -> HttpResponse:
    """Let the agent read out that everything comes on paper, and send the letter."""
    if reasons := sentences_for(letters.stops_any_letter(call)):
        return render(request, "pages/helpdesk/letter_cannot.html", {**of_call(call), "reasons": reasons})
    problem = ""
    if request.method == "POST":
        try:
            letters.send_overview(call=call, now=clock.now())
        except CallRefused as refused:
            problem = sentence_for(refused.reason, viewer="agent")
        else:
            return redirect("pages:caller-overview-sent", call=call.id)
    return render(request, "pages/helpdesk/overview.html", {**of_call(call), "problem": problem, "by": _by()})


@require_safe
@in_call(Caller.CLIENT)
def overview_sent(request: HttpRequest, call: Call) -> HttpResponse:
    """Say when the overview comes."""
    return render(request, "pages/helpdesk/overview_sent.html", {**of_call(call), "by": _by()})


@require_http_methods(["GET", "POST"])
@in_call(Caller.CLIENT)
def look(request: HttpRequest, call: Call) -> HttpResponse:
    """Ask how letters to the caller must look."""
    person, problem = call.party.person, ""
    before = {"size": LARGE if person.large_print else ORDINARY, "language": person.reads}
    form = LookForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        size, language = form.cleaned_data["size"], form.cleaned_data["language"]
        try:
            letters.choose_look(call=call, large_print=size == LARGE, language=language, now=clock.now())
        except CallRefused as refused:
            problem = sentence_for(refused.reason, viewer="agent")
        else:
            return redirect("pages:caller", call=call.id)
    return render(request, "pages/helpdesk/look.html", {**of_call(call), "form": form, "problem": problem})


def can_be_sent_again(mandate: Mandate) -> bool:
    """Say whether this mandate waits for a code."""
    return mandate.state in {State.REQUESTED, State.OFFERED} and not is_over(mandate, clock.today())


def _by() -> str:
    return day(letter_by(clock.today()))
