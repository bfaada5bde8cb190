"""The morning of 23 November 2026, and a population register that knows everybody of the tests."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from namens.lib import clock
from namens.population import actions as population
from tests.pages.visiting import Register
from tests.people import NOW


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
