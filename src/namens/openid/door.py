"""The endpoints that portals call themselves: a POST with parameters in its body, and JSON for an answer.

One place says no to all of them (RFC 6749, 5.2), so that the same mistake gets the same words everywhere.
"""

from collections.abc import Callable
from functools import wraps

import structlog
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from namens.grants.encryption import NoEncryptionKey
from namens.grants.refusals import ClientRefused, ProofRefused
from namens.grants.signing import NoSigningKey
from namens.lib import clock
from namens.openid import refusals_told
from namens.openid.answers import error, json_answer
from namens.openid.evidence import with_nonce
from namens.openid.granting import TokenRefused
from namens.openid.parameters import Parameters
from namens.signin.middleware import for_machines

Door = Callable[[HttpRequest, Parameters], HttpResponse]
View = Callable[[HttpRequest], HttpResponse]

DESCRIPTIONS = {
    "use_dpop_nonce": "make the proof again, with the nonce of this answer",
    "invalid_dpop_proof": "the DPoP proof is missing or not in order",
    "invalid_request": "the client certificate is missing or not in order",
    "invalid_token": "the access token is not valid (any more), or came without what it is bound to",
}

log = structlog.get_logger()


def for_portals(door: Door) -> View:
    """Give the view of an endpoint that portals call: it hands over sound parameters, and translates refusals."""

    @for_machines
    @csrf_exempt  # Portals call this, not browsers.
    @require_POST
    @wraps(door)
    def view(request: HttpRequest) -> HttpResponse:
        return with_nonce(_answered(door, request), now=clock.now())

    return view


def _answered(door: Door, request: HttpRequest) -> HttpResponse:
    try:
        return _heard(door, request)
    except SuspiciousOperation as odd:
        # More bytes or names than we take (RFC 9126, 2.3): the answer of Django would be a page.
        status = 413 if isinstance(odd, RequestDataTooBig) else 400
        return json_answer(error("invalid_request", "the request is too large"), status=status)
    except NoSigningKey as missing:
        log.error("cannot sign", problem=str(missing))
        return json_answer(error("temporarily_unavailable", "this provider cannot sign now"), status=503)


def _heard(door: Door, request: HttpRequest) -> HttpResponse:
    """Give the answer of the door, or what the portal hears of a refusal; operators can read more of that."""
    parameters = Parameters.of(request)
    try:
        return door(request, _checked(request, parameters))
    except TokenRefused as refused:
        told = {"description": refused.description, "reason": refused.reason}
        refusals_told.note(request, parameters, error=refused.code, **told)
        return json_answer(error(refused.code, refused.description), status=400)
    except ProofRefused as refused:
        log.info("proof refused", reason=refused.reason)
        refusals_told.note(request, parameters, error=refused.code, reason=refused.reason)
        return json_answer(error(refused.code, DESCRIPTIONS[refused.code]), status=400)
    except ClientRefused as refused:
        log.info("client refused", reason=refused.reason)
        refusals_told.note(request, parameters, error="invalid_client", reason=refused.fault or refused.reason)
        return invalid_client()
    except NoEncryptionKey as missing:
        log.error("cannot encrypt", problem=str(missing))
        refusals_told.note(request, parameters, error="invalid_request", reason="no-encryption-key")
        return json_answer(error("invalid_request", "this portal has no key to encrypt with"), status=400)


def invalid_client() -> HttpResponse:
    """Answer 401; HTTP wants a challenge with it, and Basic is the only scheme that these endpoints know."""
    answer = json_answer(error("invalid_client", "client authentication failed"), status=401)
    answer["WWW-Authenticate"] = 'Basic realm="namens", charset="UTF-8"'
    return answer


def _checked(request: HttpRequest, parameters: Parameters) -> Parameters:
    """Give the parameters of the body. Raises TokenRefused for what is no request at all."""
    if request.GET:
        raise TokenRefused("invalid_request", "parameters belong in the body")
    if parameters.malformed:
        raise TokenRefused("invalid_request", "a parameter came more than once, or with control characters")
    return parameters
