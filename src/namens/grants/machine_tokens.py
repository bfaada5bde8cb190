"""Recognising the tokens of portals' own machines, at the doors for machines (RFC 9068, 4)."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from namens.grants import signing
from namens.grants.addresses import audience_of, issuer
from namens.grants.signing import NotOurs, Unproven
from namens.grants.tokens import ACCESS_TOKEN
from namens.services.profiles import MachineScope

Claims = dict[str, Any]


@dataclass(frozen=True)
class MachineToken:
    """What a machine may do until `expires`. `portal` is a client id; whether it is still let in, the door asks."""

    portal: str
    scope: MachineScope
    expires: datetime


def check(text: str, *, audience: str, certificate: str = "", now: datetime) -> MachineToken:
    """Give what a token of a portal's machine says at the door with this audience. Raises NotOurs. One statement.

    `certificate` is the thumbprint (`x5t#S256`) of what the machine showed in TLS: a bound token needs that very one.
    """
    shown = signing.unproven(text)
    key = signing.key_of(shown, now=now).first()
    return judged(shown, key=key, audience=audience, certificate=certificate, now=now)


def judged(shown: Unproven, *, key: Claims | None, audience: str, certificate: str = "", now: datetime) -> MachineToken:
    """Do the same with the key that the token names, read elsewhere. Raises NotOurs. No statement."""
    token = opened(shown, key=key, now=now)
    if audience_of(token.scope) != audience or not _is_holder(shown.claims, certificate):
        raise NotOurs
    return token


def opened(shown: Unproven, *, key: Claims | None, now: datetime) -> MachineToken:
    """Give a machine token of ours that lives, for whichever door it is. Raises NotOurs, also for a person's token."""
    claims = signing.proven(shown, key=key, typ=ACCESS_TOKEN)
    if claims.get("iss") != issuer() or "sid" in claims:
        raise NotOurs
    try:
        scope = MachineScope(str(claims.get("scope")))
    except ValueError:
        raise NotOurs from None
    if claims["aud"] != audience_of(scope) or not claims["nbf"] <= now.timestamp() < claims["exp"]:
        raise NotOurs
    return MachineToken(portal=claims["client_id"], scope=scope, expires=datetime.fromtimestamp(claims["exp"], tz=UTC))


def _is_holder(claims: Claims, certificate: str) -> bool:
    """Say whether who shows the token is the one it is bound to (RFC 8705, 3). What we cannot check, nobody is."""
    bound = claims.get("cnf")
    if bound is None:
        return True
    return set(bound) == {"x5t#S256"} and hmac.compare_digest(str(bound["x5t#S256"]).encode(), certificate.encode())
