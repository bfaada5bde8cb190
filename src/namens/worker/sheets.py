"""Spreadsheets that a manager agreed to: some lines a turn, so that nothing else has to wait for all of them."""

from uuid import UUID

from namens.lib import clock
from namens.organisations import actions as organisations
from namens.outbox.models import OutboxRow
from namens.worker.rows import begin, settling


def carry_on(row: OutboxRow) -> None:
    """Carry out the next lines; the row for those after them is put in the same transaction."""
    begin(_carry_on, row)


def _carry_on(row: OutboxRow) -> None:
    with settling(row):
        organisations.carry_on(sheet=UUID(row.payload["sheet"]), now=clock.now())
