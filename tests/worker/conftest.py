"""What the tests of the worker share."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from namens.lib import clock
from namens.worker import Worker
from tests.people import NOW
from tests.worker.portals import Receiver, listening


@pytest.fixture(autouse=True)
def morning() -> Iterator[datetime]:
    """Let the clock stand still."""
    with clock.frozen(NOW) as now:
        yield now


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A portal that listens."""
    with listening() as server:
        yield server


@pytest.fixture
def worker() -> Iterator[Worker]:
    """A worker that has the house in order, and just had a look at the register."""
    made = Worker(upkeep_due=NOW.replace(year=2099), register_due=NOW.replace(year=2099))
    yield made
    made.finish()
