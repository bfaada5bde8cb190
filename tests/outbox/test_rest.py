"""Letting what waits for somebody rest, and be due again."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from namens.lib.ids import new_id
from namens.outbox.actions import hurry, put, rest
from namens.outbox.models import Kind, OutboxRow
from tests.people import NOW

PARTY = new_id()
LATER = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def rows(db: None) -> None:  # noqa: ARG001 - asked for its effect
    with transaction.atomic():
        for _ in range(3):
            put(Kind.PORTAL_EVENT, payload={}, now=NOW, party=PARTY)


def test_it_counts_no_try_for_what_only_rests() -> None:
    rest(Kind.PORTAL_EVENT, party=PARTY, until=LATER, problem="away")
    assert set(OutboxRow.objects.values_list("attempts", "due_at", "last_problem")) == {(0, LATER, "away")}


def test_it_holds_rows_in_one_order_before_it_writes_them() -> None:
    with CaptureQueriesContext(connection) as asked:
        rest(Kind.PORTAL_EVENT, party=PARTY, until=LATER, problem="away")
        hurry(Kind.PORTAL_EVENT, party=PARTY, now=NOW)
    looks = [one["sql"] for one in asked if one["sql"].startswith("SELECT")]
    assert len(looks) == 2
    for look in looks:
        assert look.startswith('SELECT "outbox_outboxrow"."id"')
        assert " ORDER BY 1 ASC" in look
        assert look.endswith("FOR UPDATE") == (connection.vendor == "postgresql")
