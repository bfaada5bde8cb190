"""The token endpoint: tokens for a code, a refresh token or a portal itself (OpenID Connect Core 3.1.3, RFC 6749)."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from namens.grants import encryption
from namens.grants.binding import bound
from namens.grants.tokens import Tokens
from namens.lib import clock
from namens.openid.answers import json_answer
from namens.openid.code_grant import redeemed
from namens.openid.credentials import authenticated
from namens.openid.door import for_portals
from namens.openid.evidence import evidence_of
from namens.openid.granting import Asking, TokenRefused
from namens.openid.machine_grant import for_machine
from namens.openid.parameters import Parameters
from namens.openid.refresh_grant import refreshed

GRANTS: Mapping[str, Callable[[Asking], Tokens]] = {
    "authorization_code": redeemed,
    "refresh_token": refreshed,
    "client_credentials": for_machine,
}
"""By `grant_type`: what gives the tokens, or raises TokenRefused. Each spends what proves the portal."""


@for_portals
def token(request: HttpRequest, parameters: Parameters) -> HttpResponse:
    """Give tokens to a portal that proves who it is."""
    if "grant_type" not in parameters:
        raise TokenRefused("invalid_request", "grant_type is missing")
    now = clock.now()
    proven = authenticated(request, parameters=parameters, now=now, spend=False)
    proven = bound(proven, evidence=evidence_of(request), now=now)
    encryption.look_up_keys(proven.portal, now=now)
    return json_answer(_answer(_granted(Asking(parameters, proven=proven, now=now))))


def _granted(asking: Asking) -> Tokens:
    """Give the tokens. Raises TokenRefused."""
    grant = GRANTS.get(asking.parameters.get("grant_type"))
    if grant is None:
        raise TokenRefused("unsupported_grant_type", f"grant_type must be one of: {', '.join(GRANTS)}")
    return grant(asking)


def _answer(tokens: Tokens) -> dict[str, str | int]:
    always: dict[str, str | int] = {
        "access_token": tokens.access_token,
        "token_type": tokens.token_type,
        "expires_in": int(tokens.lives.total_seconds()),
        "scope": tokens.scope,
    }
    sometimes = {"id_token": tokens.id_token, "refresh_token": tokens.refresh_token}
    return always | {name: token for name, token in sometimes.items() if token}
