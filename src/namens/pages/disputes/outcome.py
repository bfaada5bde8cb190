"""What happens next with what somebody said of a line, and taking it back."""

from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from namens.helpdesk import disputes, queries
from namens.helpdesk.models import DisputeKind
from namens.helpdesk.refusals import DisputeRefused
from namens.journal.events import Event
from namens.lib import clock
from namens.mandates.cases import case_in_words
from namens.pages.disputes.lines import portal_name
from namens.pages.disputes.saying import about, own_line
from namens.pages.disputes.words import answer_in_words, in_words
from namens.pages.mandates.wording import day
from namens.post.addresses import address_of
from namens.signin.session import present, signed_in


@require_safe
@signed_in
def disputed(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Show how it stands: by when there is an answer, what the answer is, or that it was taken back."""
    party = present(request).party
    line = own_line(party, entry)
    said = queries.dispute_of(party, entry=entry)
    if said is None:
        return redirect("pages:dispute", entry=entry)
    page = {
        **about(line, party),
        "dispute": said,
        "said": in_words(DisputeKind(said.kind), line),
        "answer_by": day(queries.answer_by(said)),
        "answer": answer_in_words(said),
        "number": case_in_words(said.case_number),
        "portal": portal_name(line) if line.event == Event.ACT_REPORTED else "",
        "answer_line": queries.answer_line(party, entry=entry) if said.answered_at else None,
        "has_email": address_of(party.id) is not None,
    }
    return render(request, "pages/disputes/disputed.html", page)


@require_http_methods(["GET", "POST"])
@signed_in
def withdraw(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Take it back. A plain look, as after a new login, changes nothing; an answer that came first is shown."""
    party = present(request).party
    own_line(party, entry)
    if request.method == "POST":
        # Answered or taken back meanwhile: the page says how it stands.
        with suppress(DisputeRefused):
            disputes.withdraw(entry=entry, party=party, now=clock.now())
    return redirect("pages:disputed", entry=entry)
