"""Asking many clients at once to go on: a page to check, and one that says of each what was done."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from namens.lib import clock
from namens.mandates.actions.renew import ask_renewal
from namens.mandates.letters import letter_by
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.renewals import Renewal, renewals_of
from namens.organisations.models import Member
from namens.organisations.reach import grounds_of
from namens.pages.lengths import LENGTHS
from namens.pages.mandates.wording import day
from namens.pages.seen import CHANGED, is_seen, mark
from namens.pages.sentences import sentence_for
from namens.pages.work.here import member_here
from namens.pages.work.many import Ticked, keep_results, reached_among, ticked_or_404
from namens.signin.session import signed_in_member


@dataclass(frozen=True)
class Done:
    """What came of one: when the letter is there and where to take it back, or why it was not asked."""

    name: str
    services: str
    letter_by: str = ""
    withdraw_url: str = ""
    problem: str = ""


@require_http_methods(["GET", "POST"])
@signed_in_member
def check(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Show for whom what would be asked, and ask it after the yes."""
    member, ticked = member_here(request), ticked_or_404(request, draft)
    if ticked.is_done:
        return redirect("pages:work-renewed", draft=draft)
    renewals = _renewals(member, ticked)
    wanted = [one for one in renewals if one.refusal is None]
    now_shown = mark([str(one.mandate.id) for one in wanted])
    if request.method == "POST" and wanted and is_seen(request, now_shown=now_shown):
        keep_results(request, ticked, results=[_ask(one.mandate, member) for one in wanted])
        return redirect("pages:work-renewed", draft=draft)
    page = {
        "rows": [_row(one) for one in wanted],
        "refused": [
            (one.mandate.representee.person.name.full, sentence_for(one.refusal)) for one in renewals if one.refusal
        ],
        "letter_by": day(letter_by(clock.today())),
        "seen": now_shown,
        "problem": CHANGED if request.method == "POST" and wanted else "",
        "back_url": ticked.back_url,
        "section": "pages:work",
    }
    return render(request, "pages/work/renew_check.html", page)


@require_safe
@signed_in_member
def done(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Say for each client whom the member still reaches what was done. Four statements, however many."""
    ticked = ticked_or_404(request, draft)
    if not ticked.is_done:
        return redirect("pages:work-renew", draft=draft)
    page = {"rows": _done(member_here(request), ticked), "back_url": ticked.back_url, "section": "pages:work"}
    return render(request, "pages/work/renewed.html", page)


def _renewals(member: Member, ticked: Ticked) -> list[Renewal]:
    """Give what can be asked of who was ticked and is reached now, in the order of the list."""
    grounds, now = grounds_of(member, now=clock.now()), clock.now()
    reached = [client.party for client in reached_among(member, ticked=ticked, grounds=grounds)]
    every = renewals_of(member, clients=reached, grounds=grounds, now=now) if reached else []
    return sorted(every, key=lambda one: reached.index(one.mandate.representee_id))


def _ask(mandate: Mandate, member: Member) -> list[str]:
    """Ask, and give the mandate, the request and the refusal, of which one of the last two is empty."""
    try:
        return [str(mandate.id), str(ask_renewal(mandate=mandate.id, member=member, now=clock.now()).id), ""]
    except MandateRefused as refused:
        return [str(mandate.id), "", refused.reason.value]


def _row(renewal: Renewal) -> dict[str, str]:
    return {
        "name": renewal.mandate.representee.person.name.full,
        "services": ", ".join(service.name for service in renewal.services),
        "last_day": day(renewal.last_day),
        "length": str(LENGTHS[renewal.duration]),
    }


def _done(member: Member, ticked: Ticked) -> list[Done]:
    grounds = grounds_of(member, now=clock.now())
    mandates = Mandate.objects.select_related("representee__person").filter(
        id__in=[mandate for mandate, _, _ in ticked.results],
        representative=member.organisation_id,
        representee__in=[client.party for client in reached_among(member, ticked=ticked, grounds=grounds)],
    )
    names = {str(one.id): one.representee.person.name.full for one in mandates}
    made = MandateRequest.objects.filter(id__in=[asked for _, asked, _ in ticked.results if asked])
    by_id = {str(one.id): one for one in made.prefetch_related("services")}
    return [
        _one_done(names[mandate], by_id.get(asked), problem)
        for mandate, asked, problem in ticked.results
        if mandate in names
    ]


def _one_done(name: str, asked: MandateRequest | None, problem: str) -> Done:
    if asked is None:
        reason = MandateReason(problem) if problem else MandateReason.NOT_POSSIBLE
        return Done(name, "", problem=sentence_for(reason))
    services = ", ".join(service.name for service in asked.services.all())
    withdraw = "" if asked.withdrawn_at else reverse("pages:asked-withdraw", args=[asked.id])
    return Done(name, services, letter_by=day(asked.letter_by), withdraw_url=withdraw)
