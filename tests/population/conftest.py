from collections.abc import Iterator

import pytest

from namens.population.config import BrpSettings
from tests.rehearsal.serving import rehearsal


@pytest.fixture(scope="session")
def rehearsal_address() -> Iterator[str]:
    """A rehearsal that runs as a program of its own."""
    with rehearsal() as address:
        yield address


@pytest.fixture
def register(rehearsal_address: str) -> BrpSettings:
    """The connection to its register."""
    return BrpSettings(url=f"{rehearsal_address}/brp", api_key="rehearsal-key")
