"""Bram with a QR on his screen, and everybody with a phone of their own."""

import pytest

from namens.appointments.actions import MadeHandOff
from namens.parties.models import Party
from tests.at_table import hands_off


@pytest.fixture
def made(bram: Party, catalogue: None) -> MadeHandOff:  # noqa: ARG001 - asked for its effect
    """What Bram made this morning, for a year."""
    return hands_off(bram)
