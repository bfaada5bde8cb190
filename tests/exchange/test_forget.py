"""Events are kept for as long as a portal may want to read them again; numbers go on."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from pytest_django import Settings

from namens.exchange import upkeep
from namens.exchange.config import ExchangeSettings
from namens.exchange.models import PortalEvent, ReportedAct
from namens.exchange.stream import Draft, EventKind, append
from namens.exchange.upkeep import forget_stale
from namens.lib.ids import new_id
from namens.worker import erase_spent
from tests.api.machine import Machine, machine
from tests.exchange.receiving import Hearing, hearing
from tests.people import NOW

KEPT = timedelta(days=30)
SECOND = timedelta(seconds=1)


@pytest.fixture
def hears(portal: Machine) -> Hearing:
    return hearing(portal.portal, "https://portaal.example/gebeurtenissen")


def kept(*, at: datetime) -> list[int]:
    erase_spent(now=at)
    return list(PortalEvent.objects.order_by("number").values_list("number", flat=True))


@pytest.mark.parametrize("end", ["delivered_at", "given_up_at"])
def test_it_keeps_an_event_for_thirty_days_after_its_end(hears: Hearing, end: str) -> None:
    (event,) = hears.must_hear(new_id())
    PortalEvent.objects.filter(id=event.id).update(**{end: NOW + 2 * KEPT})
    assert kept(at=NOW + 3 * KEPT - SECOND) == [1]
    assert kept(at=NOW + 3 * KEPT) == []


def test_it_keeps_what_still_waits(hears: Hearing) -> None:
    hears.must_hear(new_id())
    assert kept(at=NOW + 3 * KEPT) == [1]


def test_it_keeps_what_is_sent_to_nobody_for_thirty_days(portal: Machine) -> None:
    with transaction.atomic():
        append(portal.portal, [Draft(new_id(), EventKind.CHANGED, {})], now=NOW)
    assert kept(at=NOW + KEPT - SECOND) == [1]
    assert kept(at=NOW + KEPT) == []


def test_it_never_gives_a_number_twice(hears: Hearing) -> None:
    hears.must_hear(new_id(), new_id())
    PortalEvent.objects.update(delivered_at=NOW)
    assert kept(at=NOW + KEPT) == []
    (event,) = hears.must_hear(new_id())
    assert event.number == 3


def test_it_keeps_them_as_long_as_the_operator_says(hears: Hearing, settings: Settings) -> None:
    settings.EXCHANGE = ExchangeSettings(events_kept=timedelta(days=2))
    hears.must_hear(new_id())
    PortalEvent.objects.update(delivered_at=NOW)
    assert kept(at=NOW + timedelta(days=2)) == []


def test_it_leaves_no_hole_whenever_each_of_them_ended(hears: Hearing) -> None:
    hears.must_hear(*(new_id() for _ in range(5)))
    ends = {1: NOW, 2: NOW, 3: NOW + 3 * timedelta(days=1), 4: NOW, 5: NOW}
    for number, end in ends.items():
        PortalEvent.objects.filter(number=number).update(delivered_at=end)
    assert kept(at=NOW + KEPT) == [3, 4, 5]
    assert kept(at=NOW + KEPT + 3 * timedelta(days=1)) == []


def test_it_keeps_what_came_after_an_event_that_waits(hears: Hearing) -> None:
    hears.must_hear(*(new_id() for _ in range(3)))
    PortalEvent.objects.exclude(number=2).update(delivered_at=NOW)
    assert kept(at=NOW + KEPT) == [2, 3]


def test_it_erases_a_batch_at_a_time(hears: Hearing) -> None:
    hears.must_hear(*(new_id() for _ in range(5)))
    PortalEvent.objects.update(delivered_at=NOW)
    assert [forget_stale(now=NOW + KEPT, most=2) for _ in range(4)] == [2, 2, 1, 0]


def test_it_looks_at_each_portal_by_itself(hears: Hearing) -> None:
    other = hearing(machine("ander").portal, "https://ander.example/gebeurtenissen")
    hears.must_hear(new_id())
    other.must_hear(new_id(), new_id())
    PortalEvent.objects.filter(number=1).update(delivered_at=NOW)
    PortalEvent.objects.filter(number=2).update(delivered_at=NOW + KEPT)
    hears.must_hear(new_id())
    assert kept(at=NOW + KEPT) == [2, 2]


def _reported(portal: Machine, *, number: int, at: datetime) -> None:
    ReportedAct.objects.bulk_create(
        ReportedAct(
            portal=portal.portal,
            reference=f"{at:%Y%m%d%H%M%S}-{count}",
            fingerprint="f" * 64,
            act="gezien",
            service="mijn-toeslagen",
            actor=new_id(),
            representee=new_id(),
            mandate=new_id(),
            done_at=at - KEPT,
            reported_at=at,
        )
        for count in range(number)
    )


def test_it_erases_a_reported_act_after_five_years(portal: Machine) -> None:
    _reported(portal, number=1, at=NOW)
    erase_spent(now=NOW + upkeep.ACTS_KEPT - SECOND)
    assert ReportedAct.objects.count() == 1
    erase_spent(now=NOW + upkeep.ACTS_KEPT)
    assert not ReportedAct.objects.exists()
    assert NOW.replace(year=NOW.year + 5) <= NOW + upkeep.ACTS_KEPT


def test_it_erases_acts_in_batches_the_oldest_first(portal: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "BATCH", 3)
    monkeypatch.setattr(upkeep, "BATCHES", 2)
    _reported(portal, number=4, at=NOW + SECOND)
    _reported(portal, number=4, at=NOW)
    later = NOW + upkeep.ACTS_KEPT + SECOND
    assert upkeep.forget_stale(now=later) == 6
    assert set(ReportedAct.objects.values_list("reported_at", flat=True)) == {NOW + SECOND}
    assert [upkeep.forget_stale(now=later) for _ in range(2)] == [2, 0]
