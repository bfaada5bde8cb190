"""Lets Django find the system check of the proxies."""

from django.apps import AppConfig


class OpenidConfig(AppConfig):
    """The room openid."""

    name = "namens.openid"

    def ready(self) -> None:
        """Register the check that stops a start with mutual TLS half configured."""
        from namens.openid import checks  # noqa: F401, PLC0415 - registering it is all
