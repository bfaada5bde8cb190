"""Bringing the end forward."""

from datetime import date, timedelta

import pytest

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.mandates.actions import shorten, stop
from namens.mandates.models import Mandate, MandateService
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.parties.models import Party
from tests.people import NOW, TODAY, active, give, of, terms

pytestmark = pytest.mark.usefixtures("catalogue")
DAY = timedelta(days=1)
WEEK = TODAY + timedelta(days=7)
BOTH = ("mijn-toeslagen", "inkomstenbelasting")


def refusal(mandate: Mandate, by: Party, *, last_day: date = WEEK, service: str | None = None) -> MandateReason:
    before = list(MandateService.objects.order_by("id").values_list("last_day", flat=True))
    with pytest.raises(MandateRefused) as refused:
        shorten(mandate=mandate.id, by=by, last_day=last_day, now=NOW, service=service)
    assert list(MandateService.objects.order_by("id").values_list("last_day", flat=True)) == before
    return refused.value.reason


def days(mandate: Mandate) -> dict[str, date]:
    return dict(MandateService.objects.filter(mandate=mandate).values_list("service__key", "last_day"))


def test_it_ends_earlier(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(*BOTH))
    shorten(mandate=mandate.id, by=anna, last_day=WEEK, now=NOW)
    assert (of(mandate).last_day, days(mandate)) == (WEEK, dict.fromkeys(BOTH, WEEK))


def test_it_can_end_today(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    shorten(mandate=mandate.id, by=anna, last_day=TODAY, now=NOW)
    assert of(mandate).last_day == TODAY


def test_it_shortens_one_service(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(*BOTH))
    shorten(mandate=mandate.id, by=anna, last_day=WEEK, now=NOW, service="mijn-toeslagen")
    assert days(mandate) == {"mijn-toeslagen": WEEK, "inkomstenbelasting": mandate.last_day}
    assert of(mandate).last_day == mandate.last_day


def test_it_ends_with_the_longest_of_its_services(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(*BOTH))
    for place, service in enumerate(BOTH):
        shorten(mandate=mandate.id, by=anna, last_day=WEEK + place * DAY, now=NOW, service=service)
    assert of(mandate).last_day == WEEK + DAY


def test_it_never_makes_a_service_longer(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(*BOTH))
    shorten(mandate=mandate.id, by=anna, last_day=TODAY, now=NOW, service="mijn-toeslagen")
    shorten(mandate=mandate.id, by=anna, last_day=WEEK, now=NOW)
    assert days(mandate) == {"mijn-toeslagen": TODAY, "inkomstenbelasting": WEEK}


def test_it_writes_one_entry(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    shorten(mandate=mandate.id, by=anna, last_day=WEEK, now=NOW)
    entry = JournalEntry.objects.get(event=Event.MANDATE_SHORTENED)
    assert (entry.actor, entry.mandate, entry.details) == (anna.id, mandate.id, {"last_day": WEEK.isoformat()})


@pytest.mark.parametrize("who", ["bram", "dirk"])
def test_it_is_for_the_client_only(who: str, anna: Party, bram: Party, dirk: Party) -> None:
    assert refusal(active(anna, bram), {"bram": bram, "dirk": dirk}[who]) is MandateReason.NOT_YOURS


@pytest.mark.parametrize("later", [0, 1, 1000])
def test_it_never_goes_back(later: int, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    assert refusal(mandate, anna, last_day=mandate.last_day + later * DAY) is MandateReason.NOT_SHORTER


def test_it_refuses_a_day_that_is_over(anna: Party, bram: Party) -> None:
    assert refusal(active(anna, bram), anna, last_day=TODAY - DAY) is MandateReason.DAY_PAST


def test_it_refuses_a_day_before_the_first(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(first_day=WEEK))
    assert refusal(mandate, anna, last_day=WEEK - DAY) is MandateReason.LAST_DAY_BEFORE_FIRST


def test_it_refuses_one_that_waits(anna: Party, bram: Party) -> None:
    assert refusal(give(anna, bram).mandate, anna) is MandateReason.NOT_POSSIBLE


def test_it_refuses_one_that_ended(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    stop(mandate=mandate.id, by=bram, now=NOW)
    assert refusal(mandate, anna) is MandateReason.NOT_POSSIBLE


def test_it_refuses_one_that_expired(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(last_day=TODAY))
    with pytest.raises(MandateRefused, match=MandateReason.NOT_SHORTER):
        shorten(mandate=mandate.id, by=anna, last_day=WEEK, now=NOW + DAY)


def test_it_refuses_a_service_that_was_stopped(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(*BOTH))
    stop(mandate=mandate.id, by=anna, now=NOW, service="mijn-toeslagen")
    assert refusal(mandate, anna, service="mijn-toeslagen") is MandateReason.NOT_SHORTER
