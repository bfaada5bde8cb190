"""Stopping and shortening for a client who calls: a question, a check that is read out, and a confirmation."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from namens.helpdesk import actions
from namens.helpdesk.models import Call, Caller
from namens.lib import clock
from namens.mandates.models import Mandate
from namens.mandates.refusals import MandateRefused
from namens.mandates.states import State
from namens.pages.helpdesk.calls import SURE, in_call, mandate_or_404, of_call
from namens.pages.helpdesk.forms import EVERYTHING, ShortenForm, StopForm
from namens.pages.mandates.wording import day, is_open, is_over, line_sentence, other_name
from namens.pages.sentences import sentence_for


@require_http_methods(["GET", "POST"])
@in_call(Caller.CLIENT)
def stop(request: HttpRequest, call: Call, mandate: UUID) -> HttpResponse:
    """Ask what has to stop, let the agent read it out, and stop it."""
    found = mandate_or_404(call, mandate)
    running = [line for line in found.shown_lines if line.stopped_at is None]
    form = StopForm(request.POST if request.method == "POST" else None, running=running)
    page = {**_page(call, found), "form": form, "problem": ""}
    if is_over(found, clock.today()):
        return redirect("pages:caller-changed", call=call.id, mandate=found.id)
    if not form.is_valid():
        return render(request, "pages/helpdesk/stop.html", page)
    what = form.cleaned_data["what"]
    if SURE not in request.POST:
        names = [line.service.name for line in running if what in {EVERYTHING, line.service.key}]
        return render(request, "pages/helpdesk/stop_check.html", {**page, "what": what, "names": names})
    try:
        actions.stop(call=call, mandate=found.id, now=clock.now(), service=None if what == EVERYTHING else what)
    except MandateRefused as refused:
        problem = sentence_for(refused.reason, viewer="agent")
        return render(request, "pages/helpdesk/stop.html", {**page, "problem": problem})
    return redirect("pages:caller-changed", call=call.id, mandate=found.id)


@require_http_methods(["GET", "POST"])
@in_call(Caller.CLIENT)
def shorten(request: HttpRequest, call: Call, mandate: UUID) -> HttpResponse:
    """Ask the new last day, let the agent read it out, and keep it."""
    found = mandate_or_404(call, mandate)
    if found.state != State.ACTIVE:
        raise Http404
    form = ShortenForm(request.POST if request.method == "POST" else None)
    page = {**_page(call, found), "form": form, "last_day": day(found.last_day)}
    if not form.is_valid():
        return render(request, "pages/helpdesk/shorten.html", page)
    last_day = form.cleaned_data["last_day"]
    try:
        if SURE not in request.POST:
            actions.check_day(call=call, mandate=found, last_day=last_day, now=clock.now())
            return render(
                request, "pages/helpdesk/shorten_check.html", page | {"new_day": day(last_day), "new": last_day}
            )
        actions.shorten(call=call, mandate=found.id, last_day=last_day, now=clock.now())
    except MandateRefused as refused:
        form.add_error("last_day", sentence_for(refused.reason, viewer="agent"))
        return render(request, "pages/helpdesk/shorten.html", page)
    return redirect("pages:caller-changed", call=call.id, mandate=found.id)


@require_safe
@in_call(Caller.CLIENT)
def changed(request: HttpRequest, call: Call, mandate: UUID) -> HttpResponse:
    """Say how the mandate stands now, in sentences that can be read out."""
    found, today = mandate_or_404(call, mandate), clock.today()
    lines = [line_sentence(line, found, today) for line in found.shown_lines if is_open(line, found) or line.stopped_at]
    return render(request, "pages/helpdesk/changed.html", {**_page(call, found), "lines": lines})


def _page(call: Call, mandate: Mandate) -> dict[str, object]:
    return {**of_call(call), "mandate": mandate, "name": other_name(mandate, viewer=call.party)}
