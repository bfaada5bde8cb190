"""What takes access away is on every replica when it is told, and never waits for ever."""

import pytest

from tests.replicas.acting import Actor
from tests.replicas.looking import comes_true, holds, is_stopped
from tools.replicas import Bench

pytestmark = [pytest.mark.slow, pytest.mark.one_database]
LATER = 0.8
UNCONFIRMED = "not confirmed by every replica"
TAKING_AWAY = {
    "stop": "state = 'ended'",
    "helper-stops": "state = 'ended'",
    "report": "state = 'suspended'",
    "shorten": "last_day < first_day + 7",
}


@pytest.mark.parametrize("action", TAKING_AWAY)
def test_it_is_on_both_replicas_when_it_is_told(actor: Actor, bench: Bench, action: str) -> None:
    _, mandate = actor.does("give")
    bench["r2"].lag(LATER)
    waited, _ = actor.does(action, mandate=mandate)
    assert [holds(server, mandate, condition=TAKING_AWAY[action]) for server in bench.replicas] == [True, True]
    assert waited >= LATER * 0.9


def test_it_counts_for_one_service_too(actor: Actor, bench: Bench) -> None:
    _, mandate = actor.does("give")
    bench["r1"].lag(LATER)
    waited, _ = actor.does("stop-service", mandate=mandate)
    stopped = "SELECT count(*) FROM mandates_mandateservice WHERE mandate_id = %s AND stopped_at IS NOT NULL"
    assert [server.execute(stopped, mandate, database="namens")[0][0] for server in bench.replicas] == [1, 1]
    assert waited >= LATER * 0.9


def test_it_lets_nobody_wait_for_what_gives(actor: Actor, bench: Bench) -> None:
    # An activation does not only give: what is older may give way to it.
    _, mandate = actor.does("give")
    actor.does("report", mandate=mandate)
    bench["r1"].pause()
    bench["r2"].stall()
    waited, _ = actor.does("restore", mandate=mandate)
    assert waited < 2


@pytest.mark.parametrize("trouble", ["pause", "stall", "kill"])
def test_it_is_told_within_bounds_when_a_replica_is_in_trouble(actor: Actor, bench: Bench, trouble: str) -> None:
    """Without any worker: the process that commits gives up by itself, and says so."""
    _, mandate = actor.does("give")
    before = actor.logged.count(UNCONFIRMED)
    getattr(bench["r1"], trouble)()
    waited, _ = actor.does("stop", mandate=mandate)
    assert 4.5 < waited < 7.5
    assert is_stopped(bench.primary, mandate)
    assert is_stopped(bench["r2"], mandate)
    assert actor.logged.count(UNCONFIRMED) == before + 1


def test_it_goes_on_well_after_a_wait_that_was_ended(actor: Actor, bench: Bench) -> None:
    """What ended the wait never hits what the same connection does next."""
    _, first = actor.does("give")
    bench["r1"].pause()
    actor.does("stop", mandate=first)
    bench["r1"].resume()
    _, second = actor.does("give")
    waited, _ = actor.does("stop", mandate=second)
    assert waited < 2
    assert [is_stopped(server, second) for server in bench.replicas] == [True, True]


def test_it_reaches_later_who_could_not_confirm(actor: Actor, bench: Bench) -> None:
    _, mandate = actor.does("give")
    bench["r1"].stall()
    actor.does("stop", mandate=mandate)
    bench["r1"].go_on()
    assert comes_true(lambda: is_stopped(bench["r1"], mandate), within=10)
