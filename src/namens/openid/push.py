"""Pushed authorization requests: a portal asks from its own machine, where it proves who it is (RFC 9126)."""

from dataclasses import replace

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from namens.grants import actions, dpop
from namens.grants.actions.push import PUSHED_LIVES
from namens.grants.clients import Proven
from namens.grants.confirmation import Confirmation
from namens.grants.models import AuthorizationRequest
from namens.grants.plain import PlainReference
from namens.lib import clock
from namens.openid.answers import json_answer
from namens.openid.asking import asker, question
from namens.openid.credentials import authenticated
from namens.openid.door import for_portals
from namens.openid.evidence import evidence_of
from namens.openid.granting import TokenRefused
from namens.openid.parameters import Parameters
from namens.openid.refusing import AskRefused, Unanswerable
from namens.openid.request_objects import that_count
from namens.services.profiles import Binding

ADDRESS = "urn:ietf:params:oauth:request_uri:"


@for_portals
def push(request: HttpRequest, parameters: Parameters) -> HttpResponse:
    """Keep a question that is in order, and give the address to send the person with (RFC 9126, 2.2).

    What proves the portal is used up with the question, and with a question that is refused too.
    """
    proven = _proven(request, parameters)
    asked = _asked(parameters, proven)
    with transaction.atomic():
        proven.spend()
        pushed = asked if isinstance(asked, TokenRefused) else actions.push(asked)
    if isinstance(pushed, TokenRefused):
        raise pushed
    answer = {"request_uri": f"{ADDRESS}{pushed.text}", "expires_in": int(PUSHED_LIVES.total_seconds())}
    return json_answer(answer, status=201)


def reference_in(parameters: Parameters) -> PlainReference | None:
    """Give the reference to a pushed request, when the browser brings one."""
    address = parameters.get("request_uri")
    return PlainReference(address.removeprefix(ADDRESS)) if address.startswith(ADDRESS) else None


def _proven(request: HttpRequest, parameters: Parameters) -> Proven:
    """Give the portal, with the DPoP key that it shows, if any (RFC 9449, 10.1). Raises what the door translates.

    Nothing is used up yet: who has to come again with a nonce may bring the same assertion.
    """
    now = clock.now()
    proven = authenticated(request, parameters=parameters, now=now, spend=False)
    takes_proofs = Binding.PROOF in proven.portal.rules.bindings
    proof = dpop.shown(evidence_of(request), portal=proven.portal, now=now) if takes_proofs else None
    if proof is None:
        return proven
    return replace(proven, proof=proof.used, confirmation=Confirmation(key=proof.thumbprint))


def _asked(parameters: Parameters, proven: Proven) -> AuthorizationRequest | TokenRefused:
    """Read what is pushed, by the rules of the authorization endpoint; or say what is wrong with it.

    No transaction is open here: the keys of a portal may have to be fetched.
    """
    if "request_uri" in parameters:
        return TokenRefused("invalid_request", "a pushed request has no request_uri")
    portal, now = proven.portal, clock.now()
    try:
        parameters = that_count(parameters, portal=portal, now=now)
        if parameters.get("client_id") != portal.client_id:
            return TokenRefused("invalid_request", "client_id must be that of the portal which proves itself")
        by = asker(parameters, portal=portal)
        return question(parameters, by=by, now=now, shown=proven.confirmation.key)
    except Unanswerable:
        told = "redirect_uri is not registered, state is too long, or response_mode is not query"
        return TokenRefused("invalid_request", told)
    except AskRefused as refused:
        return TokenRefused(refused.error, refused.description)
