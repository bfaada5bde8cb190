"""What UserInfo answers: claims as JSON, or signed, or encrypted, as the portal is registered (OIDC Core 5.3.2)."""

import json
from datetime import datetime

from namens.grants.addresses import issuer
from namens.grants.claims import Claims, claims_of
from namens.grants.claims_asked import USERINFO
from namens.grants.encryption import encrypted, encryption_of
from namens.grants.models import Family
from namens.grants.signing import Signer
from namens.grants.standing import Standing
from namens.services.models import Portal

# Of its own kind, so that it is never taken for an ID token (RFC 8725, 3.11).
USERINFO_TOKEN = "userinfo+jwt"  # noqa: S105 - a kind of token, no secret


def userinfo_of(family: Family, *, standing: Standing, now: datetime) -> Claims | str:
    """Give the claims of a family that was judged just now: as they are, or in a token, without `nonce`.

    One statement more where they are signed. Raises NoSigningKey, NoEncryptionKey.
    """
    portal, algorithm = family.portal, family.portal.userinfo_algorithm
    said = said_at_userinfo(family, standing=standing)
    if not _is_token(portal):
        return said
    if not algorithm:
        return encrypted(json.dumps(said), portal=portal, place=USERINFO, nested=False)
    signed = Signer({algorithm}, now=now).sign(said, algorithm=algorithm, typ=USERINFO_TOKEN)
    return encrypted(signed, portal=portal, place=USERINFO, nested=True)


def said_at_userinfo(family: Family, *, standing: Standing) -> Claims:
    """Give what UserInfo says; in a token also by whom and for whom (OIDC Core 5.3.2)."""
    said = {**claims_of(family, standing=standing, place=USERINFO), "acr": family.assurance.uri}
    return said | ({"iss": issuer(), "aud": family.portal.client_id} if _is_token(family.portal) else {})


def _is_token(portal: Portal) -> bool:
    return bool(portal.userinfo_algorithm or encryption_of(portal, place=USERINFO))
