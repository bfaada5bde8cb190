"""Leasing: a row is with one worker only."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from namens.outbox.actions import LEASE, is_anything_due, lease, postpone, put, settle
from namens.outbox.models import Kind, OutboxRow
from tests.parallel import at_once
from tests.people import NOW

SECOND = timedelta(seconds=1)


def rows(number: int) -> list[UUID]:
    with transaction.atomic():
        return [
            put(Kind.ACCESS_ENDED, payload={"number": str(one)}, now=NOW + one * SECOND).id for one in range(number)
        ]


@pytest.mark.django_db
def test_it_gives_the_oldest_first() -> None:
    ids = rows(3)
    assert [row.id for row in lease(now=NOW + 3 * SECOND, most=2)] == ids[:2]


@pytest.mark.django_db
def test_it_gives_a_row_to_one_only() -> None:
    rows(1)
    assert (len(lease(now=NOW)), len(lease(now=NOW))) == (1, 0)


@pytest.mark.django_db
def test_it_gives_nothing_that_is_not_due() -> None:
    rows(1)
    assert lease(now=NOW - SECOND) == []


@pytest.mark.django_db
def test_it_comes_back_after_the_lease() -> None:
    rows(1)
    lease(now=NOW)
    assert lease(now=NOW + LEASE) == []
    (again,) = lease(now=NOW + LEASE + SECOND)
    assert again.attempts == 2


@pytest.mark.django_db
def test_it_gives_only_the_kind_that_is_asked() -> None:
    rows(1)
    assert lease(now=NOW, kind=Kind.BACK_CHANNEL_LOGOUT) == []
    assert len(lease(now=NOW, kind=Kind.ACCESS_ENDED)) == 1


@pytest.mark.django_db
def test_it_tells_what_was_tried_from_what_was_not() -> None:
    rows(2)
    (first,) = lease(now=NOW + SECOND, most=1, tried=False)
    postpone(first, now=NOW + SECOND, problem="no answer")
    later = NOW + timedelta(minutes=1)
    assert [row.id for row in lease(now=later, tried=True)] == [first.id]
    assert [row.attempts for row in lease(now=later, tried=False)] == [1]


@pytest.mark.django_db
def test_it_is_due_when_its_moment_has_come_and_nobody_holds_it() -> None:
    rows(1)
    assert not is_anything_due(now=NOW - SECOND)
    assert is_anything_due(now=NOW)
    lease(now=NOW)
    assert not is_anything_due(now=NOW + SECOND)
    assert is_anything_due(now=NOW + LEASE + SECOND)


@pytest.mark.django_db
def test_it_gives_nothing_that_is_settled() -> None:
    rows(1)
    settle(lease(now=NOW)[0], now=NOW)
    assert lease(now=NOW + timedelta(days=1)) == []


@pytest.mark.django_db
def test_it_is_settled_only_by_who_holds_it() -> None:
    rows(1)
    (first,) = lease(now=NOW)
    (second,) = lease(now=NOW + LEASE + SECOND)
    assert not settle(first, now=NOW)
    assert settle(second, now=NOW)


@pytest.mark.django_db
def test_it_is_settled_once() -> None:
    rows(1)
    (row,) = lease(now=NOW)
    assert (settle(row, now=NOW), settle(row, now=NOW)) == (True, False)


@pytest.mark.django_db
def test_it_is_postponed_only_by_who_holds_it() -> None:
    rows(1)
    (first,) = lease(now=NOW)
    lease(now=NOW + LEASE + SECOND)
    postpone(first, now=NOW, problem="late")
    assert OutboxRow.objects.get().last_problem == ""


@pytest.mark.django_db(transaction=True)
def test_it_gives_each_row_once_to_many_workers() -> None:
    ids = rows(30)
    leased = at_once([lambda: [row.id for row in lease(now=NOW + timedelta(hours=1), most=5)]] * 8)
    taken = [row for one in leased for row in one]
    assert len(taken) == len(set(taken))
    while more := [row.id for row in lease(now=NOW + timedelta(hours=1), most=5)]:
        taken += more
    assert sorted(taken) == sorted(ids)
