"""Iemand machtigen: a last look at all answers, and the yes."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.mandates import queries
from namens.mandates.actions import offer, stop
from namens.mandates.models import MandateService
from namens.mandates.refusals import MandateRefused
from namens.mandates.terms import Terms
from namens.pages.client.give_about import helper_of
from namens.pages.client.giving import Giving, Page, giving_of
from namens.pages.mandates.wording import day
from namens.pages.register import register_obstacle
from namens.pages.sentences import sentence_for
from namens.signin import drafts
from namens.signin.session import signed_in


@dataclass(frozen=True)
class Row:
    """One answer on the check page, with the way to change it."""

    label: str
    values: list[str]
    change_url: str = ""


@require_http_methods(["GET", "POST"])
@signed_in
def check(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Show everything; the yes asks the register about the client, and then gives the mandate once."""
    giving = giving_of(request, draft=draft, page=Page.CHECK)
    if isinstance(giving, HttpResponse):
        return giving
    problem = ""
    if request.method == "POST":
        obstacle = register_obstacle(request, party=giving.visitor.party)
        if obstacle is not None:
            return obstacle
        try:
            give(giving)
        except MandateRefused as refused:
            problem = sentence_for(refused.reason)
        else:
            return redirect(giving.url(Page.CHECK))
    return giving.show(request, Page.CHECK, problem=problem, **_shown(giving))


def give(giving: Giving) -> None:
    """Give the mandate, and stop what the client wants stopped, once for a draft. Raises MandateRefused.

    A second submit of the same draft finds it finished, and leaves nothing behind.
    """
    now, party = clock.now(), giving.visitor.party
    with transaction.atomic():
        given = offer(
            representee=party,
            representative=giving.helper,
            terms=terms_of(giving),
            level=giving.visitor.level,
            under_administration=not giving.answers.not_administered,
            now=now,
        )
        if not drafts.finish(draft=giving.draft, party=party, result=given.mandate.id, now=now):
            transaction.set_rollback(True)
            return
        for line in _stopping(giving):
            stop(mandate=line.mandate_id, by=party, now=now, service=line.service.key)


def terms_of(giving: Giving) -> Terms:
    """Give what was chosen. Only sensitive actions of services that are still chosen count."""
    first_day, last_day = giving.answers.first_day, giving.answers.last_day
    if first_day is None or last_day is None:
        raise AssertionError("the check page is shown only when both days are known")
    asked = {action.key for action in giving.sensitive}
    return Terms(
        services=giving.services,
        first_day=first_day,
        last_day=last_day,
        granted_actions=giving.answers.granted_actions & asked,
    )


def _stopping(giving: Giving) -> list[MandateService]:
    return [line for line in giving.others if giving.answers.others_stop.get(str(line.id))]


def _shown(giving: Giving) -> dict[str, Any]:
    replaced = _replaced(giving)
    return {
        "rows": _rows(giving),
        "replaced": [line.service.name for line in replaced],
        "stopping": [f"{helper_of(line)}: {line.service.name}" for line in _stopping(giving)],
        "yes": _yes(giving),
    }


def _yes(giving: Giving) -> str:
    if giving.helper is None:
        return _("Yes, whoever has the code may do this for me")
    return _("Yes, %(name)s may do this for me") % {"name": giving.helper_name}


def _replaced(giving: Giving) -> list[MandateService]:
    if giving.helper is None:
        return []
    return queries.replaced_by_offer(
        representee=giving.visitor.party,
        representative=giving.helper,
        services=giving.services,
        today=giving.today,
    )


def _rows(giving: Giving) -> list[Row]:
    terms = terms_of(giving)
    extra = [_answer(action.name, yes=action.key in terms.granted_actions) for action in giving.sensitive]
    rows = [
        Row(_("Who helps you"), [giving.helper_name], giving.url(Page.WHO)),
        Row(_("With what"), [service.name for service in giving.services], giving.url(Page.SERVICES)),
        Row(_("Extra permission"), extra, giving.url(Page.EXTRA)),
        Row(_("First day"), [day(terms.first_day)], giving.url(Page.FROM)),
        Row(_("Last day"), [_("up to and including %(day)s") % {"day": day(terms.last_day)}], giving.url(Page.UNTIL)),
        Row(_("Administration or guardianship"), [_("No")], giving.url(Page.ABOUT)),
        Row(_("Allowance partner"), [_("Yes") if giving.answers.partner else _("No")], giving.url(Page.PARTNER)),
    ]
    return [row for row in rows if row.values]


def _answer(name: str, *, yes: bool) -> str:
    return (_("Yes: %(action)s") if yes else _("No: %(action)s")) % {"action": name}
