"""A portal that is away is left alone for a while, hears everything when it is back, and is in nobody's way."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from namens.exchange.models import PortalEvent
from namens.grants import outside
from namens.lib import clock
from namens.lib.ids import new_id
from namens.outbox.actions import GIVE_UP_AFTER
from namens.outbox.models import Kind, OutboxRow
from namens.services.models import Portal
from namens.worker import Worker
from namens.worker.away import LONGEST_REST, Away
from namens.worker.events import FIRST_EVENTS, FURTHER_EVENTS, KEPT_FREE, EventDesk
from tests.exchange.receiving import Handler, Heard, Hearing, Receiver, always, hang, hearing, listening
from tests.people import NOW, portal
from tests.worker.working import work

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
PORTAL = new_id()


@pytest.fixture
def ear() -> Iterator[Receiver]:
    """A portal's address for events."""
    with listening() as server:
        yield server


@pytest.fixture
def hears(toeslagen: Portal, ear: Receiver) -> Hearing:
    """A portal that listens there."""
    return hearing(toeslagen, ear.address)


@pytest.fixture
def slow(belasting: Portal) -> Iterator[Hearing]:
    """A portal that takes every call and never answers."""
    with listening() as server:
        server.answer = hang
        yield hearing(belasting, server.address)


def bring(desk: EventDesk, *, at: datetime) -> None:
    """Let it bring all that is due."""
    with clock.frozen(at):
        while desk.turn() or any(carriers.are_out for carriers in desk.carriers()):
            for errand in [errand for carriers in desk.carriers() for errand in carriers.back()]:
                errand()


def rested(away: Away, *, at: datetime) -> timedelta:
    until = away.noticed(PORTAL, now=at)
    assert until is not None
    return until - at


def test_it_rests_longer_each_time_to_five_minutes() -> None:
    away, at, pauses = Away(), NOW, []
    for _ in range(10):
        pauses.append(rested(away, at=at))
        at += pauses[-1]
    assert pauses[:4] == [2 * SECOND, 4 * SECOND, 8 * SECOND, 16 * SECOND]
    assert pauses[-1] == LONGEST_REST


def test_it_rests_no_longer_because_several_tries_fail_at_once() -> None:
    away = Away()
    assert rested(away, at=NOW) == 2 * SECOND
    assert away.noticed(PORTAL, now=NOW + SECOND) is None
    assert away.resting(now=NOW + SECOND) == {PORTAL}
    assert away.resting(now=NOW + 2 * SECOND) == set()
    assert away.doubtful() == {PORTAL}


@pytest.mark.parametrize(
    ("wish", "rest"),
    [(timedelta(), 2 * SECOND), (MINUTE, MINUTE), (9 * HOUR, LONGEST_REST)],
    ids=["none", "a minute", "nine hours"],
)
def test_it_rests_for_as_long_as_the_portal_wants_within_bounds(wish: timedelta, rest: timedelta) -> None:
    assert Away().noticed(PORTAL, now=NOW, wish=wish) == NOW + rest


def test_it_forgets_that_a_portal_was_away() -> None:
    away = Away()
    rested(away, at=NOW)
    assert not away.is_back(PORTAL)
    assert (away.resting(now=NOW), away.doubtful()) == (set(), set())
    assert rested(away, at=NOW) == 2 * SECOND


def test_it_does_not_rest_until_a_clock_that_was_ahead_comes_round() -> None:
    away = Away()
    rested(away, at=NOW + 9 * HOUR)
    assert away.resting(now=NOW) == set()
    assert rested(away, at=NOW) == 4 * SECOND
    assert away.resting(now=NOW) == {PORTAL}


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_it_lets_everything_for_a_portal_rest_that_is_busy(
    worker: Worker, hears: Hearing, ear: Receiver, status: int
) -> None:
    ear.answer = always(status)
    hears.must_hear(*(new_id() for _ in range(12)))
    work(worker)
    assert len(ear.heard) <= FIRST_EVENTS // 2
    waiting = OutboxRow.objects.filter(settled_at__isnull=True)
    assert {(row.attempts, row.last_problem) for row in waiting} == {
        (1, f"answered {status}"),
        (0, f"answered {status}"),
    }
    assert {row.due_at for row in waiting} == {NOW + 2 * SECOND}


def test_it_finds_out_with_one_try_whether_a_portal_is_back(worker: Worker, hears: Hearing, ear: Receiver) -> None:
    ear.answer = always(503)
    hears.must_hear(*(new_id() for _ in range(12)))
    work(worker)
    before = len(ear.heard)
    work(worker, at=NOW + 2 * SECOND)
    assert len(ear.heard) == before + 1
    ear.answer = always(200)
    work(worker, at=NOW + MINUTE)
    assert sorted(ear.numbers) == list(range(1, 13))


def test_it_gives_up_nothing_of_a_portal_that_was_away_when_the_workers_came_back(
    hears: Hearing, ear: Receiver
) -> None:
    desk, refusals = EventDesk(), iter([503] * 4)
    ear.answer = lambda _handler, _heard: next(refusals, 204)
    hears.must_hear(*(new_id() for _ in range(30)), now=NOW - GIVE_UP_AFTER - 5 * MINUTE)
    for pause in (0, 2, 4, 60):
        bring(desk, at=NOW + pause * SECOND)
        desk.give_up(now=NOW + pause * SECOND)
    assert sorted(ear.numbers) == list(range(1, 31))
    assert not PortalEvent.objects.filter(delivered_at__isnull=True).exists()


