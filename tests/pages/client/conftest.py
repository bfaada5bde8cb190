"""Anna at her own computer, with the catalogue."""

import pytest
from django.test import Client

from namens.parties.actions import helper_number_of
from namens.parties.models import Party
from tests.pages.visiting import arrive
from tests.people import NOW


@pytest.fixture
def at_anna(anna: Party, catalogue: None) -> Client:  # noqa: ARG001 - asked for its effect
    """Anna's browser."""
    return arrive(anna)


@pytest.fixture
def at_dirk(dirk: Party, catalogue: None) -> Client:  # noqa: ARG001 - asked for its effect
    """Dirk's browser."""
    return arrive(dirk)


@pytest.fixture
def number(bram: Party) -> str:
    """Bram's helper number."""
    return helper_number_of(party=bram, now=NOW)
