"""What the site's operator fills in. The provider goes through the library's own form, with the library's discovery."""

import os

from mozilla_django_oidc_db.forms import OIDCProviderForm
from mozilla_django_oidc_db.models import OIDCClient, OIDCProvider
from shape import IDENTITY, SCOPES
from views import IDENTIFIER


def fill_in() -> None:
    """Fill in provider and client. Scopes and claims are the library's defaults."""
    filled_in = {
        "enabled": True,
        "oidc_provider": provider(),
        "oidc_rp_client_id": os.environ["SITE_CLIENT_ID"],
        "oidc_rp_client_secret": os.environ["SITE_CLIENT_SECRET"],
        "oidc_rp_scopes_list": SCOPES,
        "userinfo_claims_source": "id_token",
        "check_op_availability": True,
        "options": options(),
    }
    OIDCClient.objects.update_or_create(identifier=IDENTIFIER, defaults=filled_in)


def provider() -> OIDCProvider:
    """Let the library look up the addresses."""
    form = OIDCProviderForm(
        {
            "identifier": "namens",
            "oidc_op_discovery_endpoint": os.environ["SITE_PROVIDER"],
            "oidc_token_use_basic_auth": "SITE_USES_BASIC" in os.environ,
            "oidc_use_nonce": True,
            "oidc_nonce_size": 32,
            "oidc_state_size": 32,
        }
    )
    if not form.is_valid():
        raise SystemExit(form.errors.as_text())
    return form.save()


def options() -> dict[str, dict[str, object]]:
    """Give the claim paths: for the identity the library's own defaults; the level has none."""
    return {
        "identity_settings": {name: shape["default"] for name, shape in IDENTITY["properties"].items()},
        "loa_settings": {"claim_path": [os.environ["SITE_LEVEL_CLAIM"]]},
    }
