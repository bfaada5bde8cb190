"""Anna, whom Bram helps; each at an own computer."""

import pytest
from django.test import Client

from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.pages.visiting import arrive
from tests.people import active, terms


@pytest.fixture
def mandate(anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """A mandate of two services that runs."""
    return active(anna, bram, what=terms("mijn-toeslagen", "inkomstenbelasting"))


@pytest.fixture
def at_anna(anna: Party) -> Client:
    """Anna's browser."""
    return arrive(anna)


@pytest.fixture
def at_bram(bram: Party) -> Client:
    """Bram's browser."""
    return arrive(bram)


@pytest.fixture
def at_dirk(dirk: Party) -> Client:
    """Dirk's browser."""
    return arrive(dirk)
