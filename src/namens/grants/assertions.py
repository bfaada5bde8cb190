"""Client assertions: a portal proves who it is with a signed statement (RFC 7523, NL GOV OAuth 2.3.3)."""

import base64
import json
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from django.db import IntegrityError
from joserfc import jwt
from joserfc.jwk import ECKey, GuestProtocol, RSAKey

from namens.grants.addresses import TOKEN, full, issuer
from namens.grants.models import Algorithm, UsedProof
from namens.grants.portal_keys import keys_of
from namens.grants.refusals import ClientRefused, GrantReason
from namens.grants.signing import UNREADABLE
from namens.services.models import Portal

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
VALID_FOR = timedelta(minutes=5)
LONGEST_LIFETIME = timedelta(hours=1)
CLOCKS_DIFFER = timedelta(seconds=30)
SHORTEST_JTI, LONGEST_JTI = 16, 256
LONGEST_ASSERTION = 8192
LATEST_MOMENT = 10**11
_KEY_TYPES: dict[Algorithm, type[RSAKey] | type[ECKey]] = {
    Algorithm.RS256: RSAKey,
    Algorithm.PS256: RSAKey,
    Algorithm.ES256: ECKey,
}
Claims = dict[str, Any]


def named_client(assertion: str) -> str:
    """Give the client id that an assertion claims to be, unverified: only good to find the keys to verify it with."""
    try:
        _, payload, _ = assertion[:LONGEST_ASSERTION].split(".")
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except UNREADABLE:
        return ""
    named = claims.get("sub") if isinstance(claims, dict) else None
    return named if isinstance(named, str) else ""


def is_plain(name: str) -> bool:
    """Say whether this is printable ASCII: JSON can hold text that no database and no digest takes."""
    return name.isascii() and name.isprintable()


def check(assertion: str, *, portal: Portal, endpoint: str, now: datetime) -> UsedProof:
    """Give the proof that an assertion of this portal is, to be spent once. Raises ClientRefused.

    It holds for five minutes after `iat` (or until `exp` when that is sooner), whatever longer `exp` it has, up to an
    hour: some stock libraries always write an hour.
    """
    claims = _verified(assertion, portal)
    _check_names(claims, portal, endpoint)
    until = _check_times(claims, now)
    jti = claims.get("jti")
    if not isinstance(jti, str) or not (SHORTEST_JTI <= len(jti) <= LONGEST_JTI and is_plain(jti)):
        raise ClientRefused(GrantReason.WRONG_ASSERTION)
    return UsedProof(portal=portal, digest=sha256(jti.encode()).hexdigest(), expires_at=until)


def spend(proof: UsedProof) -> None:
    """Use a proof up. Raises ClientRefused when it was used before; then the open transaction must not go on."""
    try:
        proof.save(force_insert=True)
    except IntegrityError:
        raise ClientRefused(GrantReason.ASSERTION_REPLAYED) from None


def _verified(assertion: str, portal: Portal) -> Claims:
    """Give the claims when one of the portal's keys made the signature."""
    for key in keys_of(portal):
        try:
            return jwt.decode(assertion, partial(_fitting_key, registered=key), algorithms=list(Algorithm)).claims
        except UNREADABLE:
            continue
    raise ClientRefused(GrantReason.WRONG_ASSERTION)


class _OtherKey(ValueError):
    """This registered key is not the one that the assertion names."""


def _fitting_key(token: GuestProtocol, registered: Claims) -> RSAKey | ECKey:
    """Give a registered key for an assertion, when kid, algorithm and kind of key agree."""
    header = token.headers()
    algorithm = Algorithm(str(header.get("alg")))
    kind = _KEY_TYPES[algorithm]
    same_kid = header.get("kid", registered.get("kid")) == registered.get("kid")
    same_algorithm = registered.get("alg", algorithm) == algorithm
    if not (same_kid and same_algorithm and registered.get("kty") == kind.key_type):
        raise _OtherKey
    return kind.import_key(registered)


def _check_names(claims: Claims, portal: Portal, endpoint: str) -> None:
    """Raise unless the portal speaks of itself, to us."""
    if _audience(claims, portal) not in _our_names(portal, endpoint):
        raise ClientRefused(GrantReason.WRONG_ASSERTION)
    if not claims.get("iss") == claims.get("sub") == portal.client_id:
        raise ClientRefused(GrantReason.WRONG_ASSERTION)


def _audience(claims: Claims, portal: Portal) -> object:
    """Give the one audience. FAPI 2.0 (5.3.2.1) wants it as text; elsewhere a list of one says the same."""
    audience = claims.get("aud")
    if isinstance(audience, list) and len(audience) == 1 and portal.rules.assertions_for_token_endpoint:
        return audience[0]
    return audience


def _our_names(portal: Portal, endpoint: str) -> list[str]:
    """Give what an assertion may call us: the issuer; and where its profile allows, the token endpoint or this one."""
    return [issuer(), *([full(TOKEN), endpoint] if portal.rules.assertions_for_token_endpoint else [])]


def _check_times(claims: Claims, now: datetime) -> datetime:
    """Give the moment until which this assertion could be shown again. Raises when it does not hold at `now`."""
    moments = [claims.get("iat"), claims.get("exp"), claims.get("nbf", claims.get("iat"))]
    if not all(_is_moment(moment) for moment in moments):
        raise ClientRefused(GrantReason.WRONG_ASSERTION)
    made, expires, begins = (float(moment) for moment in moments if moment is not None)
    second, slack = now.timestamp(), CLOCKS_DIFFER.total_seconds()
    in_time = max(made, begins) - slack <= second < min(expires, made + VALID_FOR.total_seconds()) + slack
    if not in_time or expires - made > LONGEST_LIFETIME.total_seconds():
        raise ClientRefused(GrantReason.WRONG_ASSERTION)
    return now + VALID_FOR + 2 * CLOCKS_DIFFER


def _is_moment(value: object) -> bool:
    """Say whether this is a number of seconds since 1970 that a calendar could hold."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < LATEST_MOMENT
