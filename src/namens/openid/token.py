"""The token endpoint: a code becomes an ID token and an access token (OpenID Connect Core 3.1.3, RFC 6749 5)."""

from datetime import datetime

import structlog
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from namens.grants import actions, clients
from namens.grants.clients import Proven
from namens.grants.plain import PlainGrant
from namens.grants.refusals import ClientRefused, GrantRefusal
from namens.grants.signing import NoSigningKey
from namens.grants.tokens import ACCESS_TOKEN_LIVES, Tokens, tokens_for
from namens.lib import clock
from namens.openid.answers import error, json_answer
from namens.openid.credentials import TwoCredentials, credential
from namens.openid.parameters import Parameters
from namens.signin.middleware import for_machines

GRANT_TYPE = "authorization_code"

log = structlog.get_logger()


class TokenRefused(Exception):
    """The request itself is wrong (RFC 6749, 5.2)."""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(code)
        self.code, self.description = code, description


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
        return json_answer(_answer(_redeemed(parameters, proven, now)))
    except TokenRefused as refused:
        return json_answer(error(refused.code, refused.description), status=400)
    except TwoCredentials:
        return json_answer(error("invalid_request", "one way of client authentication at a time"), status=400)
    except ClientRefused as refused:
        log.info("client refused", reason=refused.reason)
        return _invalid_client()
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


def _redeemed(parameters: Parameters, proven: Proven, now: datetime) -> Tokens:
    """Give the tokens. Raises TokenRefused; every code that is not accepted gets one and the same answer."""
    if parameters.get("grant_type") != GRANT_TYPE:
        raise TokenRefused("unsupported_grant_type", f"grant_type must be {GRANT_TYPE}")
    for name in ("code", "redirect_uri"):
        if name not in parameters:
            raise TokenRefused("invalid_request", f"{name} is missing")
    # Together: a code that is used up without tokens is lost, and a second try would end the login as a replay.
    with transaction.atomic():
        outcome = actions.redeem(
            code=PlainGrant(parameters.get("code")),
            by=proven,
            redirect_uri=parameters.get("redirect_uri"),
            verifier=parameters.get("code_verifier"),
            now=now,
        )
        if not isinstance(outcome, GrantRefusal):
            return tokens_for(outcome.family, standing=outcome.standing, nonce=outcome.nonce, now=now)
    log.info("code refused", portal=proven.portal.client_id, reason=outcome.reason)
    raise TokenRefused("invalid_grant", "the code, its address or its verifier is not accepted (any more)")


def _answer(tokens: Tokens) -> dict[str, str | int]:
    return {
        "access_token": tokens.access_token,
        "token_type": "Bearer",
        "expires_in": int(ACCESS_TOKEN_LIVES.total_seconds()),
        "id_token": tokens.id_token,
        "scope": tokens.scope,
    }


def _invalid_client() -> HttpResponse:
    """Answer 401; HTTP wants a challenge with it, and Basic is the only scheme that this endpoint knows."""
    answer = json_answer(error("invalid_client", "client authentication failed"), status=401)
    answer["WWW-Authenticate"] = 'Basic realm="namens", charset="UTF-8"'
    return answer
