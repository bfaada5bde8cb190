"""The tokens themselves: ID token, access token and logout token."""

import base64
import binascii
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from namens.grants import signing
from namens.grants.addresses import USERINFO, audience_of, full, issuer
from namens.grants.claims import claims_of, subject_of
from namens.grants.claims_asked import ID_TOKEN as IN_ID_TOKEN
from namens.grants.confirmation import Confirmation
from namens.grants.encryption import encrypted
from namens.grants.models import Family
from namens.grants.signing import NotOurs, Signer, Unproven
from namens.grants.standing import Standing
from namens.services.models import Portal
from namens.services.profiles import MachineScope

ID_TOKEN_LIVES = timedelta(minutes=5)
ACCESS_TOKEN_LIVES = timedelta(minutes=15)
LOGOUT_TOKEN_LIVES = timedelta(minutes=2)
MACHINE_TOKEN_LIVES = timedelta(minutes=5)
ID_TOKEN, ACCESS_TOKEN, LOGOUT_TOKEN = "JWT", "at+jwt", "logout+jwt"
BACK_CHANNEL_EVENT = "http://schemas.openid.net/event/backchannel-logout"
# RFC 7519, 4.1.7, and NL GOV OAuth 3.2.1: at least 128 random bits in a `jti`. Ours has 144.
RANDOM_BYTES = 18
_ID_BYTES = 16
Claims = dict[str, Any]


@dataclass(frozen=True, repr=False)
class Tokens:
    """What the token endpoint hands over. `lives` is about the access token. Prints as nothing."""

    id_token: str
    access_token: str
    scope: str
    token_type: str
    refresh_token: str = ""
    lives: timedelta = ACCESS_TOKEN_LIVES

    def __repr__(self) -> str:
        return "<tokens>"


def tokens_for(family: Family, *, standing: Standing, nonce: str, confirmation: Confirmation, now: datetime) -> Tokens:
    """Sign the tokens of a family that was judged just now, and encrypt its ID token where the portal wants that.

    One statement, for the keys. Raises NoSigningKey, NoEncryptionKey.
    """
    scope = scope_of(family, standing=standing)
    algorithm = family.portal.id_token_algorithm
    for_access = family.portal.rules.access_token_algorithm
    signer = Signer({algorithm, for_access}, now=now)
    identity = identity_of(family, standing=standing, nonce=nonce, now=now)
    access = {
        **_dates(now, ACCESS_TOKEN_LIVES),
        **_login(family),
        **_for_userinfo(family, scope),
        **confirmation.claims,
    }
    signed = signer.sign(identity, algorithm=algorithm, typ=ID_TOKEN)
    return Tokens(
        id_token=encrypted(signed, portal=family.portal, place=IN_ID_TOKEN, nested=True),
        access_token=signer.sign(access, algorithm=for_access, typ=ACCESS_TOKEN),
        scope=scope,
        token_type=confirmation.token_type,
    )


def identity_of(family: Family, *, standing: Standing, nonce: str, now: datetime) -> Claims:
    """Give what stands in the ID token (OpenID Connect Core 2).

    Ours come last: no claim name that a portal was registered with can take their place.
    """
    said = {**claims_of(family, standing=standing, place=IN_ID_TOKEN), **_dates(now, ID_TOKEN_LIVES), **_login(family)}
    return said | {"aud": family.portal.client_id, **({"nonce": nonce} if nonce else {})}


def machine_tokens(portal: Portal, *, scope: MachineScope, confirmation: Confirmation, now: datetime) -> Tokens:
    """Sign a token for a portal's own machine, in which no person stands (RFC 9068, 2.2). One statement."""
    algorithm = portal.rules.access_token_algorithm
    claims = {
        **_dates(now, MACHINE_TOKEN_LIVES),
        "aud": audience_of(scope),
        "sub": portal.client_id,
        "client_id": portal.client_id,
        "azp": portal.client_id,
        "scope": scope.value,
        **confirmation.claims,
    }
    return Tokens(
        id_token="",
        access_token=Signer({algorithm}, now=now).sign(claims, algorithm=algorithm, typ=ACCESS_TOKEN),
        scope=scope.value,
        token_type=confirmation.token_type,
        lives=MACHINE_TOKEN_LIVES,
    )


def logout_token(family: Family, *, now: datetime) -> str:
    """Give the token that tells a portal that this login is over (OpenID Connect Back-Channel Logout 2.4)."""
    algorithm = family.portal.id_token_algorithm
    claims = {
        **_dates(now, LOGOUT_TOKEN_LIVES),
        "aud": family.portal.client_id,
        "sub": subject_of(family),
        "sid": str(family.id),
        "events": {BACK_CHANNEL_EVENT: {}},
    }
    return Signer({algorithm}, now=now).sign(claims, algorithm=algorithm, typ=LOGOUT_TOKEN)


def sid_in(shown: Unproven) -> UUID:
    """Give the family that a token names, true or not. Raises NotOurs."""
    sid = shown.claims.get("sid")
    try:
        return UUID(sid if isinstance(sid, str) else "")
    except ValueError:
        raise NotOurs from None


def login_in(jti: str) -> UUID:
    """Give the family that the `jti` of an ID token or an access token names, true or not. Raises NotOurs."""
    try:
        read = base64.b64decode(f"{jti}==", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotOurs from None
    if len(read) != _ID_BYTES + RANDOM_BYTES:
        raise NotOurs
    return UUID(bytes=read[:_ID_BYTES])


def check_access_token(shown: Unproven, *, key: Claims | None, now: datetime) -> None:
    """Raise NotOurs unless this key of ours signed it, as an access token that still lives."""
    claims = signing.proven(shown, key=key, typ=ACCESS_TOKEN)
    if claims.get("iss") != issuer() or claims.get("aud") != full(USERINFO):
        raise NotOurs
    if not claims["nbf"] <= now.timestamp() < claims["exp"]:
        raise NotOurs


def scope_of(family: Family, *, standing: Standing) -> str:
    """Give the granted scope: a service each for `nlgov` portals, whose scopes name services."""
    if not family.portal.rules.services_by_scope:
        return "openid"
    return " ".join(["openid", *(f"urn:uuid:{family.services[key]}" for key in standing.services)])


def granted_scope(family: Family) -> str:
    """Give the scope that the person granted at the login, whatever of it still holds."""
    return " ".join(["openid", *(f"urn:uuid:{service}" for service in family.services.values())])


def _dates(now: datetime, lives: timedelta) -> Claims:
    second = int(now.timestamp())
    return {
        "iss": issuer(),
        "iat": second,
        "nbf": second,
        "exp": second + int(lives.total_seconds()),
        "jti": secrets.token_urlsafe(24),
    }


def _login(family: Family) -> Claims:
    """Give what says which login it was. The `jti` begins with its id: by it a portal reports acts (decision 0046)."""
    named = base64.urlsafe_b64encode(family.id.bytes + secrets.token_bytes(RANDOM_BYTES))
    return {
        "jti": named.rstrip(b"=").decode(),
        "sid": str(family.id),
        "auth_time": int(family.auth_time.timestamp()),
        "acr": family.assurance.uri,
    }


def _for_userinfo(family: Family, scope: str) -> Claims:
    """Give what RFC 9068 (2.2) and NL GOV OAuth (3.2.1) ask of an access token."""
    client_id = family.portal.client_id
    return {
        "aud": full(USERINFO),
        "sub": subject_of(family),
        "client_id": client_id,
        "azp": client_id,
        "scope": scope,
    }
