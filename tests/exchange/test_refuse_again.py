"""A portal sends a refused act again (a time-out): it hears the same, and nothing is written or alarmed twice."""

from datetime import timedelta
from functools import partial

import pytest
from pytest_django import Settings

from namens.exchange.acts import report_acts
from namens.exchange.models import RefusedActs, RefusedFingerprint
from namens.exchange.reports import Refused, Report, Reported
from namens.exchange.upkeep import REFUSED_KEPT
from namens.journal.events import Event
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.post.messages import Wishes, choose
from namens.worker.house import erase_spent
from tests.api.machine import Machine, machine
from tests.exchange.reporting import entries, ids, report, report_one
from tests.parallel import at_once
from tests.people import NOW, active, load_catalogue, person
from tests.post.mailing import with_address

DAY = timedelta(days=1)


@pytest.fixture
def strange(portal: Machine, anna: Party, dirk: Party) -> Report:
    """What Dirk, who may do nothing, did for Anna."""
    return report(ids(dirk, anna, portal=portal))


def test_it_writes_and_counts_a_refused_act_once(portal: Machine, strange: Report) -> None:
    first = report_one(portal, strange)
    assert isinstance(first, Refused)
    assert report_one(portal, strange, now=NOW + DAY) == first
    assert report_acts(portal.portal, [strange, strange], now=NOW + DAY) == [first, first]
    assert len(entries(Event.ACT_REFUSED)) == 1
    assert RefusedActs.objects.get().acts == 1


def test_it_tells_the_client_once(portal: Machine, anna: Party, strange: Report, settings: Settings) -> None:
    settings.MAILER = "smtp"
    with_address(anna)
    choose(party=anna, wishes=Wishes(changes=False), now=NOW)
    for days in range(3):
        report_one(portal, strange, now=NOW + days * DAY)
    assert OutboxRow.objects.filter(kind=Kind.EMAIL, settled_at__isnull=True).count() == 1


def test_it_writes_what_is_new_beside_what_came_again(portal: Machine, anna: Party, dirk: Party) -> None:
    batch = [report(ids(dirk, anna, portal=portal), f"zaak-{number}") for number in range(3)]
    report_acts(portal.portal, batch[:2], now=NOW)
    report_acts(portal.portal, batch, now=NOW)
    assert len(entries(Event.ACT_REFUSED)) == RefusedActs.objects.get().acts == 3


def test_it_knows_it_of_the_portal_that_sent_it_only(portal: Machine, strange: Report) -> None:
    report_one(portal, strange)
    report_one(machine("ander", sector=portal.portal.sector), strange)
    assert len(entries(Event.ACT_REFUSED)) == 2


def test_it_judges_anew_what_came_again(portal: Machine, anna: Party, bram: Party) -> None:
    told = report(ids(bram, anna, portal=portal), at=NOW + timedelta(seconds=30))
    assert isinstance(report_one(portal, told), Refused)
    active(anna, bram)
    assert isinstance(report_one(portal, told), Reported)
    assert len(entries(Event.ACT_REFUSED)) == len(entries(Event.ACT_REPORTED)) == 1


def test_it_forgets_after_seven_days(portal: Machine, strange: Report) -> None:
    report_one(portal, strange)
    erase_spent(now=NOW + REFUSED_KEPT - timedelta(seconds=1))
    assert RefusedFingerprint.objects.exists()
    erase_spent(now=NOW + REFUSED_KEPT)
    assert not RefusedFingerprint.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_writes_one_of_two_at_one_moment(signing_keys: None) -> None:  # noqa: ARG001 - asked for its effect
    load_catalogue()
    anna, dirk = person("anna"), person("dirk")
    portal = machine()
    told = report(ids(dirk, anna, portal=portal))
    given = at_once([partial(report_one, portal.portal, told, now=NOW) for _ in range(3)])
    assert all(isinstance(one, Refused) for one in given)
    assert len(entries(Event.ACT_REFUSED)) == RefusedActs.objects.get().acts == 1
