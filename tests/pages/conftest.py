"""The morning of 23 November 2026, a population register that knows everybody, and people at their own computers."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client

from namens.lib import clock
from namens.mandates.models import Mandate
from namens.parties.models import Party
from namens.population import actions as population
from tests.pages.visiting import Register, arrive
from tests.people import NOW, active, terms


@pytest.fixture(autouse=True)
def morning() -> Iterator[datetime]:
    """Let the clock stand still."""
    with clock.frozen(NOW) as now:
        yield now


@pytest.fixture(autouse=True)
def register(monkeypatch: pytest.MonkeyPatch) -> Register:
    """Have a register that knows everybody of the tests."""
    stand_in = Register()
    monkeypatch.setattr(population, "ask", stand_in.ask)
    return stand_in


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
