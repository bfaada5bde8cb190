"""A second agent looks at what a colleague proposes, by case number, and agrees or does not."""

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namens.helpdesk import actions, queries, reports
from namens.helpdesk.models import Call, Caller
from namens.helpdesk.refusals import CallRefused
from namens.journal.events import Channel
from namens.lib import clock
from namens.mandates.cases import InvalidCaseNumber, SoundCaseNumber, parse_case_number
from namens.mandates.models import Report, ReportKind
from namens.mandates.refusals import MandateRefused
from namens.pages.fields import TextField
from namens.pages.helpdesk.calls import for_agents, in_call, of_call
from namens.pages.helpdesk.find import STATUS
from namens.pages.helpdesk.line import waiting_page
from namens.pages.helpdesk.reports import KINDS
from namens.pages.mandates.wording import day, line_sentence, other_name
from namens.pages.sentences import sentence_for
from namens.pages.widgets import SymbolsInput
from namens.signin.models import Staff
from namens.signin.staff.session import present


class CaseNumberField(TextField):
    """A case number, with or without the word in front."""

    default_error_messages = {
        "required": gettext_lazy("Fill in the case number"),
        "wrong": gettext_lazy("A case number looks like ZAAK-7K3-M4P. Ask your colleague for it again"),
    }

    def clean(self, value: object) -> SoundCaseNumber:
        """Give the number. Raises ValidationError."""
        try:
            return parse_case_number(super().clean(value))
        except InvalidCaseNumber:
            raise ValidationError(self.error_messages["wrong"], code="wrong") from None


class CaseForm(forms.Form):
    """The number that a colleague or a client reads out, or that stands in the list of what waits."""

    number = CaseNumberField(label=gettext_lazy("Case number"), widget=SymbolsInput)


@require_http_methods(["GET", "POST"])
@for_agents
def find(request: HttpRequest) -> HttpResponse:
    """Find a case. Under the question stand the numbers of lines that wait for an answer, of whoever is free."""
    form = CaseForm(request.POST if request.method == "POST" else None)
    page: dict[str, object] = {"form": form, "problem": "", **waiting_page(request.GET.get("page", ""))}
    if not form.is_valid():
        return render(request, "pages/helpdesk/find_case.html", page)
    outcome = actions.find_case(agent=present(request), number=form.cleaned_data["number"], now=clock.now())
    if isinstance(outcome, Call):
        return redirect("pages:line-case" if outcome.caller == Caller.LINE else "pages:case", call=outcome.id)
    page |= {"form": CaseForm(), "problem": sentence_for(outcome, viewer="colleague")}
    return render(request, "pages/helpdesk/find_case.html", page, status=STATUS.get(outcome, 200))


@require_safe
@in_call(Caller.COLLEAGUE)
def case(request: HttpRequest, call: Call) -> HttpResponse:
    """Show what was reported, who proposes to let it go on, and what that means."""
    return _show(request, call)


@require_POST
@in_call(Caller.COLLEAGUE)
def agree(request: HttpRequest, call: Call) -> HttpResponse:
    """Let the mandate go on."""
    return _answer(request, call, reports.agree, then="pages:case-agreed")


@require_POST
@in_call(Caller.COLLEAGUE)
def refuse(request: HttpRequest, call: Call) -> HttpResponse:
    """Take the proposal away."""
    return _answer(request, call, reports.refuse, then="pages:case-refused")


@require_safe
@for_agents
def agreed(request: HttpRequest) -> HttpResponse:
    """Say that it goes on."""
    return render(request, "pages/helpdesk/case_done.html", {"goes_on": True, "section": "pages:case-find"})


@require_safe
@for_agents
def refused(request: HttpRequest) -> HttpResponse:
    """Say that it stays as it is."""
    return render(request, "pages/helpdesk/case_done.html", {"goes_on": False, "section": "pages:case-find"})


def _answer(request: HttpRequest, call: Call, act: Callable[..., None], *, then: str) -> HttpResponse:
    now: datetime = clock.now()
    try:
        act(call=call, now=now)
    except (CallRefused, MandateRefused) as problem:
        return _show(request, call, problem=sentence_for(problem.reason, viewer="agent"))
    return redirect(then)


def _show(request: HttpRequest, call: Call, *, problem: str = "") -> HttpResponse:
    found, today = queries.case_of(call), clock.today()
    page = {**of_call(call), "problem": problem, "is_open": found is not None}
    if found is None:
        return render(request, "pages/helpdesk/case.html", page)
    mandate, cases = found
    first = Staff.objects.filter(id__in=[one.first_agent for one in cases if one.first_agent]).first()
    about = {
        "client": mandate.representee.person.name.full,
        "helper": other_name(mandate, viewer=mandate.representee),
        "lines": [line_sentence(line, mandate, today) for line in mandate.shown_lines],
        "reports": [_reported(one) for one in cases],
        "proposer": first.name if first else "?",
    }
    return render(request, "pages/helpdesk/case.html", {**page, **about})


def _reported(report: Report) -> str:
    by_phone = report.channel == Channel.HELPDESK
    told = _("%(day)s, by telephone: %(words)s") if by_phone else _("%(day)s, after logging in: %(words)s")
    return told % {"day": day(clock.day_of(report.opened_at)), "words": KINDS[ReportKind(report.kind)]}
