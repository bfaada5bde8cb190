"""The worker ends, or its database does, at any statement: no event is lost, the order stays, doubles have one id."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, connections

from namens.exchange.models import PortalEvent
from namens.lib import clock
from namens.lib.ids import new_id
from namens.outbox.actions import LEASE
from namens.outbox.models import OutboxRow
from namens.services.models import Portal
from namens.worker import Worker
from namens.worker.events import EventDesk
from tests.exchange.receiving import Hearing, Receiver, always, hearing, listening
from tests.faults import Kind, failing
from tests.parallel import at_once
from tests.people import NOW
from tests.worker.working import work

pytestmark = pytest.mark.django_db(transaction=True)

ONE, OTHER = new_id(), new_id()
LATER = LEASE + timedelta(seconds=1)
MOST_STATEMENTS = 200


@pytest.fixture
def ear() -> Iterator[Receiver]:
    """A portal's address for events."""
    with listening() as server:
        yield server


@pytest.fixture
def hears(toeslagen: Portal, ear: Receiver) -> Hearing:
    """A portal that listens there."""
    return hearing(toeslagen, ear.address)


def a_worker() -> Worker:
    never = NOW.replace(year=2099)
    return Worker(upkeep_due=never, register_due=never)


def until_done(desk: EventDesk, *, at: datetime) -> None:
    """Bring what can be brought, as the worker does between its other work."""
    with clock.frozen(at):
        busy = True
        while busy:
            busy = desk.turn()
            for carriers in desk.carriers():
                back = carriers.back()
                for errand in back:
                    errand()
                busy = busy or bool(back) or carriers.are_out


def dies_at(statement: int, *, kind: Kind, at: datetime) -> bool:
    """Let a worker live until so many statements; False when it had no so many to do. What it knew is gone with it."""
    desk = EventDesk()
    try:
        with failing(at=statement, kind=kind) as fault:
            until_done(desk, at=at)
        return fault.struck
    except OperationalError:
        return True
    finally:
        connections.close_all()
        for carriers in desk.carriers():
            carriers.close()


def is_whole(ear: Receiver, events: list[PortalEvent]) -> bool:
    """Say whether everything came, what is about one thing first came in its order, and what came twice is the same."""
    numbers = [heard.number for heard in ear.heard]
    for about in (ONE, OTHER):
        line = [event.number for event in events if event.about == about]
        assert sorted(line, key=numbers.index) == line
    assert len({heard.id for heard in ear.heard}) == len({(heard.id, heard.body) for heard in ear.heard})
    return set(numbers) == {event.number for event in events}


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, id=kind.name.lower(), marks=pytest.mark.slow if kind is Kind.HICCUP else ()) for kind in Kind],
)
def test_it_loses_nothing_whichever_statement_is_its_last(hears: Hearing, ear: Receiver, kind: Kind) -> None:
    now = NOW
    for statement in range(1, MOST_STATEMENTS):
        now += LATER
        ear.heard.clear()
        events = hears.must_hear(ONE, ONE, OTHER, now=now)
        struck = dies_at(statement, kind=kind, at=now)
        now += LATER
        until_done(EventDesk(), at=now)
        assert is_whole(ear, events), f"statement {statement}"
        assert not PortalEvent.objects.filter(delivered_at__isnull=True).exists(), f"statement {statement}"
        if not struck:
            return
    raise AssertionError("this worker never comes to an end")


def test_it_loses_nothing_when_it_ends_while_it_gives_up(hears: Hearing, ear: Receiver) -> None:
    now = NOW
    for statement in range(1, MOST_STATEMENTS):
        ear.answer = always(500)
        events = hears.must_hear(ONE, ONE, now=now)
        until_done(EventDesk(), at=now)
        ear.answer = always(200)
        ear.heard.clear()
        now += timedelta(days=3)
        struck = gives_up_until(statement, at=now)
        now += LATER
        with clock.frozen(now):
            EventDesk().give_up(now=now)
        until_done(EventDesk(), at=now)
        ends = [PortalEvent.objects.get(id=event.id) for event in events]
        assert [bool(one.given_up_at) for one in ends] == [True, False], f"statement {statement}"
        assert [heard.number for heard in ear.heard] == [ends[1].number], f"statement {statement}"
        if not struck:
            return
    raise AssertionError("this worker never comes to an end")


def gives_up_until(statement: int, *, at: datetime) -> bool:
    try:
        with failing(at=statement, kind=Kind.HICCUP) as fault, clock.frozen(at):
            EventDesk().give_up(now=at)
        return fault.struck
    except OperationalError:
        return True
    finally:
        connections.close_all()


def test_it_goes_on_after_the_database_was_away(hears: Hearing, ear: Receiver) -> None:
    """The same worker: what it knew of whom it was calling is not in its own way."""
    worker = a_worker()
    events = hears.must_hear(*[new_id() for _ in range(12)])
    for statement in range(20, 120, 10):
        with failing(at=statement, kind=Kind.HICCUP), clock.frozen(NOW):
            worker.turn()
    work(worker, at=NOW + LATER)
    worker.finish()
    assert {heard.number for heard in ear.heard} == {event.number for event in events}
    assert not worker.events.first_tries.bound_for + worker.events.further_tries.bound_for


def test_it_brings_each_event_once_with_two_workers_at_once(hears: Hearing, ear: Receiver) -> None:
    lines = [new_id() for _ in range(6)]
    events = hears.must_hear(*lines * 4)
    workers = [a_worker(), a_worker()]
    with clock.frozen(NOW):
        at_once([lambda one=one: work(one, at=NOW) for one in workers])  # type: ignore[misc]  # a default binds it
    until_done(EventDesk(), at=NOW)
    for one in workers:
        one.finish()
    assert sorted(ear.numbers) == [event.number for event in events]
    numbers = [heard.number for heard in ear.heard]
    for line in lines:
        of_line = [event.number for event in events if event.about == line]
        assert sorted(of_line, key=numbers.index) == of_line
    assert not OutboxRow.objects.filter(settled_at__isnull=True).exists()
