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
def visitor(stage: Stage) -> Iterator[Visitor]:
    with httpx2.Client(transport=Direct(program.assemble(stage)), base_url=BASE) as http:
        yield Visitor(http)
