"""Importing this sets Django up: it must come before any room of Namens."""

import django
from django.core.management import call_command

django.setup()


def tables() -> None:
    """Make the tables in this benchmark's own database."""
    call_command("migrate", verbosity=0)
