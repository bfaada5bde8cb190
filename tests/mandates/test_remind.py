"""Both sides hear that a mandate ends soon: once, in time, and only where it is news."""

from datetime import timedelta

import pytest

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.mandates.actions import remind, stop
from namens.mandates.models import Mandate
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.post.wanted import Asked, is_wanted
from tests.people import NOW, TODAY, active, of, terms

pytestmark = pytest.mark.usefixtures("catalogue")
DAY = timedelta(days=1)
YEAR = TODAY + 364 * DAY


def lasts(client: Party, helper: Party, *, days: int = 364) -> Mandate:
    return active(client, helper, what=terms(last_day=TODAY + days * DAY))


def letters() -> list[OutboxRow]:
    asked = OutboxRow.objects.filter(kind=Kind.LETTER, payload__letter="reminder")
    return list(asked.order_by("id"))


def test_it_asks_a_letter_for_both_sides_thirty_days_before(anna: Party, bram: Party) -> None:
    mandate = lasts(anna, bram)
    assert remind(now=NOW + 333 * DAY) == 0
    assert remind(now=NOW + 334 * DAY) == 1
    assert [row.party for row in letters()] == [anna.id, bram.id]
    entry = JournalEntry.objects.get(event=Event.MANDATE_REMINDED)
    assert (entry.actor, entry.subject, entry.mandate) == (None, anna.id, mandate.id)
    assert of(mandate).reminded_on == clock.day_of(NOW + 334 * DAY)


def test_it_tells_once(anna: Party, bram: Party) -> None:
    lasts(anna, bram)
    assert [remind(now=NOW + 340 * DAY), remind(now=NOW + 341 * DAY)] == [1, 0]
    assert len(letters()) == 2


@pytest.mark.parametrize("days", [20, 31])
def test_it_says_nothing_of_what_was_given_within_these_days(anna: Party, bram: Party, days: int) -> None:
    lasts(anna, bram, days=days)
    assert [remind(now=NOW + day * DAY) for day in range(days + 1)] == [0] * (days + 1)


def test_it_comes_not_after_the_last_day(anna: Party, bram: Party) -> None:
    lasts(anna, bram)
    assert remind(now=NOW + 360 * DAY) == 0


def test_it_writes_nobody_about_what_was_stopped(anna: Party, bram: Party) -> None:
    mandate = lasts(anna, bram)
    remind(now=NOW + 334 * DAY)
    stop(mandate=mandate.id, by=anna, now=NOW + 335 * DAY)
    asked = [Asked.read(row.payload, row=row.id, asked_at=row.put_at) for row in letters()]
    assert not any(is_wanted(one, now=NOW + 335 * DAY) for one in asked)
    assert remind(now=NOW + 336 * DAY) == 0


def test_it_writes_no_letter_to_dirk(anna: Party, bram: Party, dirk: Party) -> None:
    lasts(anna, bram)
    remind(now=NOW + 334 * DAY)
    assert dirk.id not in {row.party for row in letters()}
