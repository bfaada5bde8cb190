"""Finding who calls: a client by three things, a helper by two. Nothing of it ever stands in an address."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from namens.helpdesk import actions
from namens.helpdesk.models import Call
from namens.helpdesk.refusals import CallerRefusal
from namens.lib import clock
from namens.pages.helpdesk.calls import for_agents
from namens.pages.helpdesk.forms import CallerForm, HelperForm
from namens.pages.sentences import sentence_for
from namens.signin.staff.session import present

STATUS = {CallerRefusal.PAUSED: 429, CallerRefusal.REGISTER_AWAY: 503}


@require_http_methods(["GET", "POST"])
@for_agents
def find_caller(request: HttpRequest) -> HttpResponse:
    """Find a client who calls."""
    form = CallerForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _asked(request, form, "pages/helpdesk/find_caller.html")
    typed = form.cleaned_data
    outcome = actions.find_caller(
        agent=present(request),
        bsn=typed["bsn"],
        birth_date=typed["birth_date"],
        postcode=typed["postcode"],
        now=clock.now(),
    )
    if isinstance(outcome, Call):
        return redirect("pages:caller", call=outcome.id)
    return _asked(request, form, "pages/helpdesk/find_caller.html", refusal=outcome)


@require_http_methods(["GET", "POST"])
@for_agents
def find_helper(request: HttpRequest) -> HttpResponse:
    """Find the mandates of a helper who calls."""
    form = HelperForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _asked(request, form, "pages/helpdesk/find_helper.html")
    typed = form.cleaned_data
    outcome = actions.find_helper(
        agent=present(request), number=typed["number"], birth_date=typed["birth_date"], now=clock.now()
    )
    if isinstance(outcome, Call):
        return redirect("pages:helper-call", call=outcome.id)
    return _asked(request, form, "pages/helpdesk/find_helper.html", refusal=outcome)


def _asked(request: HttpRequest, form: Form, template: str, *, refusal: CallerRefusal | None = None) -> HttpResponse:
    """Give the page with the question; after a refusal nothing of what was typed stands there any more."""
    page = {"form": type(form)() if refusal else form, "problem": sentence_for(refusal) if refusal else ""}
    return render(request, template, page, status=STATUS.get(refusal, 200) if refusal else 200)
