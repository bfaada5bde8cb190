from collections.abc import Iterator

import httpx2
import pytest

from rehearsal import program
from rehearsal.stage import Settings, Stage, build
from tests.rehearsal.playing import BASE, Direct, MovableClock, Visitor


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def stage(clock: MovableClock) -> Stage:
    return build(Settings(), clock=clock)


@pytest.fixture
def http(stage: Stage) -> Iterator[httpx2.Client]:
    with httpx2.Client(transport=Direct(program.assemble(stage)), base_url=BASE) as client:
        yield client


@pytest.fixture
def visitor(http: httpx2.Client) -> Visitor:
    """Somebody at DigiD."""
    return Visitor(http)


@pytest.fixture
def member(http: httpx2.Client) -> Visitor:
    """Somebody at eHerkenning."""
    return Visitor(http, means="eherkenning")
