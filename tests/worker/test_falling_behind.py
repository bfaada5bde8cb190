"""Who is behind, and for how long: nobody is taken out who does not refuse by itself already."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from namens.worker.falling_behind import OLDEST_BEAT, OUT_AFTER, Lags, Row

EVERY = 0.5


def seen(lags: Lags, *, at: float, place: int, **reached: int) -> None:
    """Let the primary be at `place` at this instant, and these replicas there."""
    lags.mark(at=at, reached=place)
    lags.hear([Row(name=name, reached=there, clock=0.0) for name, there in reached.items()], at=at)


def test_it_takes_nobody_out_who_follows() -> None:
    lags = Lags(["r1", "r2"])
    for turn in range(20):
        seen(lags, at=turn * EVERY, place=turn * 100, r1=turn * 100 - 100, r2=turn * 100)
    assert lags.belonging({"r1", "r2"}) == ["r1", "r2"]


@pytest.mark.parametrize("trouble", ["stands-still", "is-gone"])
def test_it_takes_out_who_is_in_trouble_but_not_before_it_refuses(trouble: str) -> None:
    lags = Lags(["r1", "r2"])
    out_at = None
    for turn in range(20):
        r1 = {"r1": 200} if trouble == "stands-still" or turn < 3 else {}
        seen(lags, at=turn * EVERY, place=turn * 100, r2=turn * 100, **r1)
        if turn >= 3 and lags.belonging({"r1", "r2"}) == ["r2"]:
            out_at = turn * EVERY
            break
    # What it has is at most as old as the place that it reached last.
    assert out_at is not None
    assert OLDEST_BEAT < out_at - 2 * EVERY <= OUT_AFTER + 2 * EVERY


def test_it_puts_nobody_back_whom_it_did_not_see_follow() -> None:
    """A worker that has just begun knows one place only: that says nothing about who stands still there."""
    lags = Lags(["r1"])
    seen(lags, at=0, place=100, r1=50)
    seen(lags, at=EVERY, place=200, r1=50)
    assert lags.belonging(set()) == []


def test_it_puts_back_who_has_caught_up() -> None:
    lags = Lags(["r1"])
    for turn in range(10):
        seen(lags, at=turn * EVERY, place=turn * 100, r1=0)
    assert lags.belonging(set()) == []
    seen(lags, at=10 * EVERY, place=1000, r1=900)
    assert lags.belonging(set()) == ["r1"]


def test_it_gives_who_was_never_seen_as_long_as_who_falls_behind() -> None:
    lags = Lags(["r1"])
    seen(lags, at=100, place=100)
    assert lags.belonging({"r1"}) == ["r1"]
    seen(lags, at=100 + OUT_AFTER, place=200)
    assert lags.belonging({"r1"}) == []


def test_it_counts_the_slower_of_two_under_one_name() -> None:
    """Anybody who may replicate can take a name: that must not stand in for who really has it."""
    lags = Lags(["r1"])
    for turn in range(10):
        lags.mark(at=turn * EVERY, reached=turn * 100)
        twins = [Row(name="r1", reached=0, clock=0.0), Row(name="r1", reached=turn * 100, clock=0.0)]
        lags.hear(twins, at=turn * EVERY)
    assert lags.belonging({"r1"}) == []


def test_it_notices_a_clock_that_is_behind() -> None:
    lags = Lags(["r1", "r2"])
    for turn in range(4):
        lags.mark(at=turn * EVERY, reached=turn * 100)
        rows = [Row(name="r1", reached=turn * 100, clock=-0.1), Row(name="r2", reached=turn * 100, clock=-1.9)]
        lags.hear(rows, at=turn * EVERY)
    assert lags.slow_clocks == {"r2"}


@settings(suppress_health_check=[HealthCheck.too_slow])  # A busy machine says nothing about this.
@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 100), st.booleans()), min_size=1, max_size=40))
def test_it_never_takes_out_who_lacks_nothing_old(turns: list[tuple[int, int, bool]]) -> None:
    """However the turns come: who is out lacks what was there longer ago than a server may answer with."""
    lags, at, place, there = Lags(["r1"]), 0.0, 1, 1
    written: list[tuple[float, int]] = []
    for tenths, more, follows in turns:
        at, place = at + tenths / 10, place + more
        written.append((at, place))
        there = place if follows else there
        seen(lags, at=at, place=place, r1=there)
        if lags.belonging({"r1"}) == []:
            assert any(reached > there and at - instant > OLDEST_BEAT for instant, reached in written)
