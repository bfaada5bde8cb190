"""Trying again later."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from namens.outbox.actions import LONGEST_PAUSE, lease, postpone, put
from namens.outbox.models import Kind, OutboxRow
from tests.people import NOW


@pytest.fixture(autouse=True)
def row(db: None) -> None:  # noqa: ARG001 - asked for its effect
    with transaction.atomic():
        put(Kind.BACK_CHANNEL_LOGOUT, payload={"family": "x"}, now=NOW)


def fail(at: datetime, *, problem: str = "no answer") -> timedelta:
    """Take the row, fail, and give how long it rests."""
    (held,) = lease(now=at)
    postpone(held, now=at, problem=problem)
    return OutboxRow.objects.get().due_at - at


def test_it_rests_twice_as_long_each_time() -> None:
    at, pauses = NOW, []
    for _ in range(5):
        pauses.append(fail(at).total_seconds())
        at = OutboxRow.objects.get().due_at
    assert pauses == [2, 4, 8, 16, 32]


def test_it_rests_an_hour_at_most() -> None:
    OutboxRow.objects.update(attempts=500)
    assert fail(NOW) == LONGEST_PAUSE


def test_it_is_free_again_when_due() -> None:
    fail(NOW)
    assert lease(now=NOW + timedelta(seconds=1)) == []
    assert len(lease(now=NOW + timedelta(seconds=2))) == 1


def test_it_keeps_the_beginning_of_a_long_problem() -> None:
    fail(NOW, problem="x" * 1000)
    assert OutboxRow.objects.get().last_problem == "x" * 200
