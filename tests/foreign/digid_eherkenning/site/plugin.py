"""DigiD Machtigen at the library: reads who is represented, by whom, for what and how sure, from the ID token."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase
from glom import Path, glom
from mozilla_django_oidc_db.plugins import AnonymousUserOIDCPluginProtocol, BaseOIDCPlugin
from mozilla_django_oidc_db.registry import register
from shape import IDENTITY, SCHEMA
from typing_extensions import override
from views import IDENTIFIER, SESSION_KEY, callback


@register(IDENTIFIER)
class DigidMachtigen(BaseOIDCPlugin, AnonymousUserOIDCPluginProtocol):
    """Keeps the mandate in the session; nobody becomes a user of the site."""

    @override
    def get_schema(self) -> dict[str, Any]:
        """Give the shape of the options, as the library ships it."""
        return SCHEMA

    @override
    def validate_settings(self) -> None:
        """Refuse to work without a provider."""
        if self.get_config().oidc_provider is None:
            raise ImproperlyConfigured(self.identifier)

    @override
    def get_or_create_user(
        self, access_token: str, id_token: str, payload: dict[str, Any], request: HttpRequest
    ) -> AnonymousUser | None:
        """Put the claims in the session. A missing one that the library needs raises: the login fails."""
        options = self.get_config().options
        paths = {**options["identity_settings"], "loa_claim_path": options["loa_settings"]["claim_path"]}
        voluntary = IDENTITY["properties"].keys() - set(IDENTITY["required"])
        request.session[SESSION_KEY] = {
            name: glom(payload, Path(*path), **({"default": ""} if name in voluntary else {}))
            for name, path in paths.items()
        }
        user = AnonymousUser()
        user.is_active = True
        return user

    @override
    def handle_callback(self, request: HttpRequest) -> HttpResponseBase:
        """Hand over to the view."""
        return callback(request)
