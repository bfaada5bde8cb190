"""The heartbeat of replicas outlives whatever goes wrong in one of its turns."""

import threading

import pytest
import structlog

from namens.worker import replicas
from namens.worker.replicas import Keeper

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("problem", [OSError, ValueError])
def test_it_goes_on_after_any_trouble(monkeypatch: pytest.MonkeyPatch, problem: type[Exception]) -> None:
    monkeypatch.setattr(replicas, "EVERY_SECONDS", 0.01)
    keeper, turns, again = Keeper(["r1"]), [0], threading.Event()

    def turn() -> None:
        turns[0] += 1
        if turns[0] == 1:
            raise problem("a secret")
        again.set()

    monkeypatch.setattr(keeper, "turn", turn)
    with structlog.testing.capture_logs() as told:
        keeper.start()
        assert again.wait(5)
        keeper.stop()
    assert [(one["event"], one["problem"]) for one in told] == [("no heartbeat", problem.__name__)]
