"""My client is not in the list: why, and what to do. It speaks of the reader's own mandates and licences only."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from namens.grants import queries
from namens.grants.queries import Obstacle
from namens.lib import assurance
from namens.lib.assurance import AssuranceLevel
from namens.mandates.decision import Reason
from namens.mandates.gaps import found_by_name, gaps_of
from namens.mandates.licences import Gap
from namens.openid import clients, explaining
from namens.openid.answers import SeeOther, no_store, page
from namens.openid.choosing import Choosing, choosing_for
from namens.openid.explaining import Explanation
from namens.openid.forms import Search
from namens.openid.fresh import place_of
from namens.organisations.models import Member
from namens.organisations.reach import grounds_of, managers_of
from namens.services.models import Service


@require_http_methods(["GET", "HEAD", "POST"])
def missing(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Explain why a client is not in the list, and what to do. A member says first which client is meant."""
    choosing = choosing_for(request, asked=asked)
    if isinstance(choosing, HttpResponse):
        return choosing
    if request.method == "POST":
        clients.seek(request.session, words=request.POST.get("words", ""))
        return no_store(SeeOther(reverse("openid:missing", args=[asked])))
    member = choosing.visitor.member
    return _for_person(request, choosing) if member is None else _for_member(request, choosing, member)


def _for_person(request: HttpRequest, choosing: Choosing) -> HttpResponse:
    obstacles = queries.obstacles_for(choosing.login, now=choosing.now)
    context = {
        "portal": choosing.asked.portal,
        "explanations": [explaining.explanation(obstacle) for obstacle in obstacles],
        "back_url": place_of(choosing.asked),
    }
    return page(request, template="missing", context=context)


def _for_member(request: HttpRequest, choosing: Choosing, member: Member) -> HttpResponse:
    """Say what the licence lacks, and of clients with the sought name what their mandate lacks."""
    words, services = clients.sought(request.session), queries.services_of(choosing.asked)
    context = {
        "portal": choosing.asked.portal,
        "login": _of_login(choosing, services),
        "licences": _of_licences(choosing, member, services),
        "search": Search(initial={"words": words}),
        "words": words,
        "explanations": _of_clients(choosing, member, words=words),
        "back_url": place_of(choosing.asked),
    }
    return page(request, template="missing_at_work", context=context)


def _of_login(choosing: Choosing, asked: Sequence[Service]) -> Explanation | None:
    """Say that the login is too weak, where it is so for everything that the portal asks."""
    level = choosing.visitor.level
    if any(assurance.meets(level, minimum=AssuranceLevel(service.minimum_level)) for service in asked):
        return None
    obstacle = Obstacle(Reason.ASSURANCE_TOO_LOW, name=", ".join(service.name for service in asked), day=None)
    return explaining.explanation(obstacle)


def _of_licences(choosing: Choosing, member: Member, asked: Sequence[Service]) -> list[Explanation]:
    names = {service.key: service.name for service in asked}
    gaps = gaps_of(member, services=names, at=choosing.now)
    managers = [one for one in managers_of(member.organisation) if one.party_id != member.party_id] if gaps else []
    return explaining.of_licences(gaps, names=names, managers=managers)


def _of_clients(choosing: Choosing, member: Member, *, words: str) -> list[Explanation]:
    login, grounds = choosing.login, grounds_of(member, now=choosing.now)
    among = found_by_name(member, typed=words, grounds=grounds, services=login.services)
    obstacles = queries.obstacles_for(login, now=choosing.now, among=among) if among else []
    return [explaining.explanation(obstacle) for obstacle in obstacles if _is_about_client(obstacle)]


def _is_about_client(obstacle: Obstacle) -> bool:
    """Say whether there is more to tell than what the licence lacks; of clients of another team nothing is told."""
    return obstacle.reason is not Reason.NO_LICENCE or obstacle.gap is Gap.REASON_NEEDED
