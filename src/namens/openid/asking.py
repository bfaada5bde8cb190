"""What a portal may ask at the authorization endpoint, and what is wrong when it asks something else.

OpenID Connect Core 3.1.2, RFC 6749 4.1.2.1, RFC 7636 4.4.1, NL GOV OIDC 4.2.1.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from namens.grants.claims_asked import ClaimsAsked, MalformedClaims
from namens.grants.models import LONGEST_ADDRESS, LONGEST_NONCE, AuthorizationRequest
from namens.openid.answers import is_returnable
from namens.openid.parameters import Parameters
from namens.openid.refusing import AskRefused, Unanswerable
from namens.openid.wanted import expected_person, hinted_client, login_kind, login_level, minimum_level
from namens.services.models import Portal, Service
from namens.services.profiles import Binding
from namens.services.queries import active_services, approved_portal

SCOPE_OF_A_SERVICE = "urn:uuid:"
SHORTEST_SECRET = 16
PROMPTS = frozenset({"none", "login", "consent", "select_account"})
NOT_SUPPORTED = {
    "request": "request_not_supported",
    "request_uri": "request_uri_not_supported",
    "registration": "registration_not_supported",
}
_43_SYMBOLS = re.compile(r"[A-Za-z0-9\-_]{43}", re.ASCII)
_MAX_AGE = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True)
class Asker:
    """An approved portal, one of its registered addresses, and the `state` that it gets back."""

    portal: Portal
    redirect_uri: str
    state: str


def portal_of(parameters: Parameters) -> Portal:
    """Give the approved portal that a request names. Raises Unanswerable."""
    portal = approved_portal(parameters.get("client_id"))
    if portal is None:
        raise Unanswerable
    return portal


def asker(parameters: Parameters, *, portal: Portal) -> Asker:
    """Say where the answer to this portal goes. Raises Unanswerable.

    A `state` that no address can hold is unanswerable too: every answer must give it back (RFC 6749, 4.1.2.1). So is
    a `response_mode` that is not known: no error can go back by it (OpenID Connect Core 3.1.2.6).
    """
    redirect_uri, state = parameters.get("redirect_uri"), parameters.get("state")
    if redirect_uri not in portal.redirect_uris or len(redirect_uri) > LONGEST_ADDRESS:
        raise Unanswerable("redirect-uri-unknown")
    if parameters.get("response_mode") not in {"", "query"}:
        raise Unanswerable("response-mode-unknown")
    if not is_returnable(state):
        raise Unanswerable("state-too-long")
    return Asker(portal=portal, redirect_uri=redirect_uri, state=state)


def question(parameters: Parameters, *, by: Asker, now: datetime, shown: str = "") -> AuthorizationRequest:
    """Read what is asked. `shown` is the thumbprint of a DPoP key that came with it. Raises AskRefused."""
    _check_form(parameters)
    _check_secrets(parameters, by.portal)
    _check_challenge(parameters, by.portal)
    services = _services(parameters, by.portal)
    claims = _claims(parameters, by.portal)
    minimum = minimum_level(parameters, claims=claims)
    return AuthorizationRequest(
        portal=by.portal,
        redirect_uri=by.redirect_uri,
        services={service.key: str(service.id) for service in services},
        state=by.state,
        nonce=parameters.get("nonce"),
        challenge=parameters.get("code_challenge"),
        prompt=" ".join(sorted(_prompts(parameters))),
        max_age=_max_age(parameters),
        minimum_level=minimum,
        login_level=login_level(services, minimum=minimum),
        login_kind=login_kind(parameters) or "",
        hinted=hinted_client(parameters, portal=by.portal),
        expected=expected_person(parameters, claims=claims, portal=by.portal, now=now),
        claims=claims.kept,
        key_thumbprint=_thumbprint(parameters, by.portal, shown),
        made_at=now,
    )


def _check_form(parameters: Parameters) -> None:
    if parameters.malformed:
        raise AskRefused("invalid_request", "a parameter came more than once, or with control characters")
    for name, error in NOT_SUPPORTED.items():
        if name in parameters:
            raise AskRefused(error, f"{name} is not supported")
    if "response_type" not in parameters:
        raise AskRefused("invalid_request", "response_type is missing")
    if parameters.get("response_type") != "code":
        raise AskRefused("unsupported_response_type", "response_type must be code")


def _check_secrets(parameters: Parameters, portal: Portal) -> None:
    """NL GOV asks for at least 128 bits of state and nonce: here, 16 symbols. FAPI 2.0 asks for no state."""
    nonce, rules = parameters.get("nonce"), portal.rules
    if len(nonce) > LONGEST_NONCE:
        raise AskRefused("invalid_request", "nonce is too long")
    if rules.must_state and len(parameters.get("state")) < SHORTEST_SECRET:
        raise AskRefused("invalid_request", f"state must have at least {SHORTEST_SECRET} symbols")
    if rules.must_challenge and len(nonce) < SHORTEST_SECRET:
        raise AskRefused("invalid_request", f"nonce must have at least {SHORTEST_SECRET} symbols")
    if not nonce and "code_challenge" not in parameters:
        raise AskRefused("invalid_request", "without code_challenge a nonce is needed")


def _check_challenge(parameters: Parameters, portal: Portal) -> None:
    given = "code_challenge" in parameters
    if not given and (portal.rules.must_challenge or "code_challenge_method" in parameters):
        raise AskRefused("invalid_request", "code_challenge is missing")
    if given and parameters.get("code_challenge_method") != "S256":
        raise AskRefused("invalid_request", "code_challenge_method must be S256")
    if given and not _43_SYMBOLS.fullmatch(parameters.get("code_challenge")):
        raise AskRefused("invalid_request", "code_challenge must be 43 symbols of base64url")


def _prompts(parameters: Parameters) -> set[str]:
    prompts = set(parameters.words("prompt"))
    if not prompts <= PROMPTS or ("none" in prompts and len(prompts) > 1):
        raise AskRefused("invalid_request", "prompt has values that do not go together")
    if "none" in prompts:
        raise AskRefused("login_required", "everybody logs in anew")
    return prompts


def _max_age(parameters: Parameters) -> int | None:
    """Give `max_age` in seconds. Every login is newer than the request, so that any number is honoured."""
    if "max_age" not in parameters:
        return None
    if not _MAX_AGE.fullmatch(parameters.get("max_age")):
        raise AskRefused("invalid_request", "max_age must be a number of seconds")
    return int(parameters.get("max_age"))


def _services(parameters: Parameters, portal: Portal) -> list[Service]:
    """Give the services that are asked: by scope for `nlgov`, by registration for `compat`."""
    scopes = set(parameters.words("scope"))
    if "openid" not in scopes:
        raise AskRefused("invalid_scope", "scope must contain openid")
    offered = active_services(portal)
    if not portal.rules.services_by_scope:
        asked = offered
    else:
        named = {f"{SCOPE_OF_A_SERVICE}{service.id}": service for service in offered}
        if not scopes <= named.keys() | {"openid"}:
            raise AskRefused("invalid_scope", "scope may only name services of this portal, as urn:uuid:<service>")
        asked = [service for scope, service in named.items() if scope in scopes]
    if not asked:
        raise AskRefused("invalid_scope", "scope must name a service of this portal, as urn:uuid:<service>")
    return asked


def _claims(parameters: Parameters, portal: Portal) -> ClaimsAsked:
    """Give the claims that are asked for by name (OpenID Connect Core 5.5); none where the profile reads past them."""
    if not portal.rules.takes_claims_parameter:
        return ClaimsAsked()
    try:
        return ClaimsAsked.read(parameters.get("claims"))
    except MalformedClaims as wrong:
        raise AskRefused("invalid_request", str(wrong)) from None


def _thumbprint(parameters: Parameters, portal: Portal, shown: str) -> str:
    """Give the thumbprint of the one DPoP key that may redeem the code (RFC 9449, 10); empty for any."""
    if Binding.PROOF not in portal.rules.bindings or "dpop_jkt" not in parameters:
        return shown
    named = parameters.get("dpop_jkt")
    if not _43_SYMBOLS.fullmatch(named):
        raise AskRefused("invalid_request", "dpop_jkt must be 43 symbols of base64url")
    if shown not in {"", named}:
        raise AskRefused("invalid_request", "dpop_jkt and the DPoP proof name two keys")
    return named
