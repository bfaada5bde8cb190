"""Pushed authorization requests: a portal asks from its own machine, where it proves who it is (RFC 9126)."""

from django.http import HttpRequest, HttpResponse

from namens.grants import actions
from namens.grants.actions.push import PUSHED_LIVES
from namens.grants.clients import Proven
from namens.grants.models import AuthorizationRequest
from namens.grants.plain import PlainReference
from namens.lib import clock
from namens.openid.answers import json_answer
from namens.openid.asking import asker, question
from namens.openid.credentials import authenticated
from namens.openid.door import for_portals
from namens.openid.granting import TokenRefused
from namens.openid.parameters import Parameters
from namens.openid.refusing import AskRefused, Unanswerable
from namens.openid.request_objects import that_count

ADDRESS = "urn:ietf:params:oauth:request_uri:"


@for_portals
def push(request: HttpRequest, parameters: Parameters) -> HttpResponse:
    """Keep a question that is in order, and give the address to send the person with (RFC 9126, 2.2)."""
    proven = authenticated(request, parameters=parameters, now=clock.now(), spend=True)
    reference = actions.push(_asked(parameters, proven))
    answer = {"request_uri": f"{ADDRESS}{reference.text}", "expires_in": int(PUSHED_LIVES.total_seconds())}
    return json_answer(answer, status=201)


def reference_in(parameters: Parameters) -> PlainReference | None:
    """Give the reference to a pushed request, when the browser brings one."""
    address = parameters.get("request_uri")
    return PlainReference(address.removeprefix(ADDRESS)) if address.startswith(ADDRESS) else None


def _asked(parameters: Parameters, proven: Proven) -> AuthorizationRequest:
    """Read what is pushed, by the rules of the authorization endpoint. Raises TokenRefused."""
    if "request_uri" in parameters:
        raise TokenRefused("invalid_request", "a pushed request has no request_uri")
    portal, now = proven.portal, clock.now()
    try:
        parameters = that_count(parameters, portal=portal, now=now)
        if parameters.get("client_id") != portal.client_id:
            raise TokenRefused("invalid_request", "client_id must be that of the portal which proves itself")
        by = asker(parameters, portal=portal)
        return question(parameters, by=by, now=now, shown=proven.confirmation.key)
    except Unanswerable:
        raise TokenRefused("invalid_request", "redirect_uri is not registered, or state is too long") from None
    except AskRefused as refused:
        raise TokenRefused(refused.error, refused.description) from None
