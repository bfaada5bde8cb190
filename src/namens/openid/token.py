"""The token endpoint: a code becomes an ID token and an access token (OpenID Connect Core 3.1.3, RFC 6749 5)."""

from collections.abc import Callable, Mapping

import structlog
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from namens.grants import clients
from namens.grants.encryption import NoEncryptionKey
from namens.grants.refusals import ClientRefused
from namens.grants.signing import NoSigningKey
from namens.grants.tokens import ACCESS_TOKEN_LIVES, Tokens
from namens.lib import clock
from namens.openid.answers import error, json_answer
from namens.openid.code_grant import redeemed
from namens.openid.credentials import TwoCredentials, credential
from namens.openid.granting import Asking, TokenRefused
from namens.openid.parameters import Parameters
from namens.signin.middleware import for_machines

log = structlog.get_logger()


GRANTS: Mapping[str, Callable[[Asking], Tokens]] = {"authorization_code": redeemed}
"""By `grant_type`: what gives the tokens, or raises TokenRefused."""


@for_machines
@csrf_exempt  # Portals call this, not browsers.
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Redeem a code for a portal that proves who it is."""
    parameters = Parameters.of(request)
    now = clock.now()
    try:
        _check(request, parameters)
        proven = clients.authenticate(credential(request, parameters=parameters), now=now)
        return json_answer(_answer(_granted(Asking(parameters, proven=proven, now=now))))
    except TokenRefused as refused:
        return json_answer(error(refused.code, refused.description), status=400)
    except TwoCredentials:
        return json_answer(error("invalid_request", "one way of client authentication at a time"), status=400)
    except ClientRefused as refused:
        log.info("client refused", reason=refused.reason)
        return _invalid_client()
    except NoEncryptionKey as missing:
        log.error("cannot encrypt", problem=str(missing))
        return json_answer(error("invalid_request", "this portal has no key to encrypt with"), status=400)
    except NoSigningKey as missing:
        log.error("cannot sign", problem=str(missing))
        return json_answer(error("temporarily_unavailable", "this provider cannot sign now"), status=503)


def _check(request: HttpRequest, parameters: Parameters) -> None:
    """Raise TokenRefused for what is no token request at all."""
    if request.GET:
        raise TokenRefused("invalid_request", "parameters belong in the body")
    if parameters.malformed:
        raise TokenRefused("invalid_request", "a parameter came more than once, or with control characters")
    if "grant_type" not in parameters:
        raise TokenRefused("invalid_request", "grant_type is missing")


def _granted(asking: Asking) -> Tokens:
    """Give the tokens. Raises TokenRefused."""
    grant = GRANTS.get(asking.parameters.get("grant_type"))
    if grant is None:
        raise TokenRefused("unsupported_grant_type", f"grant_type must be one of: {', '.join(GRANTS)}")
    return grant(asking)


def _answer(tokens: Tokens) -> dict[str, str | int]:
    return {
        "access_token": tokens.access_token,
        "token_type": tokens.token_type,
        "expires_in": int(ACCESS_TOKEN_LIVES.total_seconds()),
        "id_token": tokens.id_token,
        "scope": tokens.scope,
    }


def _invalid_client() -> HttpResponse:
    """Answer 401; HTTP wants a challenge with it, and Basic is the only scheme that this endpoint knows."""
    answer = json_answer(error("invalid_client", "client authentication failed"), status=401)
    answer["WWW-Authenticate"] = 'Basic realm="namens", charset="UTF-8"'
    return answer
