"""A portal whose machine asks at `/v1`, on the morning of 23 November 2026."""

import pytest

from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.api.machine import Machine, machine
from tests.openid.conftest import brokers, brokers_file, morning, signing_keys
from tests.people import active

__all__ = ["brokers", "brokers_file", "morning", "signing_keys"]


@pytest.fixture
def portal(catalogue: None, signing_keys: None) -> Machine:  # noqa: ARG001 - asked for their effect
    """A portal's machine for Mijn toeslagen."""
    return machine()


@pytest.fixture
def running(anna: Party, bram: Party, portal: Machine) -> Mandate:  # noqa: ARG001 - it brings the catalogue
    """Anna's mandate for Bram, active."""
    return active(anna, bram)
