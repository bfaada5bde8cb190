"""Warning of a portal that is told many reasons."""

import os
import time
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from namens.decisions import held, metrics, tallies
from namens.decisions.config import DecisionSettings
from namens.decisions.counts import Endpoint
from namens.decisions.metrics import Metrics, Watch
from tests.decisions.numbers import another_process, settings

EVALUATION = Endpoint.EVALUATION


def warnings_of(watch: Watch, *looks: tuple[float, dict[str, int]]) -> list[tuple[str, int]]:
    with capture_logs() as said:
        for at, told in looks:
            watch.look(told, at=at)
    return [(line["portal"], line["reasons"]) for line in said if line["event"] == "many reasons asked"]


def test_it_warns_of_a_portal_that_is_told_many_reasons() -> None:
    looks = [(0.0, {}), (1.0, {"a": 1000, "b": 5}), (2.0, {"a": 1001, "b": 9})]
    assert warnings_of(Watch(limit=1000), *looks) == [("a", 1001)]


def test_it_warns_once_in_a_window() -> None:
    looks = [(0.0, {"a": 0})] + [(float(at), {"a": at * 100}) for at in range(1, 700)]
    assert [count > 1000 for _, count in warnings_of(Watch(limit=1000), *looks)] == [True] * 3


def test_it_does_not_warn_of_many_reasons_over_a_long_time() -> None:
    looks = [(float(at), {"a": at * 3}) for at in range(0, 5000, 5)]
    assert warnings_of(Watch(limit=1000), *looks) == []


def test_it_warns_of_a_burst_over_the_border_of_two_windows() -> None:
    slow = [(float(at), {"a": 0}) for at in range(0, 290, 5)]
    burst = [(295.0, {"a": 600}), (305.0, {"a": 1200})]
    assert warnings_of(Watch(limit=1000), *slow, *burst) == [("a", 1200)]


def test_it_does_not_warn_of_what_was_told_before_it_looked() -> None:
    assert warnings_of(Watch(limit=1000), (0.0, {"a": 50_000}), (1.0, {"a": 50_001})) == []


def test_it_lets_one_process_watch_for_all(tmp_path: Path) -> None:
    folder = held.prepared(settings(tmp_path).counts_folder)
    first = held.lock(folder / tallies.WATCH)
    assert first is not None
    assert held.lock(folder / tallies.WATCH) is None
    os.close(first)
    assert held.lock(folder / tallies.WATCH) is not None


@pytest.mark.slow
def test_it_warns_of_what_several_processes_told_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "WRITE_SECONDS", 0.05)
    counting = Metrics(DecisionSettings(folder=tmp_path, many_reasons=15))
    with capture_logs() as said:
        counting.start()
        time.sleep(0.2)
        counting.counts.decided("stopped", portal="a", endpoint=EVALUATION, told=True, times=10)
        with another_process(tmp_path, portal="a", times=10):
            until = time.monotonic() + 10
            while not said and time.monotonic() < until:
                time.sleep(0.05)
        counting.stop()
    assert [(line["event"], line["portal"], line["reasons"]) for line in said] == [("many reasons asked", "a", 20)]
