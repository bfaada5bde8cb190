"""Request objects: a question that its portal signed, so that nobody can change it on its way.

RFC 9101 (JWT-Secured Authorization Request), OpenID Connect Core 6.1, FAPI 2.0 Message Signing 5.3.
"""

import base64
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction

from namens.grants import statements
from namens.grants.addresses import issuer
from namens.grants.models import UsedProof
from namens.grants.statements import NotSigned
from namens.lib.strict_json import NotStrict, read_object
from namens.services.models import Portal

# Most libraries write JWT, or nothing; a name of another kind says that the statement was made for something else.
TYPES = frozenset({"oauth-authz-req+jwt", "jwt", ""})
LONGEST = 32 * 1024
LIVES = timedelta(minutes=60)
CLOCKS_DIFFER = timedelta(seconds=60)
Claims = dict[str, Any]


class WrongRequestObject(ValueError):
    """This object does not count. The message says why, and never what stood in it."""


def opened(text: str, *, portal: Portal, now: datetime) -> Claims:
    """Give what this portal asks in a signed object. Its `jti`, if there, counts once. Raises WrongRequestObject."""
    claims = _signed(text, portal, now)
    _check_names(claims, portal)
    until = _check_times(claims, now)
    if "jti" in claims:
        _spend(claims["jti"], portal, until)
    return claims


def _signed(text: str, portal: Portal, now: datetime) -> Claims:
    """Give the claims of an object that one of the portal's keys signed."""
    if len(text) > LONGEST or text.count(".") != 2:
        raise WrongRequestObject("the object must be signed, not encrypted, and not too long")
    try:
        stated = statements.stated(text, portal=portal, now=now)
    except NotSigned:
        raise WrongRequestObject("no key and no algorithm of this portal made the signature") from None
    if str(stated.header.get("typ", "")).lower().removeprefix("application/") not in TYPES:
        raise WrongRequestObject("typ must be oauth-authz-req+jwt, JWT or absent")
    try:
        return read_object(base64.urlsafe_b64decode(text.split(".")[1] + "=="))
    except (NotStrict, ValueError):
        raise WrongRequestObject("the object has a name twice") from None


def _check_names(claims: Claims, portal: Portal) -> None:
    """Raise unless the portal asks this, of us, and did not sign it for anything else (RFC 9101, 10.8)."""
    if not claims.get("iss") == claims.get("client_id") == portal.client_id:
        raise WrongRequestObject("iss and client_id must be the portal that asks")
    if claims.get("aud") not in (issuer(), [issuer()]):
        raise WrongRequestObject("aud must be our issuer, and nobody else")
    if claims.get("sub") == portal.client_id:
        raise WrongRequestObject("sub must not be the portal itself: that makes it a client assertion")
    if {"request", "request_uri"} & claims.keys():
        raise WrongRequestObject("there must be no other request in the object")


def _check_times(claims: Claims, now: datetime) -> datetime:
    """Give the moment from which the object counts no more. Raises when it does not count at `now`."""
    begins = [claims[name] for name in ("nbf", "iat") if name in claims]
    if not all(statements.is_moment(moment) for moment in (claims.get("exp"), *begins)):
        raise WrongRequestObject("exp must be there, and exp, nbf and iat must be numbers of seconds")
    second, slack, hour = now.timestamp(), CLOCKS_DIFFER.total_seconds(), LIVES.total_seconds()
    if not second - slack < claims["exp"] <= second + hour + slack:
        raise WrongRequestObject("exp must lie within the next 60 minutes")
    if not all(second - hour - slack <= moment <= second + slack for moment in begins):
        raise WrongRequestObject("nbf and iat must lie within the last 60 minutes")
    return now + LIVES + 2 * CLOCKS_DIFFER


def _spend(jti: object, portal: Portal, until: datetime) -> None:
    """Remember a `jti`. One of a client assertion is another one: the digest tells them apart."""
    if not statements.is_jti(jti):
        raise WrongRequestObject("jti must be 16 to 256 plain symbols")
    digest = sha256(f"request object {jti}".encode()).hexdigest()
    try:
        with transaction.atomic():
            UsedProof(portal=portal, digest=digest, expires_at=until).save(force_insert=True)
    except IntegrityError:
        raise WrongRequestObject("this object was used before") from None
