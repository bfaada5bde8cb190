"""A portal asks what one of its tokens is worth: judged now, as at UserInfo (RFC 7662)."""

from datetime import datetime
from typing import Any

from namens.grants import machine_tokens, signing
from namens.grants.actions.judging import judged
from namens.grants.actions.refresh import ends_at, found_by
from namens.grants.actions.use import family_behind
from namens.grants.addresses import issuer
from namens.grants.claims import subject_of, whom_for
from namens.grants.models import Family
from namens.grants.plain import PlainRefreshToken
from namens.grants.signing import NotOurs, Unproven
from namens.grants.standing import Standing
from namens.grants.tokens import scope_of
from namens.services.models import Portal

Claims = dict[str, Any]
_OF_A_TOKEN = ("iss", "sub", "aud", "client_id", "scope", "iat", "nbf", "exp", "jti", "acr", "auth_time", "cnf")


def introspect(text: str, *, portal: Portal, now: datetime) -> Claims:
    """Say what a token of this portal is worth; the same words for anything else (RFC 7662, 2.2).

    Two statements, one more for a visit. What nothing holds up any more ends. Being asked is no sign of life.
    """
    try:
        shown = signing.unproven(text)
    except NotOurs:
        return _of_refresh_token(PlainRefreshToken(text), portal, now)
    try:
        return _of_person(shown, portal, now) if "sid" in shown.claims else _of_machine(shown, portal, now)
    except NotOurs:
        return _inactive()


def _of_person(shown: Unproven, portal: Portal, now: datetime) -> Claims:
    """Say what an access token is worth. Raises NotOurs."""
    family = family_behind(shown, now=now)
    worth = _judged(family, portal, now)
    if worth is None:
        return _inactive()
    return {**_active(shown), **whom_for(family), "scope": scope_of(family, standing=worth)}


def _of_machine(shown: Unproven, portal: Portal, now: datetime) -> Claims:
    """Say what a token of the portal's own machine is worth. Raises NotOurs."""
    token = machine_tokens.opened(shown, key=signing.key_of(shown, now=now).first(), now=now)
    if token.portal != portal.client_id or token.scope not in portal.machine_scopes:
        return _inactive()
    return _active(shown)


def _of_refresh_token(token: PlainRefreshToken, portal: Portal, now: datetime) -> Claims:
    found = found_by(token)
    if found is None or found.used_at is not None or now >= ends_at(found) or not portal.refresh_tokens:
        return _inactive()
    family = found.family
    worth = _judged(family, portal, now)
    if worth is None:
        return _inactive()
    return {
        "active": True,
        "iss": issuer(),
        "sub": subject_of(family),
        "client_id": portal.client_id,
        "scope": scope_of(family, standing=worth),
        "iat": int(found.made_at.timestamp()),
        "exp": int(ends_at(found).timestamp()),
        "acr": family.assurance.uri,
        "auth_time": int(family.auth_time.timestamp()),
        **whom_for(family),
    }


def _judged(family: Family, portal: Portal, now: datetime) -> Standing | None:
    """Say what a login at this portal is worth. Of a login elsewhere it learns nothing, and nothing of that ends."""
    return judged(family, now=now, seen=False) if family.portal_id == portal.id else None


def _active(shown: Unproven) -> Claims:
    claims = {name: shown.claims[name] for name in _OF_A_TOKEN if name in shown.claims}
    return {"active": True, "token_type": "DPoP" if "jkt" in claims.get("cnf", {}) else "Bearer", **claims}


def _inactive() -> Claims:
    return {"active": False}
