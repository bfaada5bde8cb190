"""Lets Django find the system check of the languages."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The room pages."""

    name = "namens.pages"

    def ready(self) -> None:
        """Register the check that stops a start with a language that is not complete."""
        from namens.pages import checks  # noqa: F401, PLC0415 - registering it is all
