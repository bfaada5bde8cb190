"""What this provider can do, and with which keys it signs (OpenID Connect Discovery 3, RFC 8414)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from namens.grants import signing
from namens.grants.addresses import AUTHORIZE, INTROSPECT, JWKS, LOGOUT, PUSH, REVOKE, TOKEN, USERINFO, full, issuer
from namens.grants.claims import FLAT_NAMES, LAST_DAY, LEFT_OUT, MANDATE, PSEUDONYM, SERVICES
from namens.grants.claims_asked import BSN
from namens.grants.encryption import CONTENT
from namens.grants.models import Algorithm
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.openid.asking import PROMPTS, SCOPE_OF_A_SERVICE
from namens.openid.token import GRANTS
from namens.services.encryption_keys import KINDS
from namens.services.models import Service
from namens.services.profiles import Authentication, MachineScope
from namens.signin.middleware import for_machines

WEEK_SECONDS = 7 * 24 * 60 * 60

BY_KEY = Authentication.PRIVATE_KEY.value
BY_SECRET = ["client_secret_basic", "client_secret_post"]
BY_TLS = [Authentication.AUTHORITY_CERTIFICATE.value, Authentication.OWN_CERTIFICATE.value]


@for_machines
@require_safe
def configuration(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's
    """Give the discovery document."""
    return _kept_a_week(JsonResponse(_document()))


@for_machines
@require_safe
def jwks(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's
    """Give the public keys. A next key stands here eight days before its use, so a copy of a week old has it."""
    return _kept_a_week(JsonResponse({"keys": signing.published(now=clock.now())}))


def _document() -> dict[str, Any]:
    return {"issuer": issuer(), **_addresses(), **_asking(), **_proving(), **_tokens(), **_leaving()}


def _addresses() -> dict[str, Any]:
    return {
        "authorization_endpoint": full(AUTHORIZE),
        "pushed_authorization_request_endpoint": full(PUSH),
        "token_endpoint": full(TOKEN),
        "introspection_endpoint": full(INTROSPECT),
        "revocation_endpoint": full(REVOKE),
        "userinfo_endpoint": full(USERINFO),
        "jwks_uri": full(JWKS),
        "end_session_endpoint": full(LOGOUT),
    }


def _asking() -> dict[str, Any]:
    """Say what a portal may ask. The profile of a portal may want less: pushed only, or no objects and no `claims`."""
    return {
        "scopes_supported": ["openid", *_service_scopes(), *MachineScope],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "prompt_values_supported": sorted(PROMPTS),
        "acr_values_supported": [level.uri for level in AssuranceLevel],
        "ui_locales_supported": ["nl", "en"],
        "claims_parameter_supported": True,
        "request_parameter_supported": True,
        "request_object_signing_alg_values_supported": _algorithms(),
        "request_uri_parameter_supported": False,
        "require_pushed_authorization_requests": False,
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
    }


def _proving() -> dict[str, Any]:
    return {
        **_authentication("token"),
        **_authentication("introspection"),
        **_authentication("revocation"),
        "dpop_signing_alg_values_supported": _algorithms(),
        "tls_client_certificate_bound_access_tokens": bool(settings.CLIENT_CERTIFICATE_PROXIES),
    }


def _tokens() -> dict[str, Any]:
    return {
        "grant_types_supported": list(GRANTS),
        "subject_types_supported": ["pairwise"],
        "sub_id_types_supported": [PSEUDONYM],
        "id_token_signing_alg_values_supported": _algorithms(),
        **_encryption(),
        "claim_types_supported": ["normal"],
        "claims_supported": _claims(),
    }


def _encryption() -> dict[str, list[str]]:
    """Say how ID token and UserInfo can be encrypted, and UserInfo signed, for portals that are registered so."""
    return {
        "id_token_encryption_alg_values_supported": list(KINDS),
        "id_token_encryption_enc_values_supported": [CONTENT],
        "userinfo_signing_alg_values_supported": _algorithms(),
        "userinfo_encryption_alg_values_supported": list(KINDS),
        "userinfo_encryption_enc_values_supported": [CONTENT],
    }


def _leaving() -> dict[str, Any]:
    return {"backchannel_logout_supported": True, "backchannel_logout_session_supported": True}


def _algorithms() -> list[str]:
    return [algorithm.value for algorithm in Algorithm]


def _authentication(endpoint: str) -> dict[str, list[str]]:
    """Say how a portal proves who it is at an endpoint: at all of them alike (RFC 8414, 2)."""
    by_tls = BY_TLS if settings.CLIENT_CERTIFICATE_PROXIES else []
    return {
        f"{endpoint}_endpoint_auth_methods_supported": [BY_KEY, *by_tls, *BY_SECRET],
        f"{endpoint}_endpoint_auth_signing_alg_values_supported": _algorithms(),
    }


def _claims() -> list[str]:
    always = ["iss", "aud", "sub", "sid", "iat", "nbf", "exp", "jti", "nonce", "auth_time", "acr"]
    flat = [name for name in FLAT_NAMES.values() if name]
    return [*always, "sub_id_type", "alt_sub", "name", "represents", BSN, MANDATE, SERVICES, LAST_DAY, LEFT_OUT, *flat]


def _service_scopes() -> list[str]:
    active = Service.objects.filter(active=True).values_list("id", flat=True)
    return [f"{SCOPE_OF_A_SERVICE}{service}" for service in active]


def _kept_a_week(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = f"public, max-age={WEEK_SECONDS}"
    return answer
