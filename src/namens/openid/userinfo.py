"""UserInfo: what a portal may know at this moment (OpenID Connect Core 5.3). Portals ask it again before they write."""

from datetime import datetime

import structlog
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from namens.grants import actions
from namens.grants.actions import Used
from namens.grants.encryption import NoEncryptionKey
from namens.grants.refusals import GrantRefusal
from namens.grants.signing import NoSigningKey
from namens.grants.userinfo import userinfo_of
from namens.lib import clock
from namens.openid.answers import error, json_answer, no_store
from namens.signin.middleware import for_machines

log = structlog.get_logger()


@for_machines
@csrf_exempt  # Portals call this, not browsers.
@require_http_methods(["GET", "POST"])
def userinfo(request: HttpRequest) -> HttpResponse:
    """Give the claims behind an access token, as they are now. A login that nothing holds up any more answers 401."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if "access_token" in request.GET or "access_token" in request.POST:
        return _refused(400, "invalid_request", "the access token belongs in the Authorization header")
    if scheme.lower() != "bearer":
        return _challenge(HttpResponse(status=401))
    now = clock.now()
    used = actions.use(token.strip(), now=now)
    if isinstance(used, GrantRefusal):
        return _refused(401, "invalid_token", "the access token is not valid (any more)")
    return _told(used, now)


def _told(used: Used, now: datetime) -> HttpResponse:
    """Give the claims in the form that this portal is registered with."""
    try:
        said = userinfo_of(used.family, standing=used.standing, now=now)
    except NoEncryptionKey as missing:
        log.error("cannot encrypt", problem=str(missing))
        return _refused(400, "invalid_request", "this portal has no key to encrypt with")
    except NoSigningKey as missing:
        log.error("cannot sign", problem=str(missing))
        return json_answer(error("temporarily_unavailable", "this provider cannot sign now"), status=503)
    return no_store(HttpResponse(said, content_type="application/jwt")) if isinstance(said, str) else json_answer(said)


def _refused(status: int, code: str, description: str) -> HttpResponse:
    answer = json_answer(error(code, description), status=status)
    return _challenge(answer, f', error="{code}", error_description="{description}"')


def _challenge(answer: HttpResponse, detail: str = "") -> HttpResponse:
    """Add the challenge that RFC 6750 (3) asks for."""
    answer["WWW-Authenticate"] = f'Bearer realm="namens"{detail}'
    answer["Cache-Control"] = "no-store"
    return answer
