"""A worker lets the heart beat, takes out who falls behind and puts back who has caught up."""

import subprocess
import time
from pathlib import Path

import pytest

from tests.replicas.acting import Actor, working
from tests.replicas.looking import age, comes_true, goes_well, is_stopped, refuses, told, until_it_beats
from tools.replicas import Bench

pytestmark = [pytest.mark.slow, pytest.mark.one_database]
TROUBLES = ("pause", "stall", "kill")
OUT, BACK = "replica taken out", "replica put back"


@pytest.fixture
def log(actor: Actor, bench: Bench, worker_log: Path) -> Path:  # noqa: ARG001 - its tables are made
    """The log of a worker under which all goes well."""
    until_it_beats(bench)
    return worker_log


@pytest.mark.usefixtures("log")
def test_it_beats_everywhere(bench: Bench) -> None:
    ages = []
    for _ in range(30):
        ages += [age(server) for server in bench.servers]
        time.sleep(0.1)
    assert max(ages) < 1.5
    assert min(ages) > -0.1


def test_it_takes_nobody_out_who_does_not_refuse_yet(bench: Bench, log: Path) -> None:
    bench["r1"].stall()
    assert comes_true(lambda: "r1" not in bench.waited_for, within=8)
    assert refuses(bench["r1"])
    assert bench.waited_for == {"r2"}
    assert not refuses(bench["r2"])
    assert told(log, OUT) == 1


@pytest.mark.parametrize("trouble", TROUBLES)
def test_it_lets_nobody_wait_long(actor: Actor, bench: Bench, log: Path, trouble: str) -> None:
    _, mandate = actor.does("give")
    getattr(bench["r1"], trouble)()
    waited, _ = actor.does("stop", mandate=mandate)
    assert waited < 5
    assert is_stopped(bench["r2"], mandate)
    assert comes_true(lambda: told(log, OUT) == 1, within=2)
    _, mandate = actor.does("give")
    waited, _ = actor.does("stop", mandate=mandate)
    assert waited < 1


@pytest.mark.parametrize("trouble", TROUBLES)
def test_it_puts_back_who_has_caught_up(actor: Actor, bench: Bench, log: Path, trouble: str) -> None:
    getattr(bench["r1"], trouble)()
    assert comes_true(lambda: bench.waited_for == {"r2"}, within=8)
    _, mandate = actor.does("give")
    actor.does("stop", mandate=mandate)
    bench.heal()
    assert comes_true(lambda: goes_well(bench), within=8)
    assert is_stopped(bench["r1"], mandate)
    assert told(log, BACK) == 1


@pytest.mark.usefixtures("log")
def test_it_does_not_wait_for_who_lags(actor: Actor, bench: Bench) -> None:
    bench["r1"].lag(6)
    assert comes_true(lambda: bench.waited_for == {"r2"}, within=10)
    for _ in range(3):
        _, mandate = actor.does("give")
        waited, _ = actor.does("stop", mandate=mandate)
        assert waited < 1
        assert is_stopped(bench["r1"], mandate) or refuses(bench["r1"])
    assert bench.waited_for == {"r2"}


@pytest.mark.usefixtures("log")
def test_it_answers_with_both_away(actor: Actor, bench: Bench) -> None:
    for server in bench.replicas:
        server.kill()
    assert comes_true(lambda: not bench.waited_for, within=8)
    _, mandate = actor.does("give")
    waited, _ = actor.does("stop", mandate=mandate)
    assert waited < 1
    assert not refuses(bench.primary)


def test_it_makes_every_server_refuse_when_nobody_beats(actor: Actor, bench: Bench, tmp_path: Path) -> None:
    with working(bench, log=tmp_path / "worker.log") as worker:
        until_it_beats(bench)
        worker.kill()
    assert comes_true(lambda: all(refuses(server) for server in bench.servers), within=3)
    _, mandate = actor.does("give")
    waited, _ = actor.does("stop", mandate=mandate)
    assert waited < 1
    with working(bench, log=tmp_path / "worker.log"):
        until_it_beats(bench)


def test_it_works_with_several_at_once(bench: Bench, log: Path, tmp_path: Path) -> None:
    with working(bench, log=tmp_path / "second.log"), working(bench, log=tmp_path / "third.log"):
        bench["r1"].stall()
        assert comes_true(lambda: bench.waited_for == {"r2"}, within=8)
        assert refuses(bench["r1"])
        until = time.monotonic() + 4
        while time.monotonic() < until:
            assert bench.waited_for == {"r2"}
            time.sleep(0.05)
        bench["r1"].go_on()
        assert comes_true(lambda: goes_well(bench), within=8)
    logs = [log, tmp_path / "second.log", tmp_path / "third.log"]
    # Two that write the same at one moment both say so.
    assert 1 <= sum(told(one, OUT) for one in logs) <= len(logs)
    assert 1 <= sum(told(one, BACK) for one in logs) <= len(logs)


def test_it_is_no_hindrance_that_one_worker_stands_still(bench: Bench, log: Path, tmp_path: Path) -> None:
    with working(bench, log=tmp_path / "second.log") as other:
        time.sleep(3)
        subprocess.run(["kill", "-STOP", str(other.pid)], check=True)
        bench["r1"].stall()
        assert comes_true(lambda: bench.waited_for == {"r2"}, within=12)
        assert not refuses(bench["r2"])
    assert told(log, OUT) == 1


@pytest.mark.usefixtures("log")
def test_it_puts_right_a_beat_from_the_future(bench: Bench) -> None:
    """Somebody's clock jumped, or somebody wants a replica that stands still to look fresh."""
    bench.primary.execute("UPDATE journal_heartbeat SET beat_at = now() + interval '1 hour'", database="namens")
    assert comes_true(lambda: not any(refuses(server) for server in bench.servers), within=2)


def test_it_goes_on_after_the_primary_restarts(bench: Bench, log: Path) -> None:
    bench.primary.kill()
    time.sleep(1)
    bench.primary.start()
    assert comes_true(lambda: goes_well(bench), within=15)
    assert told(log, "no heartbeat") >= 1
    assert not told(log, OUT)


def test_it_stops_when_it_is_told_to(bench: Bench, tmp_path: Path) -> None:
    with working(bench, log=tmp_path / "worker.log") as worker:
        until_it_beats(bench)
        worker.terminate()
        assert worker.wait(timeout=10) == 0
