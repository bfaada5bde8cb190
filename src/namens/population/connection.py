"""The one connection to the population register that this program keeps."""

from functools import cache

from django.conf import settings

from namens.population.client import RegisterClient
from namens.population.config import BrpSettings


def register() -> RegisterClient:
    """Give the client of the connection in the settings."""
    return _client(settings.BRP)


@cache
def _client(connection: BrpSettings) -> RegisterClient:
    """Keep one client for a connection: its open connections and its token are worth keeping."""
    return RegisterClient(connection)
