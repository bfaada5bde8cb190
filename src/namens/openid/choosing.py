"""Who chooses for whom they log in at a portal, or what else has to happen first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from namens.grants import actions, queries
from namens.grants.actions.allow import is_open
from namens.grants.models import AuthorizationRequest
from namens.grants.standing import Login
from namens.lib import assurance, clock
from namens.openid.answers import SeeOther, answer_to, error, no_store, origin, page
from namens.openid.fresh import fresh_visitor, place_of, way_in
from namens.signin.session import Visitor


@dataclass(frozen=True)
class Choosing:
    """Somebody who logged in for a request that is still open."""

    asked: AuthorizationRequest
    visitor: Visitor
    now: datetime

    @property
    def login(self) -> Login:
        """Give what this visitor wants before anybody is chosen."""
        return Login(
            portal=self.asked.portal,
            party=self.visitor.party.id,
            representee=None,
            level=self.visitor.level,
            services=tuple(self.asked.services),
            organisation=self.organisation,
        )

    @property
    def organisation(self) -> UUID | None:
        """Give the party in whose name a member acts; None for who is here as a private person."""
        return self.visitor.member.organisation_id if self.visitor.member else None


def choosing_for(request: HttpRequest, *, asked: UUID) -> Choosing | HttpResponse:
    """Give who chooses; or the page for who cannot (any more), or the way to the login. Raises Http404."""
    found = queries.request_of(asked)
    if found is None:
        raise Http404
    now = clock.now()
    visitor = fresh_visitor(request, asked=found)
    repeats = request.method == "POST" and found.used_at is not None and now < found.expires_at
    if not is_open(found, now=now) and not repeats:
        return spent(request, found)
    if visitor is None:
        return _log_in(request, found)
    if not assurance.meets(visitor.level, minimum=found.level):
        return _too_low(found, now)
    if found.expected not in {None, visitor.party.id}:
        return _somebody_else(found, now)
    return Choosing(asked=found, visitor=visitor, now=now)


def spent(request: HttpRequest, asked: AuthorizationRequest) -> HttpResponse:
    """Say that this login was finished already, or took too long."""
    context = {"portal": asked.portal, "url": f"{origin(asked.redirect_uri)}/"}
    return page(request, template="spent", context=context, status=400)


def _log_in(request: HttpRequest, asked: AuthorizationRequest) -> HttpResponse:
    """Send a reader to the login. Who was sending a form gets a page first: our form may not lead to a broker."""
    if request.method == "POST":
        return page(request, template="again", context={"portal": asked.portal, "url": place_of(asked)}, status=403)
    return no_store(SeeOther(way_in(asked)))


def _too_low(asked: AuthorizationRequest, now: datetime) -> HttpResponse:
    actions.cancel(asked, now=now)
    return answer_to(asked, error("unmet_authentication_requirements", "the login is not strong enough"))


def _somebody_else(asked: AuthorizationRequest, now: datetime) -> HttpResponse:
    """Go back at once: the portal asked for one person (OpenID Connect Core 3.1.2.1, `id_token_hint`)."""
    actions.cancel(asked, now=now)
    return answer_to(asked, error("login_required", "somebody else logged in"))
