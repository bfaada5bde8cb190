"""The second yes: what a client wanted at one browser with the helper, and gets only elsewhere."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.mandates import second
from namens.mandates.actions import Elsewhere, confirm_second_yes, refuse_second_yes
from namens.mandates.models import Mandate, SecondYes
from namens.mandates.refusals import MandateRefused
from namens.pages.choices import sensitive_actions
from namens.pages.mandates.wording import day, other_name
from namens.pages.register import register_obstacle
from namens.pages.rows import Row
from namens.pages.sentences import sentence_for
from namens.parties.models import Party
from namens.services.models import Service
from namens.signin import browsers
from namens.signin.session import Visitor, present, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def second_yes(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Show what waits and ask for a yes or a no; in the browser of the first yes only say where it can be said."""
    visitor = present(request)
    waits = second.of_mandate(mandate, client=visitor.party, today=clock.today())
    if waits is None:
        return _gone(visitor, mandate)
    elsewhere, problem = _elsewhere(request, waits, visitor), ""
    if request.method == "POST":
        obstacle = register_obstacle(request, party=visitor.party)
        if obstacle is not None:
            return obstacle
        try:
            _answer(request, visitor, mandate=mandate, elsewhere=elsewhere)
        except MandateRefused as refused:
            problem = sentence_for(refused.reason)
        else:
            return redirect("pages:mandate", mandate=mandate)
    return render(request, "pages/mandates/second_yes.html", _shown(waits, visitor.party, elsewhere, problem))


def waiting_links(client: Party) -> list[dict[str, object]]:
    """Give what waits for this client's second yes, for *Mijn machtigingen*. One statement."""
    return [
        {"mandate": one.mandate_id, "name": other_name(one.mandate, viewer=client)}
        for one in second.waiting_for(client, today=clock.today())
    ]


def waits_sentences(mandate: Mandate, *, client: Party) -> list[str]:
    """Say after a first yes that something waits, and where the second yes is said. One statement, or none."""
    if mandate.held_to is None:
        return []
    waits = second.of_mandate(mandate.id, client=client, today=clock.today())
    if waits is None:
        return []
    return [
        _("You chose more than this. Your helper logged in on this device too, so the rest waits for your second yes."),
        _("Log in on a device of your own, up to and including %(day)s. In My mandates you see what waits.")
        % {"day": day(waits.waits_until)},
    ]


def _gone(visitor: Visitor, mandate: UUID) -> HttpResponse:
    """Lead to the mandate of who gave it: it was answered, or is over. Raises Http404 for anybody else."""
    if not SecondYes.objects.filter(mandate=mandate, mandate__representee=visitor.party).exists():
        raise Http404
    return redirect("pages:mandate", mandate=mandate)


def _elsewhere(request: HttpRequest, waits: SecondYes, visitor: Visitor) -> Elsewhere:
    helper = waits.mandate.representative
    there = helper is not None and browsers.were_here_together(
        request, one=visitor.party, other=helper, now=clock.now()
    )
    return Elsewhere(browser=browsers.digest_of(request), helper_was_there=there)


def _answer(request: HttpRequest, visitor: Visitor, *, mandate: UUID, elsewhere: Elsewhere) -> None:
    if request.POST.get("answer") == SecondYes.YES:
        confirm_second_yes(mandate=mandate, by=visitor.party, at=elsewhere, level=visitor.level, now=clock.now())
    elif request.POST.get("answer") == SecondYes.NO:
        refuse_second_yes(mandate=mandate, by=visitor.party, now=clock.now())


def _shown(waits: SecondYes, client: Party, elsewhere: Elsewhere, problem: str) -> dict[str, object]:
    lines = waits.mandate.lines.filter(stopped_at__isnull=True).select_related("service").order_by("service__position")
    services: list[Service] = [line.service for line in lines]
    extra = [action.name for action in sensitive_actions(services) if action.key in waits.granted_actions]
    until = _("up to and including %(day)s, instead of %(before)s") % {
        "day": day(waits.last_day),
        "before": day(waits.held_at),
    }
    rows = [
        Row(_("Who helps you"), [other_name(waits.mandate, viewer=client)]),
        Row(_("With what"), [service.name for service in services]),
        *([Row(_("Longer"), [until])] if waits.last_day > waits.held_at else []),
        *([Row(_("Extra permission"), extra)] if extra else []),
        Row(_("You can answer up to and including"), [day(waits.waits_until)]),
    ]
    return {
        "rows": rows,
        "name": other_name(waits.mandate, viewer=client),
        "can_answer": not elsewhere.helper_was_there and (not waits.browser or waits.browser != elsewhere.browser),
        "problem": problem,
        "section": "pages:mandates",
    }
