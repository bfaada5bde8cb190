"""Browsers of Mia (manager of Samen Sterk), Sam (works there), Carla (manager of De Brug) and Dirk (nobody)."""

import pytest
from django.test import Client

from namens.organisations.models import Member
from tests.organisations.managing import carla, mia
from tests.pages.visiting import arrive
from tests.working import member, organisation


@pytest.fixture
def sam(catalogue: None) -> Member:  # noqa: ARG001 - asked for its effect
    """Sam Bakker, who works at Samen Sterk."""
    return member(organisation())


@pytest.fixture
def at_mia(catalogue: None) -> Client:  # noqa: ARG001 - asked for its effect
    """Mia's browser."""
    return arrive(mia().party)


@pytest.fixture
def at_sam(sam: Member) -> Client:
    """Sam's browser."""
    return arrive(sam.party)


@pytest.fixture
def at_carla(catalogue: None) -> Client:  # noqa: ARG001 - asked for its effect
    """The browser of the manager of De Brug."""
    return arrive(carla().party)
