"""A primary server with two replicas, once for all tests here; each begins with both of them well."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.replicas.acting import Actor, acting, working
from tools import replicas
from tools.replicas import Bench


@pytest.fixture(scope="session")
def servers() -> Iterator[Bench]:
    """The servers."""
    if replicas.binaries() is None:
        pytest.skip(replicas.ADVICE)
    with replicas.running() as bench:
        yield bench


@pytest.fixture(scope="session")
def everybody(servers: Bench, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Actor]:
    """Anna and Bram."""
    with acting(servers, log=tmp_path_factory.mktemp("replicas") / "actor.log") as actor:
        yield actor


@pytest.fixture
def bench(servers: Bench) -> Iterator[Bench]:
    """The servers, both replicas following and in the list."""
    servers.heal()
    servers.wait_for_all(servers.names)
    yield servers
    servers.heal()


@pytest.fixture
def actor(everybody: Actor, bench: Bench) -> Actor:  # noqa: ARG001 - asked for its effect
    """Anna and Bram."""
    return everybody


@pytest.fixture
def worker_log(bench: Bench, tmp_path: Path) -> Iterator[Path]:
    """A worker that runs, known by its log."""
    log = tmp_path / "worker.log"
    with working(bench, log=log):
        yield log
