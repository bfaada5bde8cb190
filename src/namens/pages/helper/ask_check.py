"""Gemachtigd worden: a last look at all answers, and the question itself."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.mandates.actions import Stated
from namens.mandates.actions import request as ask
from namens.mandates.refusals import MandateRefused
from namens.pages.helper.answers import Person
from namens.pages.helper.asking import Asking, Page, asking_of
from namens.pages.helper.working import told_helper
from namens.pages.lengths import LENGTHS
from namens.pages.rows import Row
from namens.pages.seen import CHANGED, is_seen, mark
from namens.signin import drafts
from namens.signin.session import signed_in_helper


@require_http_methods(["GET", "POST"])
@signed_in_helper
def check(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Show everything; the yes asks once. Nobody is looked up: the answer is the same whoever was stated."""
    asking = asking_of(request, draft=draft, page=Page.CHECK)
    if isinstance(asking, HttpResponse):
        return asking
    seen, problem = _mark(asking), ""
    if request.method == "POST" and not is_seen(request, now_shown=seen):
        problem = str(CHANGED)
    elif request.method == "POST":
        try:
            _ask(asking)
        except MandateRefused as refused:
            problem = told_helper(refused)
        else:
            return redirect(asking.url(Page.CHECK))
    return asking.show(request, Page.CHECK, seen=seen, problem=problem, rows=_rows(asking))


def _ask(asking: Asking) -> None:
    """Ask once for a draft. A second submit finds it finished, and leaves nothing behind. Raises MandateRefused."""
    now, visitor = clock.now(), asking.visitor
    with transaction.atomic():
        asked = ask(
            helper=visitor.helper,
            member=visitor.member,
            stated=[Stated(label=person.label, kept=person.kept) for person in asking.answers.people],
            services=asking.services,
            duration=asking.duration,
            now=now,
        )
        if not drafts.finish(draft=asking.draft, party=visitor.party, result=asked[0].id, now=now):
            transaction.set_rollback(True)


def _mark(asking: Asking) -> str:
    """Give the mark of everything that is asked."""
    return mark(
        [(service.key, service.version_id) for service in asking.services],
        asking.duration,
        [(person.label, person.kept) for person in asking.answers.people],
    )


def _rows(asking: Asking) -> list[Row]:
    answers = asking.answers
    rows = [
        Row(_("With what"), [service.name for service in asking.services], asking.url(Page.SERVICES)),
        Row(_("For how long"), [str(LENGTHS[asking.duration])], asking.url(Page.LENGTH)),
        Row(_("Your client"), _about(answers.client), asking.url(Page.CLIENT)),
        Row(_("Allowance partner"), [_("Yes") if answers.has_partner else _("No")], asking.url(Page.PARTNER)),
    ]
    if answers.has_partner:
        rows.append(Row(_("The partner"), _about(answers.partner), asking.url(Page.PARTNER_DETAILS)))
    return rows


def _about(person: Person | None) -> list[str]:
    """Give what can be shown of somebody: the date of birth is sealed with the BSN."""
    if person is None:
        return []
    return [person.label, _("BSN that ends in %(digits)s") % {"digits": person.ends_in}]
