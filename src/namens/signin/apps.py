"""Lets Django find the system checks."""

from django.apps import AppConfig


class SigninConfig(AppConfig):
    """The room signin."""

    name = "namens.signin"

    def ready(self) -> None:
        """Register the checks that stop a half-configured start."""
        from namens.signin import checks  # noqa: F401, PLC0415 - registering them is all
