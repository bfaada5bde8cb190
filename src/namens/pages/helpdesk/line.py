"""A line of which a client says that it is not right: an agent who had no part in it reads it and answers."""

from collections.abc import Iterable

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from namens.exchange.models import ReportedAct
from namens.helpdesk import disputes
from namens.helpdesk.disputes import MOST_OPEN
from namens.helpdesk.lines import line_behind, line_of, origin_of
from namens.helpdesk.models import Answer, Call, Caller, Dispute, DisputeKind
from namens.helpdesk.queries import answer_by, dispute_of, is_overdue, waiting_disputes
from namens.helpdesk.refusals import CallRefused
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.mandates.cases import case_in_words
from namens.pages.disputes.lines import portal_name, sentence_of
from namens.pages.disputes.words import answer_in_words, in_words
from namens.pages.fields import OneOfField
from namens.pages.helpdesk.calls import for_agents, in_call, of_call
from namens.pages.mandates.wording import day
from namens.pages.paging import ON_A_PAGE, page_number
from namens.pages.sentences import sentence_for
from namens.pages.widgets import Described
from namens.parties.models import Party

ANSWERS = {
    Answer.CORRECTED: Described(
        gettext_lazy("The portal corrected it"), gettext_lazy("You asked their team, and they said so.")
    ),
    Answer.RIGHT: Described(gettext_lazy("It is right"), gettext_lazy("What stands there is what happened.")),
    Answer.PASSED_ON: Described(
        gettext_lazy("I passed it on to the privacy officer"), gettext_lazy("In doubt, choose this one.")
    ),
    Answer.STOPPED: Described(
        gettext_lazy("The mandate has stopped"), gettext_lazy("The client wanted that, and it did.")
    ),
}


class AnswerForm(forms.Form):
    """What came of it, in the answers that fit this line."""

    answer = OneOfField(label=gettext_lazy("What is your answer to the client?"))

    def __init__(self, *arguments: object, fitting: list[Answer], **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # Django's own signature has no type for data
        self.fields["answer"].choices = [(one.value, ANSWERS[one]) for one in fitting]  # type: ignore[attr-defined]  # a ChoiceField


@require_http_methods(["GET", "POST"])
@in_call(Caller.LINE)
def line(request: HttpRequest, call: Call) -> HttpResponse:
    """Show what the line says and what the client says of it, and keep the answer."""
    dispute = call.dispute
    found = line_of(call.party, entry=dispute.entry) if dispute and dispute.is_open else None
    if dispute is None or found is None:
        return render(request, "pages/helpdesk/line.html", {**of_call(call), "is_open": False})
    form = AnswerForm(request.POST if request.method == "POST" else None, fitting=disputes.answers_for(found))
    problem = ""
    if form.is_valid():
        try:
            disputes.answer(call=call, outcome=Answer(form.cleaned_data["answer"]), now=clock.now())
        except CallRefused as refused:
            problem = sentence_for(refused.reason, viewer="agent")
        else:
            return redirect("pages:line-answered")
    page = {**of_call(call), **_about(found, dispute, call.party), "form": form, "problem": problem, "is_open": True}
    return render(request, "pages/helpdesk/line.html", page)


@require_safe
@for_agents
def answered(request: HttpRequest) -> HttpResponse:
    """Say that the client reads it."""
    return render(request, "pages/helpdesk/line_done.html", {"section": "pages:case-find"})


def waiting_page(typed: str) -> dict[str, object]:
    """Give one page of what waits for an answer, oldest first, and the way to the pages around it."""
    page = Paginator(waiting_disputes(), ON_A_PAGE).get_page(page_number(typed))
    return {
        "waiting": _in_rows(page),
        "older_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "newer_url": f"?page={page.next_page_number()}" if page.has_next() else "",
    }


def waiting_lines(*, of: Party) -> list[dict[str, object]]:
    """Give what of this party waits for an answer, oldest first: numbers and days only."""
    return _in_rows(waiting_disputes(of=of)[:MOST_OPEN])


def _in_rows(found: Iterable[Dispute]) -> list[dict[str, object]]:
    today = clock.today()
    return [
        {
            "number": case_in_words(one.case_number),
            "since": one.opened_at,
            "answer_by": day(answer_by(one)),
            "is_late": is_overdue(one, today=today),
        }
        for one in found
    ]


def _about(found: JournalEntry, dispute: Dispute, client: Party) -> dict[str, object]:
    """Give the line as its client reads it, what the client says of it, and what helps to look at it."""
    return {
        "line": found,
        "sentence": sentence_of(found, client=client),
        "said": in_words(DisputeKind(dispute.kind), found),
        "said_at": dispute.opened_at,
        "answer_by": day(answer_by(dispute)),
        **_at_portal(origin_of(found)),
        **_before(found, client),
    }


def _before(found: JournalEntry, client: Party) -> dict[str, object]:
    """Give the line that this one is about, with what was said of it and answered; nothing for another line."""
    number = line_behind(found)
    behind = line_of(client, entry=number) if number else None
    said = dispute_of(client, entry=behind.id) if behind else None
    if behind is None or said is None:
        return {}
    return {
        "before": behind,
        "before_sentence": sentence_of(behind, client=client),
        "before_said": in_words(DisputeKind(said.kind), behind),
        "before_answer": answer_in_words(said),
    }


def _at_portal(found: JournalEntry) -> dict[str, str]:
    """Give by what the portal's team finds the act that it reported; nothing for another line."""
    reference = ReportedAct.objects.filter(id=found.id).values_list("reference", flat=True).first()
    return {"portal": portal_name(found), "reference": reference} if reference else {}
