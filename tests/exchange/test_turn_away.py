"""A portal that sends too much is turned away for a while, and what it sent then is nowhere."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.test import override_settings

from namens.exchange import allowances
from namens.exchange.acts import report_acts
from namens.exchange.allowances import MOST_REFUSED, forget_spent
from namens.exchange.config import ExchangeSettings
from namens.exchange.models import Allowance, ReportedAct
from namens.exchange.refusals import Flood, TooMany
from namens.exchange.reports import Known, Outcome, Reported
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import env
from namens.parties.models import Party
from namens.worker.house import erase_spent
from tests.api.machine import Machine, machine
from tests.exchange.reporting import ids, report
from tests.parallel import at_once
from tests.people import NOW, active, load_catalogue, person

MINUTE = timedelta(minutes=1)


@pytest.fixture
def five_a_minute() -> Iterator[None]:
    """At most five acts a minute."""
    with override_settings(EXCHANGE=ExchangeSettings(acts_a_minute=5)):
        yield


def acts(portal: Machine, by: Party, whom: Party, *, of: int, first: int = 0) -> list[Outcome]:
    people = ids(by, whom, portal=portal)
    batch = [report(people, f"zaak-{number}") for number in range(first, first + of)]
    return report_acts(portal.portal, batch, now=NOW)


@pytest.mark.usefixtures("running", "five_a_minute")
def test_it_turns_a_flood_away(portal: Machine, anna: Party, bram: Party) -> None:
    acts(portal, bram, anna, of=5)
    with pytest.raises(TooMany) as turned:
        acts(portal, bram, anna, of=1, first=5)
    assert (turned.value.flood, turned.value.wait) == (Flood.ACTS, MINUTE)
    assert ReportedAct.objects.count() == 5


@pytest.mark.usefixtures("running", "five_a_minute")
def test_it_takes_what_came_too_soon_in_the_next_minute(portal: Machine, anna: Party, bram: Party) -> None:
    acts(portal, bram, anna, of=5)
    late = report(ids(bram, anna, portal=portal), "later")
    assert isinstance(report_acts(portal.portal, [late], now=NOW + MINUTE)[0], Reported)


@pytest.mark.usefixtures("running", "five_a_minute")
def test_it_lets_a_smaller_batch_in_after_one_that_was_too_large(portal: Machine, anna: Party, bram: Party) -> None:
    acts(portal, bram, anna, of=3)
    with pytest.raises(TooMany):
        acts(portal, bram, anna, of=3, first=3)
    assert len(acts(portal, bram, anna, of=2, first=3)) == 2


@pytest.mark.usefixtures("running", "five_a_minute")
def test_it_counts_what_is_sent_again_too(portal: Machine, anna: Party, bram: Party) -> None:
    acts(portal, bram, anna, of=5)
    with pytest.raises(TooMany):
        acts(portal, bram, anna, of=5)


@pytest.mark.usefixtures("running", "five_a_minute")
def test_it_keeps_no_other_portal_waiting(portal: Machine, anna: Party, bram: Party) -> None:
    acts(portal, bram, anna, of=5)
    assert len(acts(machine("ander"), bram, anna, of=5)) == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("signing_keys", "five_a_minute")
def test_it_lets_no_more_in_at_one_moment() -> None:
    load_catalogue()
    anna, bram = person("anna"), person("bram")
    known = machine()
    active(anna, bram)
    people, portal = ids(bram, anna, portal=known), known.portal

    def send(number: int) -> int:
        try:
            return len(report_acts(portal, [report(people, f"{number}-{one}") for one in range(2)], now=NOW))
        except TooMany:
            return 0

    assert sum(at_once([partial(send, number) for number in range(4)])) == 4
    assert ReportedAct.objects.count() == Allowance.objects.get().acts == 4


@pytest.mark.usefixtures("running")
def test_it_turns_a_portal_away_of_which_too_much_is_refused(
    portal: Machine, anna: Party, bram: Party, dirk: Party
) -> None:
    acts(portal, dirk, anna, of=MOST_REFUSED)
    for _ in range(2):
        with pytest.raises(TooMany) as turned:
            acts(portal, bram, anna, of=1)
        assert (turned.value.flood, turned.value.wait) == (Flood.REFUSED, timedelta(hours=1))
    (noted,) = JournalEntry.objects.filter(event=Event.ACT_REFUSED, result=Flood.REFUSED)
    assert (noted.portal, noted.subject, noted.actor) == (portal.portal.id, None, None)


@pytest.mark.usefixtures("running")
def test_it_goes_on_after_that_hour(portal: Machine, anna: Party, bram: Party, dirk: Party) -> None:
    acts(portal, dirk, anna, of=MOST_REFUSED)
    hour = NOW + timedelta(hours=1)
    told = report(ids(bram, anna, portal=portal))
    assert isinstance(report_acts(portal.portal, [told], now=hour)[0], Reported)
    strange = [report(ids(dirk, anna, portal=portal), f"{number}") for number in range(MOST_REFUSED)]
    report_acts(portal.portal, strange, now=hour)
    with pytest.raises(TooMany):
        report_acts(portal.portal, [told], now=hour)


@pytest.mark.usefixtures("running")
def test_it_counts_what_is_refused_bit_by_bit(portal: Machine, anna: Party, bram: Party, dirk: Party) -> None:
    for first in range(0, MOST_REFUSED, 50):
        acts(portal, dirk, anna, of=50, first=first)
    with pytest.raises(TooMany):
        acts(portal, bram, anna, of=1)


@pytest.mark.usefixtures("running")
def test_it_does_not_count_what_was_wrong_itself(portal: Machine, anna: Party, bram: Party) -> None:
    people = ids(bram, anna, portal=portal)
    wrong = [report(people, f"{number}", act="iets-anders") for number in range(MOST_REFUSED)]
    report_acts(portal.portal, wrong, now=NOW)
    assert isinstance(acts(portal, bram, anna, of=1)[0], Reported | Known)


@pytest.mark.usefixtures("running")
def test_it_turns_nobody_away_for_longer_because_a_clock_was_ahead(portal: Machine, anna: Party, bram: Party) -> None:
    allowances.count_refused(portal.portal, acts=MOST_REFUSED, now=NOW + timedelta(days=365))
    assert isinstance(acts(portal, bram, anna, of=1)[0], Reported)
    allowances.count_refused(portal.portal, acts=MOST_REFUSED, now=NOW)
    with pytest.raises(TooMany) as turned:
        allowances.spend(portal.portal, acts=1, now=NOW - timedelta(seconds=1))
    assert turned.value.wait == allowances.REFUSED_IN


@pytest.mark.usefixtures("running")
def test_it_forgets_minutes_that_are_over(portal: Machine, anna: Party, bram: Party) -> None:
    acts(portal, bram, anna, of=1)
    assert forget_spent(now=NOW + allowances.ALLOWANCES_KEPT - timedelta(seconds=1)) == 0
    erase_spent(now=NOW + allowances.ALLOWANCES_KEPT)
    assert not Allowance.objects.exists()


@pytest.mark.parametrize("given", ["0", "999", "10000001", "-1", "veel"])
def test_it_takes_no_allowance_in_which_no_batch_fits(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("NAMENS_ACTS_A_MINUTE", given)
    with pytest.raises(env.WrongVariable):
        ExchangeSettings.read()


@pytest.mark.parametrize("given", ["0", "59", "1000001"])
def test_it_takes_no_number_of_requests_with_which_nobody_can_ask(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("NAMENS_API_REQUESTS_A_MINUTE", given)
    with pytest.raises(env.WrongVariable):
        ExchangeSettings.read()


def test_it_takes_sixty_thousand_a_minute_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NAMENS_ACTS_A_MINUTE", raising=False)
    assert ExchangeSettings.read().acts_a_minute == 60_000
