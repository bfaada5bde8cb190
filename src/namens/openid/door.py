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

NOTHING = Parameters(values={}, malformed=frozenset())
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
    parameters = NOTHING
    try:
        parameters = _read(request)
        return door(request, _checked(request, parameters))
    except TokenRefused as refused:
        told = {"description": refused.description, "reason": refused.reason}
        refusals_told.note(request, parameters, error=refused.code, **told)
        return json_answer(error(refused.code, refused.description), status=refused.status)
    except ProofRefused as refused:
        log.info("proof refused", reason=refused.reason)
        refusals_told.note(request, parameters, error=refused.code, reason=refused.reason)
        return json_answer(error(refused.code, DESCRIPTIONS[refused.code]), status=400)
    except ClientRefused as refused:
        log.info("client refused", reason=refused.reason)
        refusals_told.note(request, parameters, error="invalid_client", reason=refused.fault or refused.reason)
        return invalid_client()
    except (NoEncryptionKey, NoSigningKey) as missing:
        if isinstance(missing, NoEncryptionKey):
            refusals_told.note(request, parameters, error="invalid_request", reason="no-encryption-key")
        return without_key(missing)


def without_key(missing: NoEncryptionKey | NoSigningKey) -> HttpResponse:
    """Say whose key is missing: the portal's, to encrypt with, or one of ours, to sign with."""
    if isinstance(missing, NoEncryptionKey):
        log.error("cannot encrypt", problem=str(missing))
        return json_answer(error("invalid_request", "this portal has no key to encrypt with"), status=400)
    log.error("cannot sign", problem=str(missing))
    return json_answer(error("temporarily_unavailable", "this provider cannot sign now"), status=503)


def invalid_client() -> HttpResponse:
    """Answer 401; HTTP wants a challenge with it, and Basic is the only scheme that these endpoints know."""
    answer = json_answer(error("invalid_client", "client authentication failed"), status=401)
    answer["WWW-Authenticate"] = 'Basic realm="namens", charset="UTF-8"'
    return answer


def _read(request: HttpRequest) -> Parameters:
    """Give what stands in the body. Raises TokenRefused for more than we take."""
    try:
        return Parameters.of(request)
    except SuspiciousOperation as odd:
        # More bytes or names than we take (RFC 9126, 2.3): the answer of Django would be a page.
        status = 413 if isinstance(odd, RequestDataTooBig) else 400
        raise TokenRefused("invalid_request", "the request is too large", status=status) from None


def _checked(request: HttpRequest, parameters: Parameters) -> Parameters:
    """Give the parameters of the body. Raises TokenRefused for what is no request at all."""
    if request.GET:
        raise TokenRefused("invalid_request", "parameters belong in the body")
    if parameters.malformed:
        raise TokenRefused("invalid_request", "a parameter came more than once, or with control characters")
    return parameters
