"""Logging out: by the person here (RP-Initiated Logout 1.0), or by Namens from behind (Back-Channel Logout 1.0)."""

import hmac
import secrets
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, request
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from mijn_toeslagen.answers import go_to, page
from mijn_toeslagen.guard import current_visitor
from mijn_toeslagen.portal import portal, visit

EVENT = "http://schemas.openid.net/event/backchannel-logout"
TYPE = "logout+jwt"
LONGEST_AGE = 10 * 60
CLOCKS_DIFFER = 30
CLEAR = '"cache", "storage"'
blueprint = Blueprint("logout", __name__)


class WrongToken(ValueError):
    """This is no logout token for us."""


@blueprint.post("/uitloggen")
def leave() -> Response:
    """End our own session, then the login at Namens. The ID token holds names, so it goes in a form, not in a URL."""
    id_token, state = visit().get("id_token"), secrets.token_urlsafe(24)
    visit().clear()
    visit().renumber()
    address = _end_session_endpoint() if id_token else ""
    if not address:
        return go_to("/uitgelogd")
    visit()["leaving"] = state
    fields = {
        "id_token_hint": id_token,
        "post_logout_redirect_uri": portal().settings.address("/uitgelogd"),
        "state": state,
    }
    return page("leaving", address=address, fields=fields)


@blueprint.get("/uitgelogd")
def left() -> Response:
    """Say that it is over, also at Namens when that is so."""
    if current_visitor() is not None:
        return go_to("/overzicht")
    leaving, state = visit().pop("leaving", ""), request.args.get("state", "")
    everywhere = bool(leaving) and hmac.compare_digest(leaving.encode(), state.encode())
    visit().clear()
    response = page("left", everywhere=everywhere)
    response.headers["Clear-Site-Data"] = CLEAR
    return response


@blueprint.post("/uitloggen/melding")
def notice() -> Response:
    """Hear from Namens that a login is over."""
    try:
        claims = _checked(_opened(request.form.get("logout_token", "")))
    except RequestException:
        return make_response(jsonify(error="temporarily_unavailable"), 503)
    except (JoseError, ValueError):
        return make_response(jsonify(error="invalid_request"), 400)
    portal().sessions.end(claims["sid"])
    return make_response("", 200)


def _end_session_endpoint() -> str:
    try:
        return str(portal().namens.load_server_metadata().get("end_session_endpoint", ""))
    except (RequestException, ValueError):
        return ""


def _opened(token: str) -> Mapping[str, Any]:
    """Give the claims of a token that Namens signed. A key that we do not know yet is fetched once."""
    if not token:
        raise WrongToken("nothing was sent")
    namens, algorithms = portal().namens, [portal().settings.algorithm]
    try:
        found = jwt.decode(token, KeySet.import_key_set(namens.fetch_jwk_set()), algorithms=algorithms)
    except InvalidKeyIdError:
        found = jwt.decode(token, KeySet.import_key_set(namens.fetch_jwk_set(force=True)), algorithms=algorithms)
    if found.header.get("typ") != TYPE:
        raise WrongToken("this is another kind of token")
    return found.claims


def _checked(claims: Mapping[str, Any]) -> Mapping[str, Any]:
    """Check a logout token as Back-Channel Logout 1.0 (2.6) asks, and take each only once. Raises WrongToken."""
    settings = portal().settings
    audience = claims.get("aud")
    events = claims.get("events")
    right = (
        claims.get("iss") == settings.issuer,
        settings.client_id in (audience if isinstance(audience, list) else [audience]),
        isinstance(events, dict) and isinstance(events.get(EVENT), dict),
        "nonce" not in claims,
        _is_text(claims.get("sid")),
        _is_text(claims.get("jti")),
        _is_fresh(claims),
    )
    if not all(right):
        raise WrongToken("a claim is missing or wrong")
    if not portal().sessions.hear(claims["jti"]):
        raise WrongToken("this token was used before")
    return claims


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 256


def _is_fresh(claims: Mapping[str, Any]) -> bool:
    """Say whether it was made just now and still holds."""
    made, until = claims.get("iat"), claims.get("exp")
    if not isinstance(made, int | float) or not isinstance(until, int | float):
        return False
    now = portal().clock().timestamp()
    return made - CLOCKS_DIFFER <= now < until + CLOCKS_DIFFER and now - made < LONGEST_AGE
