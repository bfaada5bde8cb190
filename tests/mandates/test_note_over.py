"""A last day that is over is noted the next day, once; whatever happens to such a mandate later is not for portals."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from namens.journal.events import Channel
from namens.mandates import actions
from namens.mandates.actions import over
from namens.mandates.changes import MandateChange
from namens.mandates.models import Mandate, MandateService, ReportKind
from namens.parties.facts import StopSignal
from namens.parties.models import Party
from namens.worker.rows import attempt
from tests.mandates.histories import KEYS
from tests.people import NOW, TODAY, active, give, terms, told

DAY = timedelta(days=1)
LAST = TODAY + 10 * DAY
AFTER = NOW + 11 * DAY


@pytest.fixture
def ending(anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """Anna's mandate for Bram, for two services, of ten days."""
    return active(anna, bram, what=terms(*KEYS, last_day=LAST))


def later_noted() -> list[tuple[str, list[str], datetime]]:
    """Give what was noted after the activation."""
    return list(MandateChange.objects.filter(number__gt=1).order_by("number").values_list("what", "services", "at"))


@pytest.mark.usefixtures("ending")
def test_it_notes_it_the_day_after_and_once() -> None:
    actions.note_over(now=NOW + 10 * DAY)
    assert later_noted() == []
    for hours in (0, 1, 24):
        actions.note_over(now=AFTER + timedelta(hours=hours))
    assert later_noted() == [("ended", [], AFTER)]


def test_it_notes_a_service_that_is_over_before_the_others(ending: Mandate, anna: Party) -> None:
    actions.shorten(mandate=ending.id, by=anna, last_day=TODAY, now=NOW, service=KEYS[1])
    actions.note_over(now=NOW + DAY)
    actions.note_over(now=AFTER)
    ended = [("ended", [KEYS[1]], NOW + DAY), ("ended", [KEYS[0]], AFTER)]
    assert later_noted() == [("changed", [KEYS[1]], NOW), *ended]


def test_it_notes_nothing_of_what_was_never_used_or_has_ended(ending: Mandate, anna: Party, bram: Party) -> None:
    give(anna, bram, what=terms("mijn-toeslagen", last_day=TODAY))
    actions.stop(mandate=ending.id, by=anna, now=NOW)
    actions.note_over(now=AFTER)
    assert later_noted() == [("stopped", [], NOW)]
    assert not MandateService.objects.filter(stopped_at__isnull=True, over_noted_at__isnull=True).exists()


@pytest.mark.parametrize("before", ["noted", "not noted yet"])
def test_it_keeps_from_portals_what_happens_afterwards(ending: Mandate, anna: Party, before: str) -> None:
    if before == "noted":
        actions.note_over(now=AFTER)
    actions.report(mandate=ending.id, by=anna, kind=ReportKind.UNWANTED, now=AFTER)
    actions.restore(mandate=ending.id, by=anna, now=AFTER)
    dead = told(anna, signals=[StopSignal.DECEASED])
    assert actions.block(person=dead.person, now=AFTER, channel=Channel.WORKER) == [ending.id]
    actions.note_over(now=AFTER)
    assert later_noted() == [("ended", [], AFTER)]


@pytest.mark.usefixtures("ending")
def test_it_is_no_news_after_a_month() -> None:
    actions.note_over(now=AFTER + 30 * DAY)
    assert later_noted() == []


def test_it_notes_a_batch_at_a_time(ending: Mandate, anna: Party, carla: Party) -> None:
    active(anna, carla, what=terms("mijn-toeslagen", last_day=LAST))
    place = actions.note_over(now=AFTER, most=2)
    assert place is not None
    assert actions.note_over(now=AFTER, most=2, after=place) is None
    assert MandateChange.objects.filter(what="ended").count() == 2
    assert ending.id in MandateChange.objects.filter(what="ended").values_list("mandate", flat=True)


@pytest.mark.parametrize("most", [1, 200], ids=["line by line", "at once"])
def test_it_is_held_up_by_no_mandate_with_something_wrong(
    ending: Mandate, anna: Party, carla: Party, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = active(anna, carla, what=terms("mijn-toeslagen", last_day=LAST))
    note = over.note_over_lines

    def noting(mandate: Mandate, *, now: datetime) -> None:
        if mandate.id == ending.id:
            raise ValueError
        note(mandate, now=now)

    monkeypatch.setattr(over, "note_over_lines", noting)
    place = over.note_over(now=AFTER, most=most, attempt=attempt)
    for _ in range(4):
        place = place and over.note_over(now=AFTER, most=most, after=place, attempt=attempt)
    assert place is None
    assert list(MandateChange.objects.filter(what="ended").values_list("mandate", flat=True)) == [other.id]


@pytest.mark.usefixtures("ending")
def test_it_finds_them_by_an_index() -> None:
    found = MandateService.objects.filter(stopped_at__isnull=True, over_noted_at__isnull=True, last_day__lt=TODAY)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "line_to_note_over" in found.order_by("last_day", "id").explain()
