"""Logging in at Namens: code flow with a pushed question, state, nonce and a checked ID token."""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

from authlib.integrations.flask_client import OAuthError
from flask import Blueprint, Response, g, request
from joserfc.errors import JoseError
from requests import RequestException

from mijn_toeslagen import client
from mijn_toeslagen import visitor as visitors
from mijn_toeslagen.answers import go_to, page
from mijn_toeslagen.client import NotTaken
from mijn_toeslagen.guard import forget_login
from mijn_toeslagen.portal import portal, visit
from mijn_toeslagen.visitor import Visitor, WrongClaims

CANCELLED = "access_denied"
CLOCKS_DIFFER = 10
LEVELS = [f"http://eidas.europa.eu/LoA/{level}" for level in ("low", "substantial", "high")]
blueprint = Blueprint("login", __name__)
log = logging.getLogger("portal")


@blueprint.get("/inloggen")
def start() -> Response:
    """Send the browser to Namens. Who comes again is offered the same client first.

    Who begins again leaves the login before: the message that it ended may still come, and must not end this one too.
    """
    forget_login()
    visit().pop("sid", None)
    hint = {"representee_hint": visit()["hint"]} if "hint" in visit() else {}
    try:
        return go_to(client.ask(portal().settings.address("/inloggen/terug"), **hint))
    except (RequestException, ValueError, KeyError) as problem:
        return _failed(problem, status=503)


@blueprint.get("/inloggen/terug")
def back() -> Response:
    """Take the answer of Namens, and let somebody in when everything about it is right."""
    if request.args.get("error") == CANCELLED:
        return page("cancelled")
    try:
        _check_sender()
        token = portal().namens.authorize_access_token(claims_options=_expected(), leeway=CLOCKS_DIFFER)
        _let_in(token)
    except RequestException as problem:
        return _failed(problem, status=503)
    except (OAuthError, JoseError, ValueError) as problem:
        return _failed(problem, status=400)
    return go_to(visit().pop("back", "/overzicht"))


def _check_sender() -> None:
    """Refuse an answer of another provider (RFC 9207)."""
    if request.args.get("iss") != portal().settings.issuer:
        raise WrongClaims("the answer is not from our issuer")


def _expected() -> dict[str, dict[str, Any]]:
    """Say what must stand in the ID token (OpenID Connect Core 3.1.3.7). Authlib checks the nonce and the times."""
    return {
        "iss": {"essential": True, "value": portal().settings.issuer},
        "aud": {"essential": True, "value": portal().settings.client_id},
        "sub": {"essential": True},
        "sid": {"essential": True},
        "acr": {"essential": True, "values": LEVELS},
    }


def _let_in(token: Mapping[str, Any]) -> None:
    """Begin a session with another number. Raises WrongClaims."""
    claims = token.get("userinfo")
    if claims is None:
        raise WrongClaims("there is no ID token")
    settings = portal().settings
    visitor = visitors.read(claims, issuer=settings.issuer, service_key=settings.service_key)
    if portal().sessions.is_ended(claims["sid"]):
        raise WrongClaims("this login was stopped already")
    carried = _carried(visitor)
    visit().clear()
    visit().renumber()
    visit().update(carried, claims=visitors.kept(claims), sid=claims["sid"], csrf=secrets.token_urlsafe(32))
    visit().update(
        level=claims["acr"],
        token=token["access_token"],
        scheme=token["token_type"],
        id_token=token["id_token"],
        since=_since(claims),
    )
    if visitor.acting:
        visit()["hint"] = visitor.subject.id


def _carried(visitor: Visitor) -> dict[str, Any]:
    """Give what comes along into the new session: what was typed only for the same person and the same client."""
    draft = visit().get("draft")
    same = draft is None or draft["owner"] == visitor.pair
    return {name: visit()[name] for name in ("back", "draft") if same and name in visit()}


def _since(claims: Mapping[str, Any]) -> float:
    return min(float(claims["iat"]), portal().clock().timestamp())


def _failed(problem: Exception, *, status: int) -> Response:
    """Say that it did not work; the log has the kind of trouble, without any token."""
    code = problem.error if isinstance(problem, (OAuthError, NotTaken)) else type(problem).__name__
    log.warning("request %s: login failed: %s", g.request_id, str(code)[:80])
    return page("login_failed", status=status)
