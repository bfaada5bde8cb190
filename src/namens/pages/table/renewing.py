"""Going on with a mandate at the table: the same services again, for the same client and for nobody else."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.mandates import queries
from namens.mandates.at_table import longer_from, told_on_paper
from namens.mandates.client_file import file_of
from namens.mandates.models import Mandate
from namens.mandates.refusals import MandateRefused
from namens.mandates.states import State
from namens.pages.mandates.wording import day, is_over, line_sentence
from namens.pages.table.answers import Answers
from namens.pages.table.asking import JOURNEY, Asking
from namens.signin import drafts
from namens.signin.session import Visitor, present, signed_in_helper

LONGEST_LABEL = 60


@require_http_methods(["GET", "POST"])
@signed_in_helper
def begin(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Say what is asked again, and of whom; the button begins a draft in which that is filled in."""
    visitor, found, today = present(request), renewable(request, mandate), clock.today()
    if not told_on_paper(found, today=today):
        return render(request, "message.html", _too_early(visitor, found))
    if request.method != "POST":
        page = {
            "name": found.representee.person.name.full,
            "lines": [line_sentence(line, found, today) for line in found.shown_lines],
            "last_day": day(found.last_day),
            "back_url": _page_of(visitor, found),
            "section": "pages:table",
        }
        return render(request, "pages/table/renew.html", page)
    answers = replace(
        Answers(),
        chosen=tuple(line.service.key for line in found.shown_lines if line.stopped_at is None),
        label=found.representee.person.name.full[:LONGEST_LABEL],
        renews=found.id,
    )
    draft = drafts.begin(party=visitor.party, journey=JOURNEY, answers=answers.as_kept(), now=clock.now())
    asking = Asking(draft=draft.id, visitor=visitor, answers=answers, today=today)
    return redirect(asking.url(asking.next_page))


def renewable(request: HttpRequest, mandate: UUID) -> Mandate:
    """Give a running mandate by which this visitor helps: the own one, or of a client whom a licence reaches.

    Raises Http404 for any other.
    """
    visitor, now = present(request), clock.now()
    try:
        found = queries.mandate_of(visitor.helper, mandate=mandate)
    except MandateRefused:
        raise Http404 from None
    runs = found.state == State.ACTIVE and not is_over(found, clock.day_of(now))
    if not runs or found.representative_id != visitor.helper.id:
        raise Http404
    if visitor.member is not None:
        file = file_of(visitor.member, client=found.representee_id, now=now)
        if file is None or not file.is_open:
            raise Http404
    return found


def _too_early(visitor: Visitor, mandate: Mandate) -> dict[str, Any]:
    """Say from when on: before that a yes would be for one day only, and take the place of what runs."""
    began = clock.day_of(mandate.activated_at or mandate.offered_at)
    return {
        "heading": _("It is too early for this"),
        "sentences": [
            _("Your client first has to get our letter about this mandate."),
            _("From %(day)s on you can ask to go on.") % {"day": day(longer_from(began))},
        ],
        "actions": [{"url": _page_of(visitor, mandate), "label": _("Back"), "kind": "primary"}],
        "section": "pages:table",
    }


def _page_of(visitor: Visitor, mandate: Mandate) -> str:
    if visitor.member is not None:
        return reverse("pages:work-client", args=[mandate.representee_id])
    return reverse("pages:mandate", args=[mandate.id])
