"""Aan tafel: a last look at all answers, and the QR."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from namens.appointments.actions import make_hand_off
from namens.appointments.refusals import HandOffRefused
from namens.lib import clock
from namens.mandates.refusals import MandateRefused
from namens.pages.helper.working import told_helper
from namens.pages.lengths import LENGTHS
from namens.pages.rows import Row
from namens.pages.seen import CHANGED, is_seen, mark
from namens.pages.sentences import sentence_for
from namens.pages.table.asking import Asking, Page, asking_of
from namens.pages.table.renewing import renewable
from namens.signin import drafts
from namens.signin.session import signed_in_helper


@require_http_methods(["GET", "POST"])
@signed_in_helper
def check(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Show everything; the button makes the QR, once for a draft."""
    asking = asking_of(request, draft=draft, page=Page.CHECK)
    if isinstance(asking, HttpResponse):
        return asking
    seen, problem = _mark(asking), ""
    if request.method == "POST" and not is_seen(request, now_shown=seen):
        problem = str(CHANGED)
    elif request.method == "POST":
        try:
            _make(request, asking)
        except MandateRefused as refused:
            problem = told_helper(refused)
        except HandOffRefused as refused:
            return refused_page(request, refused)
        else:
            return redirect(asking.url(Page.CHECK))
    return asking.show(request, Page.CHECK, seen=seen, problem=problem, rows=_rows(asking))


def refused_page(request: HttpRequest, refused: HandOffRefused) -> HttpResponse:
    """Say why there is no QR, and which other way there is."""
    page = {
        "heading": _("There is no new QR code"),
        "sentences": [sentence_for(refused.reason), _("Until then your client can get a letter with a code.")],
        "actions": [{"url": reverse("pages:ask"), "label": _("Ask for a mandate"), "kind": "primary"}],
        "section": "pages:table",
    }
    return render(request, "message.html", page, status=429)


def _make(request: HttpRequest, asking: Asking) -> None:
    """Make the hand-off. A second submit finds the draft finished, and leaves nothing behind."""
    now, visitor, answers = clock.now(), asking.visitor, asking.answers
    renews = renewable(request, answers.renews) if answers.renews else None
    with transaction.atomic():
        made = make_hand_off(
            helper=visitor.helper,
            member=visitor.member,
            label=answers.label,
            services=asking.services,
            duration=asking.duration,
            now=now,
            renews=renews,
            with_partner=bool(answers.has_partner),
        )
        asked = made.hand_off.request_id
        if not drafts.finish(draft=asking.draft, party=visitor.party, result=asked, now=now):
            transaction.set_rollback(True)


def _mark(asking: Asking) -> str:
    """Give the mark of everything that is asked."""
    return mark(
        [(service.key, service.version_id) for service in asking.services],
        asking.duration,
        [asking.answers.label, asking.answers.has_partner, asking.answers.renews],
    )


def _rows(asking: Asking) -> list[Row]:
    answers = asking.answers
    rows = [
        Row(_("With what"), [service.name for service in asking.services], asking.url(Page.SERVICES)),
        Row(_("For how long"), [str(LENGTHS[asking.duration])], asking.url(Page.LENGTH)),
        Row(_("Your client"), [answers.label], asking.url(Page.WHO)),
    ]
    if Page.PARTNER in asking.pages:
        partner = _("Yes") if answers.has_partner else _("No")
        rows.append(Row(_("Allowance partner"), [partner], asking.url(Page.PARTNER)))
    return rows
