"""Which parameters count: those of the browser, or only those that the portal signed (RFC 9101, 6.3)."""

import json
from datetime import datetime

from namens.grants import request_objects
from namens.grants.request_objects import WrongRequestObject
from namens.openid.parameters import Parameters
from namens.openid.refusing import AskRefused
from namens.services.models import Portal

TEXTS = frozenset(
    {
        "acr_values",
        "client_id",
        "code_challenge",
        "code_challenge_method",
        "dpop_jkt",
        "id_token_hint",
        "login_hint",
        "nonce",
        "prompt",
        "redirect_uri",
        "registration",
        "representee_hint",
        "response_mode",
        "response_type",
        "scope",
        "state",
    }
)


def that_count(parameters: Parameters, *, portal: Portal, now: datetime) -> Parameters:
    """Give the parameters that a signed object holds, when there is one; else those that came. Raises AskRefused."""
    if "request" not in parameters or not portal.rules.takes_request_objects:
        return parameters
    if "request_uri" in parameters:
        raise AskRefused("invalid_request", "request and request_uri do not go together")
    try:
        claims = request_objects.opened(parameters.get("request"), portal=portal, now=now)
    except WrongRequestObject as wrong:
        raise AskRefused("invalid_request_object", str(wrong)) from None
    return Parameters.sound(
        {name: _text(name, value) for name, value in claims.items() if name in TEXTS | {"claims", "max_age"}}
    )


def _text(name: str, value: object) -> str:
    """Give a parameter as text: JSON has numbers and objects too, where OpenID Connect has them. Raises AskRefused."""
    if name == "claims" and isinstance(value, dict):
        return json.dumps(value)
    if name == "max_age" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise AskRefused("invalid_request_object", f"{name} must be a text in the object")
    return value
