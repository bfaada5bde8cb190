"""Anna at her own computer."""

import pytest
from django.test import Client

from namens.parties.models import Party
from tests.pages.visiting import arrive


@pytest.fixture
def at_anna(anna: Party) -> Client:
    """Anna's browser."""
    return arrive(anna)
