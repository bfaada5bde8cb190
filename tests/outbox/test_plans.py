"""A hundred thousand rows that wait are in nobody's way: each question of the worker has an index that fits it."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from namens.lib import clock
from namens.lib.ids import new_id
from namens.outbox import actions as outbox
from namens.outbox.models import Kind, OutboxRow
from namens.outbox.upkeep import SETTLED_KEPT, forget_over
from namens.post import queries
from namens.post.models import Letter, Outcome
from tests.people import NOW, TODAY

WAITING = 2000
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def full_house() -> None:
    """Have many letters that wait, many rows that are over, and a few of another kind."""
    by = TODAY + timedelta(days=7)
    letters = [
        OutboxRow(kind=Kind.LETTER, payload={}, put_at=NOW, due_at=NOW, party=new_id(), promised_for=by)
        for _ in range(WAITING)
    ]
    over = [
        OutboxRow(kind=Kind.ACCESS_ENDED, payload={}, put_at=NOW, due_at=NOW, settled_at=NOW + number * HOUR)
        for number in range(WAITING)
    ]
    OutboxRow.objects.bulk_create([*letters, *over])
    Letter.objects.bulk_create(
        Letter(
            id=new_id(),
            party=new_id(),
            reference=str(number),
            asked_at=NOW,
            posted_at=NOW,
            due_by=by,
            outcome=Outcome.POSTED,
        )
        for number in range(WAITING)
    )
    with transaction.atomic():
        outbox.put(Kind.PRINT, payload={}, now=NOW + HOUR)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plans(asked: CaptureQueriesContext) -> list[str]:
    """Give how the database goes about each look at our rows."""
    looks = [one["sql"] for one in asked.captured_queries if " FROM " in one["sql"] and one["sql"].startswith("SELECT")]
    return [explained(sql) for sql in looks]


def explained(sql: str) -> str:
    words = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{words} {sql}")
        return " ".join(str(part) for row in cursor.fetchall() for part in row)


def is_by(plan: str, index: str) -> bool:
    """Say whether the rows are found by this index, and no table is walked through."""
    walks = "Seq Scan" in plan or "SCAN outbox" in plan or "SCAN post" in plan
    return index in plan and not walks


@pytest.mark.parametrize("kind", [Kind.PRINT, Kind.REQUEST, Kind.ACCESS_ENDED])
def test_it_leases_one_kind_past_all_that_waits_of_another(kind: Kind) -> None:
    with CaptureQueriesContext(connection) as asked:
        outbox.lease(now=NOW + 2 * HOUR, kind=kind, most=1)
    assert is_by(plans(asked)[0], "outbox_by_kind")


def test_it_knows_that_nothing_is_due_without_reading_what_rests() -> None:
    before = NOW - HOUR
    with CaptureQueriesContext(connection) as asked:
        assert not outbox.is_anything_due(now=before)
    assert is_by(plans(asked)[0], "outbox_by_kind")


def test_it_takes_the_first_letter_without_sorting_the_others() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert outbox.lease(now=NOW + HOUR, kind=Kind.LETTER, most=1)
    first, leased = plans(asked)
    assert is_by(first, "outbox_by_kind")
    assert "TEMP B-TREE" not in first
    assert "Sort" not in first
    assert is_by(leased, "outbox_by_lease")


def test_it_looks_for_the_hopeless_among_the_old_only() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert outbox.give_up(now=NOW + HOUR) == []
    assert is_by(plans(asked)[0], "outbox_by_age")


def test_it_counts_late_letters_by_the_day_they_were_promised() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert queries.late(today=clock.day_of(NOW)) == 0
    unmade, unprinted = plans(asked)
    assert is_by(unmade, "outbox_by_promise")
    assert is_by(unprinted, "letter_by_outcome")


def test_it_finds_what_waits_for_one_person() -> None:
    mine: QuerySet[OutboxRow] = OutboxRow.objects.filter(party=new_id(), settled_at__isnull=True)
    with CaptureQueriesContext(connection) as asked:
        assert list(mine) == []
    assert is_by(plans(asked)[0], "outbox_by_party")


def test_it_finds_what_may_be_erased_among_what_is_over_only() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert forget_over(now=NOW + SETTLED_KEPT + HOUR) == 2
    settled, given_up = plans(asked)
    assert is_by(settled, "outbox_settled")
    assert is_by(given_up, "outbox_given_up")
