"""What is not right with a line? A choice, never free text; then a page to check, then it is kept."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from namens.helpdesk import disputes, queries
from namens.helpdesk.lines import kinds_for, line_of, mandate_to_report
from namens.helpdesk.models import DisputeKind
from namens.helpdesk.refusals import DisputeRefused
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.pages.disputes.lines import sentence_of
from namens.pages.disputes.words import in_words
from namens.pages.fields import OneOfField
from namens.pages.sentences import sentence_for
from namens.pages.walk import is_sent
from namens.pages.widgets import Described
from namens.parties.models import Party
from namens.signin.session import present, signed_in
from namens.signin.typed import filled

STOP = "stop"


class WhatForm(forms.Form):
    """What is not right, in answers that fit the line. Who can stop a mandate with it reads so."""

    what = OneOfField(label=gettext_lazy("What is not right?"))

    def __init__(self, data: QueryDict | None, *, line: JournalEntry, can_stop: bool) -> None:
        super().__init__(data)
        stop = Described(
            _("I do not know this person, or I do not want this help"), _("The help stops at once. You see that first.")
        )
        kinds = [(kind.value, in_words(kind, line)) for kind in kinds_for(line)]
        self.fields["what"].choices = [(STOP, stop), *kinds] if can_stop else kinds  # type: ignore[attr-defined]  # a ChoiceField


@require_http_methods(["GET", "POST"])
@signed_in
def dispute(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Ask what is not right. What stops a mandate goes the way of every report; what was said before is shown."""
    party = present(request).party
    line = own_line(party, entry)
    if entry in queries.disputes_of(party, [entry]):
        return redirect("pages:disputed", entry=entry)
    mandate = mandate_to_report(line)
    form = WhatForm(filled(request, party=party), line=line, can_stop=mandate is not None)
    if is_sent(request, form):
        if form.cleaned_data["what"] == STOP:
            return redirect("pages:report-unwanted", mandate=mandate)
        return redirect("pages:dispute-check", entry=entry, kind=form.cleaned_data["what"])
    return render(request, "pages/disputes/dispute.html", {**about(line, party), "form": form})


@require_http_methods(["GET", "POST"])
@signed_in
def check(request: HttpRequest, entry: UUID, kind: str) -> HttpResponse:
    """Show what was chosen, and keep it at the yes. What was kept before, in another tab too, is only shown."""
    party = present(request).party
    line = own_line(party, entry)
    if kind not in kinds_for(line):
        raise Http404
    problem = _say(party, entry, DisputeKind(kind)) if request.method == "POST" else ""
    if entry in queries.disputes_of(party, [entry]):
        return redirect("pages:disputed", entry=entry)
    page = {**about(line, party), "said": in_words(DisputeKind(kind), line), "problem": problem}
    return render(request, "pages/disputes/check.html", page)


def own_line(party: Party, entry: UUID) -> JournalEntry:
    """Give a line of this person that can be disputed. Raises Http404 for any other."""
    line = line_of(party, entry=entry)
    if line is None:
        raise Http404
    return line


def about(line: JournalEntry, party: Party) -> dict[str, Any]:
    """Give what every page about a line shows: when it was, and what stands there."""
    return {"line": line, "sentence": sentence_of(line, client=party), "section": "pages:done"}


def _say(party: Party, entry: UUID, kind: DisputeKind) -> str:
    """Keep it; give the sentence that says why that could not be, if so."""
    try:
        disputes.dispute(entry=entry, party=party, kind=kind, now=clock.now())
    except DisputeRefused as refused:
        return sentence_for(refused.reason)
    return ""
