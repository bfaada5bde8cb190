"""The page of a helper who calls: services and dates of the own mandates with this client, and stopping one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namens.helpdesk import actions, queries
from namens.helpdesk.models import Call, Caller
from namens.lib import clock
from namens.mandates.models import Mandate
from namens.mandates.refusals import MandateRefused
from namens.pages.helpdesk.calls import in_call, mandate_or_404, of_call
from namens.pages.mandates.wording import day, is_open, is_over
from namens.pages.sentences import sentence_for


@dataclass(frozen=True)
class HelperRow:
    """One mandate without any name: what it is for, and its days."""

    id: UUID
    services: str
    first_day: str
    last_day: str
    is_over: bool


@require_safe
@in_call(Caller.HELPER)
def helper_call(request: HttpRequest, call: Call) -> HttpResponse:
    """Show what the helper may stop."""
    rows = [_row(mandate, clock.today()) for mandate in queries.found_for_helper(call)]
    return render(request, "pages/helpdesk/helper_call.html", {**of_call(call), "rows": rows})


@require_http_methods(["GET", "POST"])
@in_call(Caller.HELPER)
def stop(request: HttpRequest, call: Call, mandate: UUID) -> HttpResponse:
    """Let the agent read out what stops, and stop it."""
    found, problem = mandate_or_404(call, mandate), ""
    if request.method == "POST":
        try:
            actions.stop(call=call, mandate=found.id, now=clock.now())
        except MandateRefused as refused:
            problem = sentence_for(refused.reason, viewer="agent")
        else:
            return redirect("pages:helper-call", call=call.id)
    page = {**of_call(call), "row": _row(found, clock.today()), "problem": problem}
    return render(request, "pages/helpdesk/helper_stop.html", page)


@require_POST
@in_call(Caller.HELPER)
def hang_up(request: HttpRequest, call: Call) -> HttpResponse:  # noqa: ARG001 - a view
    """End the call of a helper."""
    actions.hang_up(call=call, now=clock.now())
    return redirect("pages:caller-helper")


def _row(mandate: Mandate, today: date) -> HelperRow:
    return HelperRow(
        id=mandate.id,
        services=", ".join(line.service.name for line in mandate.shown_lines if is_open(line, mandate)),
        first_day=day(mandate.first_day),
        last_day=day(mandate.last_day),
        is_over=is_over(mandate, today),
    )
