"""A client who calls says that something is wrong, or that a mandate may go on after all."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from namens.helpdesk import reports
from namens.helpdesk.models import Call, Caller
from namens.helpdesk.refusals import CallRefused
from namens.lib import clock
from namens.mandates.actions import proposed_number
from namens.mandates.cases import case_in_words
from namens.mandates.models import Mandate, ReportKind
from namens.mandates.refusals import MandateRefused
from namens.mandates.states import State
from namens.pages.fields import OneOfField
from namens.pages.helpdesk.calls import SURE, in_call, mandate_or_404, of_call
from namens.pages.mandates.wording import is_over, other_name
from namens.pages.sentences import sentence_for

KINDS = {
    ReportKind.UNWANTED: gettext_lazy("“I did not want this.”"),
    ReportKind.UNKNOWN_PERSON: gettext_lazy("“I do not know this person.”"),
    ReportKind.SPELLING: gettext_lazy("“A name or another word is spelt wrong.”"),
}


class ReportForm(forms.Form):
    """What is wrong, in the words of the caller."""

    kind = OneOfField(label=gettext_lazy("Ask: what is wrong?"))

    def __init__(self, *arguments: object, kinds: list[ReportKind], **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # Django's own signature has no type for data
        self.fields["kind"].choices = [(kind.value, words) for kind, words in KINDS.items() if kind in kinds]  # type: ignore[attr-defined]  # a ChoiceField


@require_http_methods(["GET", "POST"])
@in_call(Caller.CLIENT)
def report(request: HttpRequest, call: Call, mandate: UUID) -> HttpResponse:
    """Ask what is wrong, let the agent read out what follows, and take the report."""
    found = mandate_or_404(call, mandate)
    kinds = kinds_now(found)
    if not kinds and request.method == "POST":
        return redirect("pages:caller-reported", call=call.id, mandate=found.id)
    if not kinds:
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None, kinds=kinds)
    page = {**_page(call, found), "form": form, "problem": ""}
    if not form.is_valid():
        return render(request, "pages/helpdesk/report.html", page)
    kind = ReportKind(form.cleaned_data["kind"])
    if SURE not in request.POST:
        return render(request, "pages/helpdesk/report_check.html", {**page, "kind": kind})
    try:
        reports.report(call=call, mandate=found.id, kind=kind, now=clock.now())
    except (CallRefused, MandateRefused) as refused:
        problem = sentence_for(refused.reason, viewer="agent")
        return render(request, "pages/helpdesk/report.html", {**page, "problem": problem})
    return redirect("pages:caller-reported", call=call.id, mandate=found.id)


@require_safe
@in_call(Caller.CLIENT)
def reported(request: HttpRequest, call: Call, mandate: UUID) -> HttpResponse:
    """Say what follows from the report."""
    return render(request, "pages/helpdesk/reported.html", _page(call, mandate_or_404(call, mandate)))


@require_http_methods(["GET", "POST"])
@in_call(Caller.CLIENT)
def restore(request: HttpRequest, call: Call, mandate: UUID) -> HttpResponse:
    """Let the agent read out that a colleague has to agree, and propose it."""
    found, problem = mandate_or_404(call, mandate), ""
    if request.method == "POST":
        try:
            reports.propose(call=call, mandate=found.id, now=clock.now())
        except (CallRefused, MandateRefused) as refused:
            problem = sentence_for(refused.reason, viewer="agent")
        else:
            return redirect("pages:caller-proposed", call=call.id, mandate=found.id)
    elif found.state != State.SUSPENDED:
        raise Http404
    return render(request, "pages/helpdesk/restore.html", {**_page(call, found), "problem": problem})


@require_safe
@in_call(Caller.CLIENT)
def proposed(request: HttpRequest, call: Call, mandate: UUID) -> HttpResponse:
    """Show the case number for a colleague."""
    found = mandate_or_404(call, mandate)
    number = proposed_number(found) if found.state == State.SUSPENDED else None
    if number is None:
        return redirect("pages:caller-mandate", call=call.id, mandate=found.id)
    page = {**_page(call, found), "number": case_in_words(number)}
    return render(request, "pages/helpdesk/proposed.html", page)


def kinds_now(mandate: Mandate) -> list[ReportKind]:
    """Give what can be reported of this mandate now."""
    return [] if is_over(mandate, clock.today()) else reports.kinds_for(mandate)


def _page(call: Call, mandate: Mandate) -> dict[str, object]:
    return {
        **of_call(call),
        "mandate": mandate,
        "name": other_name(mandate, viewer=call.party),
        "waits": mandate.state == State.REQUESTED,
        "is_paused": mandate.state == State.SUSPENDED,
        "has_ended": mandate.state == State.ENDED,
    }
