"""What this door can do, for machines that look it up (AuthZEN 1.0, 9): plain, and signed."""

from datetime import datetime
from typing import Any

from django.conf import settings

from namens.grants.addresses import issuer
from namens.grants.signing import Signer

SIGNED_WITH = "RS256"
SEARCHES = ("subject", "resource", "action")


def address() -> str:
    """Give where portals reach this door."""
    return settings.DECISIONS.url or issuer()


def metadata() -> dict[str, Any]:
    """Give the parameters (9.1)."""
    base = f"{address()}/access/v1"
    return {
        "policy_decision_point": address(),
        "access_evaluation_endpoint": f"{base}/evaluation",
        "access_evaluations_endpoint": f"{base}/evaluations",
        **{f"search_{one}_endpoint": f"{base}/search/{one}" for one in SEARCHES},
    }


def signed(*, now: datetime) -> dict[str, Any]:
    """Give them with `signed_metadata` (9.1.3), by a key of ours in the JWKS. Raises NoSigningKey. One statement."""
    claims = {**metadata(), "iss": issuer(), "iat": int(now.timestamp())}
    token = Signer([SIGNED_WITH], now=now).sign(claims, algorithm=SIGNED_WITH, typ="JWT")
    return {**metadata(), "signed_metadata": token}