@pytest.mark.usefixtures("hasty")
def test_it_tries_who_may_be_away_without_a_carrier_of_the_first_tries(
    worker: Worker, hears: Hearing, slow: Hearing, ear: Receiver
) -> None:
    slow.must_hear(*(new_id() for _ in range(20)))
    work(worker)
    hears.must_hear(new_id(), now=NOW + SECOND)
    with clock.frozen(NOW + 2 * SECOND):
        worker.turn()
    assert slow.portal.id not in worker.events.first_tries.bound_for
    assert worker.events.further_tries.bound_for[slow.portal.id] == 1
    work(worker, at=NOW + 2 * SECOND)
    assert ear.numbers == [1]


def test_it_leaves_new_events_alone_while_a_portal_rests(worker: Worker, hears: Hearing, ear: Receiver) -> None:
    ear.answer = always(503)
    hears.must_hear(new_id())
    work(worker)
    hears.must_hear(new_id(), now=NOW + SECOND)
    work(worker, at=NOW + SECOND)
    assert len(ear.heard) == 1
    ear.answer = always(200)
    work(worker, at=NOW + MINUTE)
    assert sorted(ear.numbers) == [1, 2]


def test_it_heeds_when_a_portal_wants_to_be_asked_again(worker: Worker, hears: Hearing, ear: Receiver) -> None:
    def later(handler: Handler, _heard: Heard) -> None:
        handler.send_response(503)
        handler.send_header("Retry-After", "90")
        handler.end_headers()

    ear.answer = later
    hears.must_hear(new_id())
    work(worker)
    work(worker, at=NOW + 89 * SECOND)
    assert len(ear.heard) == 1
    work(worker, at=NOW + 90 * SECOND)
    assert len(ear.heard) == 2


def test_it_brings_everything_in_order_after_a_day_of_refused_connections(worker: Worker, toeslagen: Portal) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        hears = hearing(toeslagen, f"http://localhost:{port}/gebeurtenissen")
        one, other = new_id(), new_id()
        events = hears.must_hear(one, other, one, one)
        for minutes in (0, 1, 5, 20, *range(60, 24 * 60, 60)):
            work(worker, at=NOW + minutes * MINUTE)
        hears.must_hear(one, now=NOW + 23 * HOUR)
        tries = OutboxRow.objects.get(payload={"event": str(events[0].id)}).attempts
        assert 15 <= tries <= 27
        assert not PortalEvent.objects.filter(delivered_at__isnull=False).exists()
    with listening(port) as ear:
        work(worker, at=NOW + 25 * HOUR)
        assert [number for number in ear.numbers if number != 2] == [1, 3, 4, 5]
        assert len(ear.heard) == len({heard.id for heard in ear.heard}) == 5


@pytest.mark.usefixtures("hasty")
def test_it_tells_others_while_a_portal_hangs(worker: Worker, hears: Hearing, slow: Hearing, ear: Receiver) -> None:
    slow.must_hear(*(new_id() for _ in range(20)))
    hears.must_hear(*(new_id() for _ in range(5)))
    worker.turn()
    half = FIRST_EVENTS // 2
    assert worker.events.first_tries.bound_for == {slow.portal.id: half, hears.portal.id: half - KEPT_FREE}
    work(worker)
    assert sorted(ear.numbers) == [1, 2, 3, 4, 5]


@pytest.mark.usefixtures("hasty")
def test_it_keeps_carriers_for_a_third_while_two_portals_are_slow(hears: Hearing, slow: Hearing, ear: Receiver) -> None:
    ear.answer = hang
    for one in (hears, slow):
        one.must_hear(*(new_id() for _ in range(20)))
    with listening() as free:
        third = hearing(portal("derde-portaal", "mijn-toeslagen"), free.address)
        desk = EventDesk()
        desk.turn()
        assert (desk.first_tries.free, third.portal.id in desk.first_tries.bound_for) == (KEPT_FREE, False)
        third.must_hear(new_id(), new_id())
        desk.turn()
        assert desk.first_tries.bound_for[third.portal.id] == 1
        for carriers in desk.carriers():
            carriers.close()
        assert len(free.taken) == 1


@pytest.mark.usefixtures("hasty")
def test_it_keeps_carriers_for_what_was_tried_before_apart(
    worker: Worker, hears: Hearing, slow: Hearing, ear: Receiver
) -> None:
    slow.must_hear(*(new_id() for _ in range(20)))
    OutboxRow.objects.filter(kind=Kind.PORTAL_EVENT).update(attempts=1)
    hears.must_hear(new_id())
    worker.turn()
    assert worker.events.further_tries.bound_for == {slow.portal.id: FURTHER_EVENTS // 2}
    work(worker)
    assert ear.numbers == [1]


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a portal for half a second."""
    monkeypatch.setattr(outside, "TOTAL_SECONDS", 0.5)
