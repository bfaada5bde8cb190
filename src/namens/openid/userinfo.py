"""UserInfo: what a portal may know at this moment (OpenID Connect Core 5.3). Portals ask it again before they write."""

from datetime import datetime

import structlog
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from namens.grants import actions, encryption
from namens.grants.actions import Used
from namens.grants.encryption import NoEncryptionKey
from namens.grants.models import Algorithm
from namens.grants.refusals import GrantRefusal, ProofRefused
from namens.grants.signing import NoSigningKey
from namens.grants.userinfo import userinfo_of
from namens.lib import clock
from namens.openid.answers import error, json_answer, no_store
from namens.openid.door import DESCRIPTIONS, without_key
from namens.openid.evidence import evidence_of, with_nonce
from namens.signin.middleware import for_machines

SCHEMES = {"bearer": 'Bearer realm="namens"', "dpop": f'DPoP realm="namens", algs="{" ".join(Algorithm)}"'}
"""By the scheme of the Authorization header, in small letters: our challenge of that scheme."""

log = structlog.get_logger()


@for_machines
@csrf_exempt  # Portals call this, not browsers.
@require_http_methods(["GET", "POST"])
def userinfo(request: HttpRequest) -> HttpResponse:
    """Give the claims behind an access token, as they are now. A login that nothing holds up any more answers 401."""
    return with_nonce(_answer(request, now=clock.now()), now=clock.now())


def _answer(request: HttpRequest, *, now: datetime) -> HttpResponse:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if "access_token" in request.GET or "access_token" in request.POST:
        return _refused(400, "invalid_request", scheme, "the access token belongs in the Authorization header")
    if scheme.lower() not in SCHEMES:
        return _challenge(HttpResponse(status=401))
    try:
        used = actions.use(token.strip(), scheme=scheme, evidence=evidence_of(request), now=now)
    except ProofRefused as refused:
        log.info("proof refused", reason=refused.reason)
        return _refused(401, refused.code, scheme)
    if isinstance(used, GrantRefusal):
        return _refused(401, "invalid_token", scheme)
    return _told(used, now=now)


def _told(used: Used, *, now: datetime) -> HttpResponse:
    """Give the claims in the form that this portal is registered with."""
    encryption.look_up_keys(used.family.portal, now=now)
    try:
        said = userinfo_of(used.family, standing=used.standing, now=now)
    except (NoEncryptionKey, NoSigningKey) as missing:
        return without_key(missing)
    return no_store(HttpResponse(said, content_type="application/jwt")) if isinstance(said, str) else json_answer(said)


def _refused(status: int, code: str, scheme: str, description: str = "") -> HttpResponse:
    told = description or DESCRIPTIONS[code]
    answer = json_answer(error(code, told), status=status)
    return _challenge(answer, scheme=scheme, detail=f', error="{code}", error_description="{told}"')


def _challenge(answer: HttpResponse, *, scheme: str = "", detail: str = "") -> HttpResponse:
    """Add the challenge that RFC 6750 (3) and RFC 9449 (7.1) ask for: of the scheme that came, or of both."""
    challenges = [SCHEMES[scheme.lower()]] if scheme.lower() in SCHEMES else list(SCHEMES.values())
    answer["WWW-Authenticate"] = ", ".join(challenge + detail for challenge in challenges)
    answer["Cache-Control"] = "no-store"
    return answer
