"""Iemand machtigen: a last look at all answers, and the yes to exactly these."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.mandates.actions import offer, stop
from namens.mandates.models import MandateService
from namens.mandates.refusals import MandateRefused
from namens.mandates.terms import Terms
from namens.pages.client.give_about import helper_of
from namens.pages.client.giving import Giving, Page, giving_of
from namens.pages.mandates.wording import day
from namens.pages.register import register_obstacle
from namens.pages.seen import is_seen, mark
from namens.pages.sentences import sentence_for
from namens.signin import drafts
from namens.signin.session import signed_in

CHANGED = gettext_lazy("Something was changed after this page came up. Look at everything again, and then say yes.")


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
    seen, problem = _mark(giving), ""
    if request.method == "POST" and not is_seen(request, now_shown=seen):
        problem = str(CHANGED)
    elif request.method == "POST":
        obstacle = register_obstacle(request, party=giving.visitor.party)
        if obstacle is not None:
            return obstacle
        try:
            give(giving)
        except MandateRefused as refused:
            problem = sentence_for(refused.reason)
        else:
            return redirect(giving.url(Page.CHECK))
    return giving.show(request, Page.CHECK, seen=seen, problem=problem, **_shown(giving))


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
    running = [line.service.name for line in giving.replaced if line.mandate.activated_at is not None]
    waiting = [line.service.name for line in giving.replaced if line.mandate.activated_at is None]
    return {
        "rows": _rows(giving),
        "replaced": running,
        "waiting": waiting,
        "stopping": [f"{helper_of(line)}: {line.service.name}" for line in _stopping(giving)],
        "unguarded": giving.unguarded if giving.answers.leaves_out else [],
        "yes": _yes(giving),
    }


def _mark(giving: Giving) -> str:
    """Give the mark of everything to which the client says yes."""
    terms = terms_of(giving)
    return mark(
        giving.helper.id if giving.helper else None,
        [(service.key, service.version_id) for service in terms.services],
        sorted(terms.granted_actions),
        [terms.first_day, terms.last_day],
        sorted(str(line.id) for line in giving.replaced),
        sorted(str(line.id) for line in _stopping(giving)),
        giving.unguarded,
    )


def _yes(giving: Giving) -> str:
    if giving.helper is None:
        return _("Yes, whoever has the code may do this for me")
    return _("Yes, %(name)s may do this for me") % {"name": giving.helper_name}


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
