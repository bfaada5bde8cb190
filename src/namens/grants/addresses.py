"""The addresses that stand in tokens and in the discovery document: all of them under the issuer."""

from collections.abc import Mapping

from django.conf import settings

from namens.services.profiles import MachineScope

AUTHORIZE = "openid/authorize"
PUSH = "openid/par"
TOKEN = "openid/token"  # noqa: S105 - an address, not a secret
USERINFO = "openid/userinfo"
INTROSPECT = "openid/introspect"
REVOKE = "openid/revoke"
JWKS = "openid/jwks"
LOGOUT = "openid/logout"
_MACHINE_DOORS: Mapping[MachineScope, str] = {MachineScope.DECISIONS: "access/v1", MachineScope.PORTALS: "v1"}


def issuer() -> str:
    """Give our name in tokens (OpenID Connect Core 2)."""
    return str(settings.BASE_URL)


def full(path: str) -> str:
    """Give the whole address of one of the paths above."""
    return f"{issuer()}/{path}"


def audience_of(scope: MachineScope) -> str:
    """Give the door that a machine token with this scope opens, as its `aud`. No token opens two."""
    return full(_MACHINE_DOORS[scope])
