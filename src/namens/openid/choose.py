"""For whom do you log in? The page between the login and the portal."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from namens.grants import actions, queries
from namens.grants.actions.allow import Allowed, Choice, is_open
from namens.grants.models import AuthorizationRequest
from namens.grants.refusals import GrantReason, GrantRefusal
from namens.lib import assurance, clock
from namens.openid import options
from namens.openid.answers import SeeOther, answer_to, error, no_store, origin, page
from namens.openid.asking import level_needed
from namens.openid.forms import Chosen, ForWhom, read_choice
from namens.openid.fresh import fresh_visitor, place_of
from namens.signin.session import Visitor, login_url


@dataclass(frozen=True)
class Choosing:
    """Somebody who logged in for a request that is still open."""

    asked: AuthorizationRequest
    visitor: Visitor
    now: datetime


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Ask for whom somebody logs in; with the answer, decide again and go back to the portal."""
    choosing = _choosing(request, asked)
    if isinstance(choosing, HttpResponse):
        return choosing
    if request.method != "POST":
        return _question(request, choosing)
    if "cancel" in request.POST:
        return _cancel(request, choosing)
    chosen = read_choice(request.POST.get("person", ""))
    return _question(request, choosing, bound=True) if chosen is None else _decide(request, choosing, chosen)


@require_safe
def missing(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Explain why a client is not in the list, and what to do. It speaks of this helper's own mandates only."""
    choosing = _choosing(request, asked)
    if isinstance(choosing, HttpResponse):
        return choosing
    obstacles = queries.obstacles_for(options.login(choosing.asked, choosing.visitor), now=choosing.now)
    context = {
        "portal": choosing.asked.portal,
        "explanations": [options.explanation(obstacle) for obstacle in obstacles],
        "back_url": place_of(choosing.asked),
    }
    return page(request, template="missing", context=context)


def _choosing(request: HttpRequest, asked: UUID) -> Choosing | HttpResponse:
    """Give who chooses; or the page for who cannot (any more), or the way to the login."""
    found = queries.request_of(asked)
    if found is None:
        raise Http404
    now = clock.now()
    visitor = fresh_visitor(request, asked=found)
    repeats = request.method == "POST" and found.used_at is not None and now < found.expires_at
    if not is_open(found, now=now) and not repeats:
        return _spent(request, found)
    if visitor is None:
        return _log_in(request, found)
    if not assurance.meets(visitor.level, minimum=found.level):
        return _too_low(found, now)
    return Choosing(asked=found, visitor=visitor, now=now)


def _log_in(request: HttpRequest, asked: AuthorizationRequest) -> HttpResponse:
    """Send a reader to the login. Who was sending a form gets a page first: our form may not lead to a broker."""
    place = place_of(asked)
    if request.method == "POST":
        return page(request, template="again", context={"portal": asked.portal, "url": place}, status=403)
    level = level_needed(queries.services_of(asked), minimum=asked.level)
    return no_store(SeeOther(login_url(next_path=place, level=level)))


def _cancel(request: HttpRequest, choosing: Choosing) -> HttpResponse:
    if not actions.cancel(choosing.asked, now=choosing.now):
        return _spent(request, choosing.asked)
    return answer_to(choosing.asked, error("access_denied", "the person did not want to log in"))


def _too_low(asked: AuthorizationRequest, now: datetime) -> HttpResponse:
    actions.cancel(asked, now=now)
    return answer_to(asked, error("unmet_authentication_requirements", "the login is not strong enough"))


def _spent(request: HttpRequest, asked: AuthorizationRequest) -> HttpResponse:
    context = {"portal": asked.portal, "url": f"{origin(asked.redirect_uri)}/"}
    return page(request, template="spent", context=context, status=400)


def _decide(request: HttpRequest, choosing: Choosing, chosen: Chosen) -> HttpResponse:
    """Decide again, with what holds at this moment."""
    visitor = choosing.visitor
    choice = Choice(
        visitor.party,
        level=visitor.level,
        auth_time=visitor.auth_time,
        representee=chosen.representee,
        organisation=visitor.member.organisation_id if visitor.member else None,
    )
    outcome = actions.allow(choosing.asked, choice=choice, now=choosing.now)
    if isinstance(outcome, Allowed):
        return answer_to(choosing.asked, {"code": outcome.code.text})
    if outcome == GrantRefusal(GrantReason.REQUEST_SPENT):
        return _spent(request, choosing.asked)
    return _question(request, choosing, problem=_("This is not possible any more. Choose again."))


def _question(request: HttpRequest, choosing: Choosing, *, bound: bool = False, problem: str = "") -> HttpResponse:
    """Show the answers that hold now. A wrong answer comes back with what to do about it."""
    answers = options.answers(choosing.asked, choosing.visitor, now=choosing.now)
    form = ForWhom(request.POST if bound or problem else None, answers=answers, chosen=str(choosing.asked.hinted or ""))
    if problem:
        form.errors.clear()
        form.add_error("person", problem)
    context = {"form": form, "portal": choosing.asked.portal, "answers": answers, "request_uuid": choosing.asked.id}
    status = 400 if form.is_bound else 200
    return page(request, template="choose", context=context, status=status, form_to=choosing.asked.redirect_uri)
