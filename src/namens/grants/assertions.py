"""Client assertions: a portal proves who it is with a signed statement (RFC 7523, NL GOV OAuth 2.3.3)."""

import base64
import json
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import IntegrityError

from namens.grants import statements
from namens.grants.addresses import TOKEN, full, issuer
from namens.grants.models import UsedProof
from namens.grants.refusals import ClientRefused, Fault, GrantReason
from namens.grants.signing import UNREADABLE
from namens.grants.statements import NotSigned
from namens.services.models import Portal

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
# A name of another kind says that the statement was made for something else (RFC 8725, 3.11).
KINDS = frozenset({"client-authentication+jwt", "jwt", ""})
VALID_FOR = timedelta(minutes=5)
LONGEST_LIFETIME = timedelta(hours=1)
CLOCKS_DIFFER = timedelta(seconds=60)
LONGEST_ASSERTION = 8192
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


def check(assertion: str, *, portal: Portal, endpoint: str, now: datetime) -> UsedProof:
    """Give the proof that an assertion of this portal is, to be spent once. Raises ClientRefused.

    It holds for five minutes after `iat` (or until `exp` when that is sooner), whatever longer `exp` it has, up to an
    hour: some stock libraries always write an hour.
    """
    claims = _verified(assertion, portal, now)
    _check_names(claims, portal, endpoint)
    until = _check_times(claims, now)
    jti = claims.get("jti")
    if not statements.is_jti(jti):
        raise _wrong(Fault.NUMBER)
    return UsedProof(portal=portal, digest=sha256(str(jti).encode()).hexdigest(), expires_at=until)


def spend(proof: UsedProof) -> None:
    """Use a proof up. Raises ClientRefused when it was used before; then the open transaction must not go on."""
    try:
        proof.save(force_insert=True)
    except IntegrityError:
        raise ClientRefused(GrantReason.ASSERTION_REPLAYED) from None


def _verified(assertion: str, portal: Portal, now: datetime) -> Claims:
    """Give the claims when one of the portal's keys made the signature, for an assertion."""
    try:
        stated = statements.stated(assertion, portal=portal, now=now)
    except NotSigned:
        raise _wrong(Fault.SIGNATURE) from None
    if str(stated.header.get("typ", "")).lower().removeprefix("application/") not in KINDS:
        raise _wrong(Fault.KIND)
    return stated.claims


def _check_names(claims: Claims, portal: Portal, endpoint: str) -> None:
    """Raise unless the portal speaks of itself, to us."""
    if _audience(claims, portal) not in _our_names(portal, endpoint):
        raise _wrong(Fault.AUDIENCE)
    if not claims.get("iss") == claims.get("sub") == portal.client_id:
        raise _wrong(Fault.NAMES)


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
    if not all(statements.is_moment(moment) for moment in moments):
        raise _wrong(Fault.MOMENTS)
    made, expires, begins = (float(moment) for moment in moments if moment is not None)
    second, slack = now.timestamp(), CLOCKS_DIFFER.total_seconds()
    in_time = max(made, begins) - slack <= second < min(expires, made + VALID_FOR.total_seconds()) + slack
    if expires - made > LONGEST_LIFETIME.total_seconds():
        raise _wrong(Fault.TOO_LONG)
    if not in_time:
        raise _wrong(Fault.NOT_IN_TIME)
    return now + VALID_FOR + 2 * CLOCKS_DIFFER


def _wrong(fault: Fault) -> ClientRefused:
    return ClientRefused(GrantReason.WRONG_ASSERTION, fault=fault)
