"""Logging out at the portal's wish (OpenID Connect RP-Initiated Logout 1.0): the login there ends, and here too.

Portals with BSNs send people here by POST, from another site: then the browser does not show our session. So the
second step is a GET of our own, with a signed ticket for one minute.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namens.grants import actions, queries
from namens.grants.models import EndedBy
from namens.grants.pairwise import UnknownPairwiseId, party_of
from namens.grants.signing import NotOurs, opened
from namens.grants.tokens import ID_TOKEN
from namens.journal.events import Channel
from namens.lib import clock
from namens.openid.answers import SeeOther, no_store, page, unanswerable, with_query
from namens.openid.parameters import Parameters
from namens.services.models import Portal
from namens.signin.session import logout as sign_out
from namens.signin.session import visitor_of

TICKET_SALT = "namens.openid.logout"
TICKET_SECONDS = 60


class WrongLogout(ValueError):
    """The parts of this request do not belong together."""


@dataclass(frozen=True)
class Leaving:
    """What a portal asked: whose login ends (None: not proven), and the address to go to (empty: none)."""

    portal: Portal | None
    sid: str
    party: UUID | None
    destination: str


@csrf_exempt  # A portal's own form may post here; only its ID token makes anything happen.
@require_http_methods(["GET", "POST"])
def logout(request: HttpRequest) -> HttpResponse:
    """End the login that the ID token proves; without a valid one, ask the person."""
    parameters = Parameters.of(request)
    try:
        leaving = _leaving(parameters)
    except WrongLogout:
        return unanswerable(request)
    if leaving.party is None:
        return _ask(request, parameters, leaving)
    family = queries.family_of(leaving.sid)
    if family is not None:
        actions.end_family(family, by=EndedBy.LOGGED_OUT, channel=Channel.PORTAL, now=clock.now())
    ticket = signing.dumps({"party": str(leaving.party), "to": leaving.destination}, salt=TICKET_SALT)
    return no_store(SeeOther(with_query(reverse("openid:logged-out"), {"ticket": ticket})))


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """Log the person out here too, when it is the same one, and go where the portal wants."""
    try:
        ticket = signing.loads(request.GET.get("ticket", ""), salt=TICKET_SALT, max_age=TICKET_SECONDS)
    except signing.BadSignature:
        return unanswerable(request)
    visitor = visitor_of(request)
    if visitor is not None and str(visitor.party.id) == ticket["party"]:
        sign_out(request, now=clock.now())
    return _gone(request, ticket["to"])


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Log out the person who said yes."""
    try:
        leaving = _leaving(Parameters.read(request.POST))
    except WrongLogout:
        return unanswerable(request)
    sign_out(request, now=clock.now())
    return _gone(request, leaving.destination)


def _leaving(parameters: Parameters) -> Leaving:
    """Read what a portal asked. Raises WrongLogout: an unknown portal, or an address that it did not register."""
    if parameters.malformed:
        raise WrongLogout
    hint = _hint(parameters.get("id_token_hint"))
    client_id = str(hint.get("aud", "")) or parameters.get("client_id")
    portal = Portal.objects.filter(client_id=client_id).first() if client_id else None
    if portal is None and "client_id" in parameters:
        raise WrongLogout
    if parameters.get("client_id") not in {"", client_id}:
        raise WrongLogout
    address = parameters.get("post_logout_redirect_uri")
    if address and (portal is None or address not in portal.post_logout_redirect_uris):
        raise WrongLogout
    state = {"state": parameters.get("state")} if "state" in parameters else {}
    return Leaving(
        portal=portal,
        sid=str(hint.get("sid", "")),
        party=_party(str(hint.get("sub", "")), portal),
        destination=with_query(address, state) if address else "",
    )


def _hint(token: str) -> dict[str, object]:
    """Give the claims of our own ID token, however old; nothing for anything else."""
    try:
        return opened(token, typ=ID_TOKEN) if token else {}
    except NotOurs:
        return {}


def _party(sub: str, portal: Portal | None) -> UUID | None:
    try:
        return party_of(sub, sector=portal.sector) if portal is not None else None
    except UnknownPairwiseId:
        return None


def _ask(request: HttpRequest, parameters: Parameters, leaving: Leaving) -> HttpResponse:
    kept = {name: parameters.get(name) for name in ("client_id", "post_logout_redirect_uri", "state")}
    context = {"kept": kept, "portal": leaving.portal}
    return page(request, template="logout", context=context, form_to=leaving.destination)


def _gone(request: HttpRequest, destination: str) -> HttpResponse:
    return no_store(SeeOther(destination)) if destination else page(request, template="logged_out", context={})
