"""The door in its own processes, by the real clock: what a test gives here is committed, and the door reads it."""

from collections.abc import Iterator

import pytest
from django.db import connection

from namens.lib import clock
from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.decisions.machine import Machine, machine
from tests.decisions.served.serving import Served, address_of, serving
from tests.people import active, load_catalogue, person


@pytest.fixture(autouse=True)
def morning() -> None:
    """Let the clock go on, as it does for the processes of the door."""


@pytest.fixture(scope="module")
def address(django_db_setup: None) -> str:  # noqa: ARG001 - asked for its effect
    """Where the database of the tests is."""
    return address_of(connection.settings_dict)


@pytest.fixture(scope="module")
def served(address: str) -> Iterator[Served]:
    """The door, one worker, with the settings of everybody."""
    with serving(address) as served:
        yield served


@pytest.fixture
def portal(transactional_db: None, signing_keys: None) -> Machine:  # noqa: ARG001 - asked for their effect
    """A portal whose machine has a token for decisions."""
    load_catalogue()
    made = machine()
    made.log_in()
    return made


@pytest.fixture
def anna(portal: Machine) -> Party:  # noqa: ARG001 - asked for its effect
    """Anna, client."""
    return person("anna", now=clock.now())


@pytest.fixture
def bram(portal: Machine) -> Party:  # noqa: ARG001 - asked for its effect
    """Bram, helper."""
    return person("bram", now=clock.now())


@pytest.fixture
def given(anna: Party, bram: Party) -> Mandate:
    """Anna's mandate for Bram, committed and active."""
    return active(anna, bram, now=clock.now())
