"""Logging out at the portal's wish (OpenID Connect RP-Initiated Logout 1.0): the login there ends, and here too.

Portals with BSNs send people here by POST, from another site: then the browser does not show our session. So the
second step is a GET of our own, with a sealed ticket for one minute.
"""

from dataclasses import dataclass
from uuid import UUID

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
from namens.openid import tickets
from namens.openid.answers import SeeOther, is_returnable, no_store, page, unanswerable, with_query
from namens.openid.parameters import Parameters
from namens.openid.tickets import Ticket, WrongTicket
from namens.services.models import Portal, Status
from namens.signin import visits
from namens.signin.session import expired_party, forgetting
from namens.signin.session import logout as sign_out


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
    family, now = queries.family_of(leaving.sid), clock.now()
    if family is not None:
        actions.end_family(family, by=EndedBy.LOGGED_OUT, channel=Channel.PORTAL, now=now)
    ticket = tickets.sealed(Ticket(party=leaving.party, destination=leaving.destination), now=now)
    return no_store(SeeOther(with_query(reverse("openid:logged-out"), {"ticket": ticket})))


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """Log the person out here too, when it is the same one, and go where the portal wants; or end the visit."""
    now = clock.now()
    try:
        ticket = tickets.opened(request.GET.get("ticket", ""), now=now)
    except WrongTicket:
        return unanswerable(request)
    here = expired_party(request)
    if here is not None and here.id == ticket.party:
        sign_out(request, now=now)
        if visits.over(request.session) is not None:
            # At a helper's table the end is ours to show: the broker has to hear of it, and somebody may be next.
            return forgetting(no_store(SeeOther(reverse("pages:visit-leaving"))))
    return forgetting(no_store(SeeOther(ticket.destination)) if ticket.destination else gone(request))


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Log out the person who said yes."""
    try:
        leaving = _leaving(Parameters.read(request.POST))
    except WrongLogout:
        return unanswerable(request)
    sign_out(request, now=clock.now())
    if visits.over(request.session) is not None:
        return forgetting(no_store(SeeOther(reverse("pages:visit-leaving"))))
    # Never a page as the answer to a form: switching the language there would lead nowhere.
    return forgetting(no_store(SeeOther(leaving.destination or reverse("openid:gone"))))


@require_safe
def gone(request: HttpRequest) -> HttpResponse:
    """Say that it is over, where a portal named no address to go on to."""
    return page(request, template="logged_out", context={})


def _leaving(parameters: Parameters) -> Leaving:
    """Read what a portal asked. Raises WrongLogout: an unknown portal, or an address that it did not register."""
    if parameters.malformed or not is_returnable(parameters.get("state")):
        raise WrongLogout
    hint = _hint(parameters.get("id_token_hint"))
    portal = _portal(parameters.get("client_id"), proven=str(hint.get("aud", "")))
    return Leaving(
        portal=portal,
        sid=str(hint.get("sid", "")),
        party=_party(str(hint.get("sub", "")), portal),
        destination=_destination(parameters, portal),
    )


def _portal(named: str, *, proven: str) -> Portal | None:
    """Give the portal of the ID token, else the approved one that is named. Raises WrongLogout for another name."""
    client_id = proven or named
    if named not in {"", client_id}:
        raise WrongLogout
    portal = Portal.objects.filter(client_id=client_id).first() if client_id else None
    if named and (portal is None or not (proven or portal.status == Status.APPROVED)):
        raise WrongLogout
    return portal


def _destination(parameters: Parameters, portal: Portal | None) -> str:
    """Give where to go afterwards. Who leaves a portal that is not approved any more stays here."""
    address = parameters.get("post_logout_redirect_uri")
    if not address:
        return ""
    if portal is None or address not in portal.post_logout_redirect_uris:
        raise WrongLogout
    state = {"state": parameters.get("state")} if "state" in parameters else {}
    return with_query(address, state) if portal.status == Status.APPROVED else ""


def _hint(token: str) -> dict[str, object]:
    """Give the claims of our own ID token, however old while its key is published; nothing for anything else."""
    try:
        return opened(token, typ=ID_TOKEN, now=clock.now()) if token else {}
    except NotOurs:
        return {}


def _party(sub: str, portal: Portal | None) -> UUID | None:
    try:
        return party_of(sub, sector=portal.sector) if portal is not None else None
    except UnknownPairwiseId:
        return None


def _ask(request: HttpRequest, parameters: Parameters, leaving: Leaving) -> HttpResponse:
    kept = {name: parameters.get(name) for name in ("client_id", "post_logout_redirect_uri", "state")}
    here = with_query(request.path, {name: value for name, value in kept.items() if value})
    context = {"kept": kept, "portal": leaving.portal, "language_next": here}
    return page(request, template="logout", context=context, form_to=leaving.destination)
