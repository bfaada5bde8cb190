"""Iemand machtigen: a last look at all answers, and the yes to exactly these."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.mandates.actions import stop
from namens.mandates.models import MandateService
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.pages.choices import searching_portals, sensitive_actions
from namens.pages.client.give_about import helper_of
from namens.pages.client.giving import Giving, Page
from namens.pages.client.replaced import replaced_services
from namens.pages.client.resuming import giving_of
from namens.pages.mandates.wording import day
from namens.pages.register import register_obstacle
from namens.pages.rows import Row
from namens.pages.seen import CHANGED, is_seen, mark
from namens.pages.sentences import sentence_for
from namens.signin import browsers, drafts
from namens.signin.session import signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def check(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Show everything; the yes asks the register about the client, and then gives the mandate once."""
    giving = giving_of(request, draft=draft, page=Page.CHECK)
    if isinstance(giving, HttpResponse):
        return giving
    giving = _in_this_browser(request, giving)
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
            if giving.is_request and refused.reason is MandateReason.NOT_POSSIBLE:
                # It can be answered no more: the page of the request says why.
                return redirect(giving.url(Page.CHECK))
            problem = sentence_for(refused.reason)
        else:
            return redirect(giving.url(Page.CHECK))
    return giving.show(request, Page.CHECK, seen=seen, problem=problem, **_shown(giving))


def _in_this_browser(request: HttpRequest, giving: Giving) -> Giving:
    """Give the same way, knowing whether the helper was at this browser too within two hours."""
    if giving.helper is None:
        return giving
    shared = browsers.shared_by(request, one=giving.visitor.party, other=giving.helper, now=clock.now())
    return replace(giving, one_browser=shared) if shared else giving


def give(giving: Giving) -> None:
    """Say yes, and stop what the client wants stopped, once for a draft. Raises MandateRefused.

    A second submit of the same draft finds it finished, and leaves nothing behind.
    """
    now, party = clock.now(), giving.visitor.party
    with transaction.atomic():
        made = giving.say_yes(now=now)
        if not drafts.finish(draft=giving.draft, party=party, result=made, now=now):
            transaction.set_rollback(True)
            return
        for line in _stopping(giving):
            stop(mandate=line.mandate_id, by=party, now=now, service=line.service.key)


def _stopping(giving: Giving) -> list[MandateService]:
    return [line for line in giving.others if giving.answers.others_stop.get(str(line.id))]


def _shown(giving: Giving) -> dict[str, Any]:
    return {
        "rows": _rows(giving),
        **replaced_services(giving.replaced),
        "stopping": [f"{helper_of(line)}: {line.service.name}" for line in _stopping(giving)],
        "unguarded": giving.unguarded if giving.leaves_out else [],
        "searching": searching_portals(giving.services),
        "yes": _yes(giving),
        "organisation": giving.organisation,
        "at_once": not giving.needs_code,
        "waits": _waits(giving),
    }


def _mark(giving: Giving) -> str:
    """Give the mark of everything to which the client says yes."""
    terms = giving.terms
    return mark(
        giving.helper.id if giving.helper else None,
        [(service.key, service.version_id) for service in terms.services],
        sorted(terms.granted_actions),
        [terms.first_day, terms.last_day],
        sorted(str(line.id) for line in giving.replaced),
        sorted(str(line.id) for line in _stopping(giving)),
        giving.unguarded,
        giving.needs_code,
        bool(giving.one_browser),
    )


def _yes(giving: Giving) -> str:
    if giving.helper is None:
        return _("Yes, whoever has the code may do this for me")
    return _("Yes, %(name)s may do this for me") % {"name": giving.helper_name}


def _waits(giving: Giving) -> list[str]:
    """Say what waits for a second yes, because the helper was at this browser too."""
    wanted, given = giving.terms, giving.given_terms
    if given == wanted:
        return []
    why = _("%(name)s logged in on this device just now. So a yes here goes less far.") % {"name": giving.helper_name}
    longer = _("Longer: up to and including %(day)s.") % {"day": day(wanted.last_day)}
    actions = [action.name for action in giving.sensitive if action.key in wanted.granted_actions]
    extra = _("Extra permission: %(actions)s.") % {"actions": ", ".join(actions)}
    how = _("This waits for your second yes. You say it later in My mandates, on a device of your own.")
    return [why, *([longer] if given.last_day < wanted.last_day else []), *([extra] if actions else []), how]


def _rows(giving: Giving) -> list[Row]:
    terms = giving.given_terms
    extra = [
        _answer(action.name, yes=action.key in terms.granted_actions) for action in sensitive_actions(giving.services)
    ]
    rows = [
        (_("Who helps you"), giving.who, Page.WHO),
        (_("With what"), [service.name for service in giving.services], Page.SERVICES),
        (_("Extra permission"), extra, Page.EXTRA),
        (_("First day"), [day(terms.first_day)], Page.FROM),
        (_("Last day"), [_("up to and including %(day)s") % {"day": day(terms.last_day)}], Page.UNTIL),
        (_("Administration or guardianship"), [_("No")], Page.ABOUT),
        (_("Allowance partner"), [_("Yes") if giving.answers.partner else _("No")], Page.PARTNER),
    ]
    return [
        Row(label, values, giving.url(page) if page in giving.pages else "") for label, values, page in rows if values
    ]


def _answer(name: str, *, yes: bool) -> str:
    return (_("Yes: %(action)s") if yes else _("No: %(action)s")) % {"action": name}
