"""The morning of 23 November 2026, an agent, and a register that gives addresses."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from namens.lib import clock
from namens.population import addresses
from namens.signin.models import Staff
from tests.helpdesk.calling import Addresses
from tests.people import NOW
from tests.staff import make_agent


@pytest.fixture(autouse=True)
def morning() -> Iterator[datetime]:
    """Let the clock stand still."""
    with clock.frozen(NOW) as now:
        yield now


@pytest.fixture(autouse=True)
def register(monkeypatch: pytest.MonkeyPatch) -> Addresses:
    """Have a register that knows where everybody of the tests lives."""
    stand_in = Addresses()
    monkeypatch.setattr(addresses, "ask_address", stand_in.ask)
    return stand_in


@pytest.fixture
def hester(db: None) -> Staff:  # noqa: ARG001 - asked for its effect
    """An agent."""
    return make_agent("Hester")


@pytest.fixture
def karim(db: None) -> Staff:  # noqa: ARG001 - asked for its effect
    """Another agent."""
    return make_agent("Karim")
