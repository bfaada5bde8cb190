"""Erasing what left the house long ago."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from namens.outbox.models import Kind, OutboxRow
from namens.outbox.upkeep import BATCH, BATCHES, GIVEN_UP_KEPT, SETTLED_KEPT, forget_over
from tests.people import NOW

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def rows(number: int = 1, **over: datetime) -> None:
    """Have so many rows that were put a year ago and ended so."""
    put_at = NOW - timedelta(days=400)
    OutboxRow.objects.bulk_create(
        OutboxRow(kind=Kind.PORTAL_EVENT, payload={}, put_at=put_at, due_at=put_at, **over) for _ in range(number)
    )


def test_it_erases_what_was_settled_a_month_ago() -> None:
    rows(settled_at=NOW - SETTLED_KEPT)
    rows(settled_at=NOW - SETTLED_KEPT + SECOND)
    assert forget_over(now=NOW) == 1
    assert OutboxRow.objects.get().settled_at == NOW - SETTLED_KEPT + SECOND


def test_it_keeps_what_was_given_up_for_a_year() -> None:
    rows(given_up_at=NOW - GIVEN_UP_KEPT)
    rows(given_up_at=NOW - GIVEN_UP_KEPT + SECOND)
    assert forget_over(now=NOW) == 1
    assert OutboxRow.objects.get().given_up_at == NOW - GIVEN_UP_KEPT + SECOND


def test_it_erases_what_was_taken_after_it_was_given_up() -> None:
    rows(given_up_at=NOW - SETTLED_KEPT, settled_at=NOW - SETTLED_KEPT)
    assert forget_over(now=NOW) == 1


def test_it_erases_nothing_that_still_has_to_leave() -> None:
    rows()
    rows(leased_until=NOW - timedelta(days=399))
    assert forget_over(now=NOW + timedelta(days=4000)) == 0
    assert OutboxRow.objects.count() == 2


def test_it_erases_so_much_at_once_and_the_rest_the_next_time() -> None:
    most = BATCH * BATCHES
    rows(most + 1, settled_at=NOW - SETTLED_KEPT)
    with CaptureQueriesContext(connection) as asked:
        assert forget_over(now=NOW) == most
    assert sum(one["sql"].startswith("DELETE") for one in asked.captured_queries) == BATCHES
    assert forget_over(now=NOW) == 1
    assert not OutboxRow.objects.exists()


def test_it_erases_the_oldest_first() -> None:
    most = BATCH * BATCHES
    rows(most, settled_at=NOW - SETTLED_KEPT)
    rows(settled_at=NOW - 2 * SETTLED_KEPT)
    forget_over(now=NOW)
    assert [row.settled_at for row in OutboxRow.objects.all()] == [NOW - SETTLED_KEPT]
