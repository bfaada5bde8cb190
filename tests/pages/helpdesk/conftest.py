"""Browsers of two agents, a mandate of Anna, and a register that gives addresses."""

import pytest
from django.test import Client

from namens.mandates.models import Mandate
from namens.parties.models import Party
from namens.population import addresses
from tests.helpdesk.calling import Addresses
from tests.people import active, terms
from tests.staff import log_in_agent, make_agent


@pytest.fixture(autouse=True)
def homes(monkeypatch: pytest.MonkeyPatch) -> Addresses:
    """Have a register that knows where everybody of the tests lives."""
    stand_in = Addresses()
    monkeypatch.setattr(addresses, "ask_address", stand_in.ask)
    return stand_in


@pytest.fixture
def at_hester(db: None) -> Client:  # noqa: ARG001 - asked for its effect
    """A browser in which Hester (helpdesk) is logged in."""
    return log_in_agent(make_agent("Hester"))


@pytest.fixture
def at_karim(db: None) -> Client:  # noqa: ARG001 - asked for its effect
    """A browser in which another agent is logged in."""
    return log_in_agent(make_agent("Karim"))


@pytest.fixture
def mandate(catalogue: None, anna: Party, bram: Party) -> Mandate:  # noqa: ARG001 - asked for its effect
    """Bram helps Anna with two services."""
    return active(anna, bram, what=terms("mijn-toeslagen", "inkomstenbelasting"))
