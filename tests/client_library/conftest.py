"""The client library at the real doors, today: it reads a clock of its own."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from namens_client import Namens

from namens.grants.actions import make_keys
from namens.lib import clock
from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.api.machine import Machine, machine
from tests.client_library.doors import library
from tests.openid.conftest import brokers, brokers_file
from tests.openid.renewing import DECISIONS, PORTALS
from tests.people import active

__all__ = ["brokers", "brokers_file"]


@pytest.fixture(autouse=True)
def today() -> Iterator[datetime]:
    """Let the clock stand still, at this moment."""
    with clock.frozen(datetime.now(UTC)) as now:
        yield now


@pytest.fixture
def portal(catalogue: None, today: datetime) -> Machine:  # noqa: ARG001 - asked for its effect
    """A portal whose machine may ask and tell everything."""
    make_keys(now=today)
    return machine("portaal", machine_scopes=(DECISIONS, PORTALS))


@pytest.fixture
def namens(portal: Machine) -> Iterator[Namens]:
    """The library, as that portal has it."""
    with library(portal) as made:
        yield made


@pytest.fixture
def running(anna: Party, bram: Party, portal: Machine, today: datetime) -> Mandate:  # noqa: ARG001 - the catalogue
    """Anna's mandate for Bram, active since this moment."""
    return active(anna, bram, now=today)
