"""Lets Django find the system checks."""

from django.apps import AppConfig


class ReplicasConfig(AppConfig):
    """The room replicas."""

    name = "namens.replicas"

    def ready(self) -> None:
        """Register the checks of a database with replicas."""
        from namens.replicas import checks  # noqa: F401, PLC0415 - registering them is all
