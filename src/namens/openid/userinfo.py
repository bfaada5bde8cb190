"""UserInfo: what a portal may know at this moment (OpenID Connect Core 5.3). Portals ask it again before they write."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from namens.grants import actions
from namens.grants.claims import claims_of
from namens.grants.refusals import GrantRefusal
from namens.lib import clock
from namens.openid.answers import error, json_answer
from namens.signin.middleware import for_machines


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
    used = actions.use(token.strip(), now=clock.now())
    if isinstance(used, GrantRefusal):
        return _refused(401, "invalid_token", "the access token is not valid (any more)")
    return json_answer({**claims_of(used.family, standing=used.standing), "acr": used.family.assurance.uri})


def _refused(status: int, code: str, description: str) -> HttpResponse:
    answer = json_answer(error(code, description), status=status)
    return _challenge(answer, f', error="{code}", error_description="{description}"')


def _challenge(answer: HttpResponse, detail: str = "") -> HttpResponse:
    """Add the challenge that RFC 6750 (3) asks for."""
    answer["WWW-Authenticate"] = f'Bearer realm="namens"{detail}'
    answer["Cache-Control"] = "no-store"
    return answer
