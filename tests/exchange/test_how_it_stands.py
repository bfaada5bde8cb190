"""How it stands with the events of a portal, as operators read it: numbers and reasons, nothing of what is in them."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from namens.exchange.models import PortalEvent
from namens.exchange.queries import Delivery, delivery_of
from namens.lib.ids import new_id
from namens.outbox.models import OutboxRow
from tests.api.machine import Machine, machine
from tests.exchange.receiving import Hearing, hearing
from tests.people import NOW

HOUR = timedelta(hours=1)
NOTHING = Delivery(waiting=0, waiting_since=None, problem="", next_try_at=None, delivered_at=None, given_up=0)


@pytest.fixture
def hears(portal: Machine) -> Hearing:
    return hearing(portal.portal, "https://portaal.example/gebeurtenissen")


def test_it_says_nothing_of_a_portal_without_events(hears: Hearing) -> None:
    assert delivery_of(hears.portal.id, now=NOW) == NOTHING


def test_it_says_what_waits_and_why(hears: Hearing) -> None:
    one = new_id()
    events = hears.must_hear(one, one, new_id())
    hears.must_hear(new_id(), now=NOW + HOUR)
    first = OutboxRow.objects.filter(payload={"event": str(events[0].id)})
    first.update(last_problem="answered 500", due_at=NOW + 2 * HOUR, attempts=3)
    assert delivery_of(hears.portal.id, now=NOW + HOUR) == Delivery(
        waiting=4,
        waiting_since=NOW,
        problem="answered 500",
        next_try_at=NOW + 2 * HOUR,
        delivered_at=None,
        given_up=0,
    )


def test_it_says_when_something_was_brought_last_and_what_was_given_up(hears: Hearing) -> None:
    first, second, third, old = hears.must_hear(*(new_id() for _ in range(4)))
    PortalEvent.objects.filter(id=first.id).update(delivered_at=NOW + HOUR)
    PortalEvent.objects.filter(id=second.id).update(delivered_at=NOW + 2 * HOUR)
    for event, end in ((third, NOW + timedelta(days=31)), (old, NOW + HOUR)):
        PortalEvent.objects.filter(id=event.id).update(given_up_at=end)
        OutboxRow.objects.filter(payload={"event": str(event.id)}).update(given_up_at=end)
    OutboxRow.objects.filter(given_up_at__isnull=True).update(settled_at=NOW)
    found = delivery_of(hears.portal.id, now=NOW + timedelta(days=31))
    assert (found.waiting, found.delivered_at, found.given_up) == (0, NOW + 2 * HOUR, 1)


def test_it_counts_nothing_given_up_that_was_never_to_be_sent(portal: Machine) -> None:
    Hearing(portal.portal).must_hear(new_id())
    assert delivery_of(portal.portal.id, now=NOW) == NOTHING


def test_it_says_nothing_of_another_portal(hears: Hearing) -> None:
    hears.must_hear(new_id())
    OutboxRow.objects.update(last_problem="answered 500")
    assert delivery_of(machine("ander").portal.id, now=NOW) == NOTHING


def test_it_asks_no_more_when_more_waits(hears: Hearing, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    hears.must_hear(*(new_id() for _ in range(40)))
    with django_assert_num_queries(4):
        delivery_of(hears.portal.id, now=NOW)
