"""The worker carries a spreadsheet out, some lines a turn, and goes on where another worker died."""

from datetime import timedelta

import pytest
from django.db import transaction

from namens.organisations.actions import agree_to_sheet
from namens.organisations.models import Member, MemberInvitation, Sheet
from namens.outbox import actions as outbox
from namens.outbox.models import Kind, OutboxRow
from namens.worker import Worker
from namens.worker.sheets import carry_on
from tests.organisations.filling_in import line, proposed
from tests.organisations.managing import mia
from tests.people import NOW
from tests.worker.working import work

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def sheet(catalogue: None, monkeypatch: pytest.MonkeyPatch) -> Sheet:  # noqa: ARG001 - asked for its effect
    """A spreadsheet of five new people that Mia agreed to, two lines a turn."""
    monkeypatch.setattr("namens.organisations.actions.sheets.AT_ONCE", 2)
    sheet = proposed(*(line(f"Naam{number}", number) for number in range(2, 7)))
    return agree_to_sheet(by=mia(), sheet=sheet.id, now=NOW)


def there() -> int:
    return Member.objects.filter(given_name__startswith="Naam").count()


def test_it_does_some_lines_a_turn_until_all_are_done(sheet: Sheet, worker: Worker) -> None:
    worker.turn()
    assert there() == 2
    work(worker)
    assert there() == MemberInvitation.objects.count() == 5
    assert Sheet.objects.get(id=sheet.id).finished_at == NOW
    assert not OutboxRow.objects.filter(kind=Kind.SHEET, settled_at__isnull=True).exists()


def test_it_goes_on_where_a_killed_worker_stopped(sheet: Sheet, worker: Worker) -> None:
    worker.turn()
    assert outbox.lease(now=NOW, kind=Kind.SHEET)
    assert (work(worker), there()) == (0, 2)
    work(worker, at=NOW + outbox.LEASE + timedelta(seconds=30))
    assert there() == MemberInvitation.objects.count() == 5
    assert Sheet.objects.get(id=sheet.id).finished_at is not None


def test_it_writes_nothing_when_the_lease_passed_to_another(sheet: Sheet) -> None:
    row = outbox.lease(now=NOW, kind=Kind.SHEET)[0]
    with transaction.atomic():
        OutboxRow.objects.filter(id=row.id).update(lease=sheet.id)
    carry_on(row)
    assert there() == 0
