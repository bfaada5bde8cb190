"""Putting what has to leave."""

import pytest
from django.db import transaction

from namens.outbox.actions import OutsideTransaction, put
from namens.outbox.models import Kind, OutboxRow
from tests.people import NOW


@pytest.mark.django_db(transaction=True)
def test_it_refuses_outside_a_transaction() -> None:
    with pytest.raises(OutsideTransaction):
        put(Kind.ACCESS_ENDED, payload={"mandate": "x"}, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_it_puts_nothing_when_the_action_fails() -> None:
    with transaction.atomic():
        put(Kind.ACCESS_ENDED, payload={"mandate": "x"}, now=NOW)
        transaction.set_rollback(True)
    assert not OutboxRow.objects.exists()


@pytest.mark.django_db
def test_it_is_due_at_once() -> None:
    with transaction.atomic():
        row = put(Kind.ACCESS_ENDED, payload={"mandate": "x"}, now=NOW)
    assert (row.due_at, row.payload, str(row)) == (NOW, {"mandate": "x"}, f"access-ended {row.id}")
