"""Lets Django find the system check of the decisions door."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """The room decisions."""

    name = "namens.decisions"

    def ready(self) -> None:
        """Register the check that stops a start with an address that portals must not use."""
        from namens.decisions import checks  # noqa: F401, PLC0415 - registering it is all
