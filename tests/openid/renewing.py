"""What portals ask besides a login: refreshing, looking into a token, taking it back, tokens for their machines."""

from dataclasses import replace

from django.test import Client

from namens.grants.assertions import TYPE
from namens.services.actions import PortalTerms
from namens.services.profiles import Profile
from tests.openid.relying import SECRET, Answer, Changes, RelyingParty, terms_of

DECISIONS = "urn:namens:1.0:scope:decisions"
PORTALS = "urn:namens:1.0:scope:portals"

TWO = ("mijn-toeslagen", "inkomstenbelasting")


def lasting_terms(client_id: str, *keys: str) -> PortalTerms:
    """Give the terms of an `nlgov` portal whose logins go on."""
    return replace(terms_of(client_id, *keys), refresh_tokens=True)


def machine_terms(client_id: str, *scopes: str) -> PortalTerms:
    """Give the terms of an `nlgov` portal whose machine may ask these scopes."""
    return replace(terms_of(client_id), machine_scopes=scopes)


def proof(portal: RelyingParty) -> dict[str, str]:
    """Give what proves who this portal is, as parameters."""
    if portal.portal.profile == Profile.COMPAT:
        return {"client_id": portal.portal.client_id, "client_secret": SECRET}
    return {"client_assertion_type": TYPE, "client_assertion": portal.assertion()}


def form(portal: RelyingParty, **changes: Changes) -> dict[str, str]:
    """Give these parameters and a proof of who asks, with changes; None leaves one out."""
    return {name: value for name, value in {**proof(portal), **changes}.items() if value is not None}


def refresh(portal: RelyingParty, token: str, *, shown: str | None = None, **changes: Changes) -> Answer:
    """Bring a refresh token to the token endpoint, from the portal's own machine; `shown` is another DPoP proof."""
    asked: dict[str, Changes] = {"grant_type": "refresh_token", "refresh_token": token, **changes}
    return portal.send(form(portal, **asked), proof=shown)


def introspect(portal: RelyingParty, token: str | None, **changes: Changes) -> Answer:
    """Ask what a token is worth."""
    asked: dict[str, Changes] = {"token": token, **changes}
    return Client().post("/openid/introspect", form(portal, **asked))


def revoke(portal: RelyingParty, token: str | None, **changes: Changes) -> Answer:
    """Take a token back."""
    asked: dict[str, Changes] = {"token": token, **changes}
    return Client().post("/openid/revoke", form(portal, **asked))


def machine_token(portal: RelyingParty, scope: str | None = DECISIONS, **changes: Changes) -> Answer:
    """Ask a token for the portal's own machine."""
    asked: dict[str, Changes] = {"grant_type": "client_credentials", "scope": scope, **changes}
    return portal.send(form(portal, **asked))


def has_error(response: Answer, code: str, *, status: int = 400) -> bool:
    """Say whether this is that OAuth error, which nobody keeps."""
    assert response["Cache-Control"] == "no-store"
    return (response.status_code, response.json().get("error")) == (status, code)
