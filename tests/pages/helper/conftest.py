"""Bram and Dirk, each at an own computer, with the catalogue."""

import pytest
from django.test import Client

from namens.parties.models import Party
from tests.pages.visiting import arrive


@pytest.fixture
def asks(bram: Party, catalogue: None) -> Client:  # noqa: ARG001 - asked for its effect
    """Bram's browser, with something to ask for."""
    return arrive(bram)
