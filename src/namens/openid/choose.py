"""For whom do you log in? The page between the login and the portal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from namens.grants import actions
from namens.grants.actions.allow import Allowed, Choice
from namens.grants.claims import learns_bsn, learns_names
from namens.grants.claims_asked import ClaimsAsked
from namens.grants.models import AuthorizationRequest
from namens.grants.refusals import GrantReason, GrantRefusal
from namens.openid import clients, options
from namens.openid.answers import SeeOther, answer_to, error, no_store, page
from namens.openid.choosing import Choosing, choosing_for, spent
from namens.openid.forms import Answer, Chosen, ForWhom, Search, read_choice
from namens.openid.fresh import place_of
from namens.organisations.models import Member
from namens.signin import visits


@dataclass(frozen=True)
class Shown:
    """The answers that hold now, and what else the page says."""

    template: str
    answers: Sequence[Answer]
    more: Mapping[str, Any] = field(default_factory=dict)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Ask for whom somebody logs in; with the answer, decide again and go back to the portal. A visit has no choice."""
    choosing = choosing_for(request, asked=asked)
    if isinstance(choosing, HttpResponse):
        return choosing
    visit = visits.under_way(request.session, now=choosing.now)
    if visit is not None:
        return _for_oneself(request, choosing, visit=visit.id)
    if request.method != "POST":
        return _question(request, choosing)
    if "cancel" in request.POST:
        return _cancel(request, choosing)
    if "words" in request.POST and choosing.visitor.member is not None:
        clients.seek(request.session, words=request.POST["words"])
        return no_store(SeeOther(place_of(choosing.asked)))
    chosen = read_choice(request.POST.get("person", ""))
    return _question(request, choosing, bound=True) if chosen is None else _decide(request, choosing, chosen)


def _for_oneself(request: HttpRequest, choosing: Choosing, *, visit: UUID) -> HttpResponse:
    """Go on at once, as oneself: at a helper's table nobody is represented, and there is nothing to choose."""
    choice = Choice(
        choosing.visitor.party,
        level=choosing.visitor.level,
        auth_time=choosing.visitor.auth_time,
        representee=None,
        organisation=choosing.organisation,
        visit=visit,
    )
    outcome = actions.allow(choosing.asked, choice=choice, now=choosing.now)
    if isinstance(outcome, Allowed):
        return answer_to(choosing.asked, {"code": outcome.code.text})
    if outcome == GrantRefusal(GrantReason.REQUEST_SPENT):
        return spent(request, choosing.asked)
    actions.cancel(choosing.asked, now=choosing.now)
    return answer_to(choosing.asked, error("access_denied", "this person cannot come here for themselves"))


def _cancel(request: HttpRequest, choosing: Choosing) -> HttpResponse:
    if not actions.cancel(choosing.asked, now=choosing.now):
        return spent(request, choosing.asked)
    return answer_to(choosing.asked, error("access_denied", "the person did not want to log in"))


def _decide(request: HttpRequest, choosing: Choosing, chosen: Chosen) -> HttpResponse:
    """Decide again, with what holds at this moment."""
    visitor = choosing.visitor
    choice = Choice(
        visitor.party,
        level=visitor.level,
        auth_time=visitor.auth_time,
        representee=chosen.representee,
        organisation=choosing.organisation,
    )
    outcome = actions.allow(choosing.asked, choice=choice, now=choosing.now)
    if isinstance(outcome, Allowed):
        return answer_to(choosing.asked, {"code": outcome.code.text})
    if outcome == GrantRefusal(GrantReason.REQUEST_SPENT):
        return spent(request, choosing.asked)
    return _question(request, choosing, problem=_("This is not possible any more. Choose again."))


def _question(request: HttpRequest, choosing: Choosing, *, bound: bool = False, problem: str = "") -> HttpResponse:
    """Show the answers that hold now. A wrong answer comes back with what to do about it."""
    member, asked = choosing.visitor.member, choosing.asked
    shown = _answers(choosing) if member is None else _clients(request, choosing, member)
    form = ForWhom(request.POST if bound or problem else None, answers=shown.answers, chosen=str(asked.hinted or ""))
    if problem:
        form.errors.clear()
        form.add_error("person", problem)
    context = {
        "form": form,
        "portal": asked.portal,
        **_learns(asked),
        "answers": shown.answers,
        "request_uuid": asked.id,
        **shown.more,
    }
    status = 400 if form.is_bound else 200
    return page(request, template=shown.template, context=context, status=status, form_to=asked.redirect_uri)


def _learns(asked: AuthorizationRequest) -> dict[str, bool]:
    """Say what of people the portal gets to know, whatever is chosen."""
    claims = ClaimsAsked.of(asked.claims)
    return {
        "learns_names": learns_names(asked.portal, asked=claims),
        "learns_bsn": learns_bsn(asked.portal, asked=claims),
    }


def _answers(choosing: Choosing) -> Shown:
    return Shown(
        "choose", options.answers(choosing.asked, choosing.login, name=choosing.visitor.name, now=choosing.now)
    )


def _clients(request: HttpRequest, choosing: Choosing, member: Member) -> Shown:
    """Give one page of a member's clients: those who have what is sought in their name. Before them all stands the
    organisation itself, where this member may choose that."""
    words, number = clients.sought(request.session), clients.page_number(request.GET.get("page", "1"))
    found = clients.find(
        choosing.asked, login=choosing.login, member=member, words=words, page=number, now=choosing.now
    )
    is_start = number == 1 and not words
    own = clients.itself(choosing.asked, login=choosing.login, member=member, now=choosing.now) if is_start else []
    more = {
        "search": Search(initial={"words": words}),
        "words": words,
        "for_managers": clients.is_for_managers(choosing.asked) and not member.is_manager,
        "outside": found.outside,
        "earlier_url": clients.page_url(choosing.asked, number - 1) if number > 1 else "",
        "later_url": clients.page_url(choosing.asked, number + 1) if found.has_more else "",
    }
    return Shown("clients", own + found.answers, more)
