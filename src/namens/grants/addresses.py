"""The addresses that stand in tokens and in the discovery document: all of them under the issuer."""

from django.conf import settings

AUTHORIZE = "openid/authorize"
PUSH = "openid/par"
TOKEN = "openid/token"  # noqa: S105 - an address, not a secret
USERINFO = "openid/userinfo"
JWKS = "openid/jwks"
LOGOUT = "openid/logout"


def issuer() -> str:
    """Give our name in tokens (OpenID Connect Core 2)."""
    return str(settings.BASE_URL)


def full(path: str) -> str:
    """Give the whole address of one of the paths above."""
    return f"{issuer()}/{path}"
