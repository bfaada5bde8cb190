"""Trying no more."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from namens.outbox.actions import (
    FIRST_PAUSE,
    GIVE_UP_AFTER,
    LEASE,
    LONGEST_PAUSE,
    give_up,
    lease,
    postpone,
    put,
    settle,
)
from namens.outbox.models import Kind, OutboxRow
from tests.people import NOW

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def row(db: None) -> None:  # noqa: ARG001 - asked for its effect
    with transaction.atomic():
        put(Kind.BACK_CHANNEL_LOGOUT, payload={"family": "x"}, now=NOW)


def fail(*, at: datetime) -> None:
    (held,) = lease(now=at)
    postpone(held, now=at, problem="no answer")


def test_it_gives_up_after_three_days() -> None:
    fail(at=NOW)
    assert [row.last_problem for row in give_up(now=NOW + GIVE_UP_AFTER)] == ["no answer"]
    assert OutboxRow.objects.get().given_up_at == NOW + GIVE_UP_AFTER
    assert lease(now=NOW + timedelta(days=30)) == []


def test_it_does_not_give_up_before() -> None:
    fail(at=NOW)
    assert give_up(now=NOW + GIVE_UP_AFTER - SECOND) == []
    assert len(lease(now=NOW + GIVE_UP_AFTER - SECOND)) == 1


def test_it_tries_no_more_after_three_days_also_before_it_was_given_up() -> None:
    fail(at=NOW)
    assert lease(now=NOW + GIVE_UP_AFTER) == []


def test_it_tries_once_in_any_case() -> None:
    assert give_up(now=NOW + 2 * GIVE_UP_AFTER) == []
    assert len(lease(now=NOW + 2 * GIVE_UP_AFTER)) == 1


def test_it_gives_up_once() -> None:
    fail(at=NOW)
    assert len(give_up(now=NOW + GIVE_UP_AFTER)) == 1
    assert give_up(now=NOW + GIVE_UP_AFTER) == []


def test_it_gives_up_nothing_that_somebody_holds() -> None:
    lease(now=NOW + GIVE_UP_AFTER)
    assert give_up(now=NOW + GIVE_UP_AFTER + LEASE) == []


def test_it_gives_up_nothing_that_was_settled() -> None:
    settle(lease(now=NOW)[0], now=NOW)
    assert give_up(now=NOW + GIVE_UP_AFTER) == []


def test_it_gives_up_a_row_of_which_nobody_ever_came_back() -> None:
    at, tries = NOW, 0
    while lease(now=at):
        at, tries = at + LEASE + SECOND, tries + 1
        while at < NOW + GIVE_UP_AFTER and not OutboxRow.objects.filter(due_at__lte=at).exists():
            at += LEASE
    assert 70 < tries < 90
    assert len(give_up(now=at + LONGEST_PAUSE)) == 1


def test_it_rests_longer_after_each_time_that_nobody_came_back() -> None:
    rests = []
    for number in range(14):
        OutboxRow.objects.update(due_at=NOW, leased_until=None, attempts=number)
        lease(now=NOW)
        rests.append(OutboxRow.objects.get().due_at - NOW)
    assert rests[:3] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert rests == sorted(rests)
    assert rests[-1] == LONGEST_PAUSE
