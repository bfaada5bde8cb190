"""What can be reported: acts, sensitive ones too, at services and moments that fit, under a reference."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from namens.exchange.models import ReportedAct
from namens.exchange.refusals import Wrong
from namens.exchange.reports import Invalid, Refused, Report, Reported
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.mandates.decision import Reason
from namens.parties.models import Party
from namens.services.models import Service
from tests.api.machine import Machine, machine
from tests.exchange.reporting import SENSITIVE, ids, report, report_one
from tests.people import NOW, active, terms


@pytest.mark.usefixtures("running")
def test_it_refuses_a_sensitive_act_that_was_left_out(portal: Machine, anna: Party, bram: Party) -> None:
    told = report(ids(bram, anna, portal=portal), act=SENSITIVE)
    assert report_one(portal, told) == Refused(Reason.ACTION_LEFT_OUT)


@pytest.mark.usefixtures("catalogue")
def test_it_takes_a_sensitive_act_that_the_client_added(portal: Machine, anna: Party, bram: Party) -> None:
    active(anna, bram, what=terms(granted=[SENSITIVE]))
    assert isinstance(report_one(portal, report(ids(bram, anna, portal=portal), act=SENSITIVE)), Reported)


@pytest.mark.usefixtures("running")
def test_it_goes_on_refusing_what_is_not_sensitive_any_more(portal: Machine, anna: Party, bram: Party) -> None:
    """The client left it out. What the catalogue says later widens nothing."""
    Service.objects.update(sensitive_actions=[])
    told = report(ids(bram, anna, portal=portal), act=SENSITIVE)
    assert report_one(portal, told) == Refused(Reason.ACTION_LEFT_OUT)


WRONG = {
    "an act that is not registered": ({"act": "alles"}, Wrong.ACT_UNKNOWN),
    "an act with NUL in it": ({"act": "inkomen\x00"}, Wrong.ACT_UNKNOWN),
    "a service of another portal": ({"service": "inkomstenbelasting"}, Wrong.SERVICE_UNKNOWN),
    "a minute and a second ahead": ({"at": NOW + timedelta(seconds=61)}, Wrong.IN_THE_FUTURE),
    "the last year": ({"at": datetime.fromisoformat("9999-12-31T23:59:59-14:00")}, Wrong.IN_THE_FUTURE),
    "more than 92 days ago": ({"at": NOW - timedelta(days=92, seconds=1)}, Wrong.TOO_OLD),
    "the first year": ({"at": datetime.fromisoformat("0001-01-01T00:00:00+14:00")}, Wrong.TOO_OLD),
    "no reference": ({"reference": ""}, Wrong.REFERENCE_MALFORMED),
    "a long reference": ({"reference": "a" * 65}, Wrong.REFERENCE_MALFORMED),
    "a reference with a space": ({"reference": "zaak 1"}, Wrong.REFERENCE_MALFORMED),
    "a reference with another line": ({"reference": "zaak-1\n"}, Wrong.REFERENCE_MALFORMED),
    "a reference with NUL": ({"reference": "zaak\x00"}, Wrong.REFERENCE_MALFORMED),
    "a reference in other digits": ({"reference": "\u0661"}, Wrong.REFERENCE_MALFORMED),
    "a BSN": ({"reference": "999990019"}, Wrong.REFERENCE_IS_BSN),
    "a BSN with dots": ({"reference": "9999.90.019"}, Wrong.REFERENCE_IS_BSN),
    "a BSN with dashes": ({"reference": "9999-90-019-"}, Wrong.REFERENCE_IS_BSN),
    "a BSN with slashes": ({"reference": "99/99/90/019"}, Wrong.REFERENCE_IS_BSN),
    "a BSN after a word": ({"reference": "bsn-999990019"}, Wrong.REFERENCE_IS_BSN),
    "a BSN against a word": ({"reference": "zaak999990019"}, Wrong.REFERENCE_IS_BSN),
    "a BSN between words": ({"reference": "a/9999-90-019/b"}, Wrong.REFERENCE_IS_BSN),
    "a BSN after another number": ({"reference": "2026a999..990:019"}, Wrong.REFERENCE_IS_BSN),
}


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("name", WRONG)
def test_it_takes_no_report_that_is_wrong(portal: Machine, anna: Party, bram: Party, name: str) -> None:
    changes, why = WRONG[name]
    told: Report = replace(report(ids(bram, anna, portal=portal)), **changes)  # type: ignore[arg-type]  # a case of its fields
    assert report_one(portal, told) == Invalid(why)
    assert not ReportedAct.objects.exists()
    assert not JournalEntry.objects.filter(event__in=[Event.ACT_REPORTED, Event.ACT_REFUSED]).exists()


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(
    "reference", ["999990018", "zaak-999990018", "0999990019", "2026-999990019", "a", "A.b_c:d/e-1" + "0" * 53]
)
def test_it_takes_a_reference_that_is_no_bsn(portal: Machine, anna: Party, bram: Party, reference: str) -> None:
    assert isinstance(report_one(portal, report(ids(bram, anna, portal=portal), reference)), Reported)


@pytest.mark.usefixtures("running")
def test_it_takes_a_clock_that_runs_a_minute_ahead(portal: Machine, anna: Party, bram: Party) -> None:
    told = report(ids(bram, anna, portal=portal), at=NOW + timedelta(seconds=60))
    assert isinstance(report_one(portal, told), Reported)


def test_it_asks_which_service_where_there_are_more(anna: Party, bram: Party, portal: Machine) -> None:  # noqa: ARG001 - it brings the catalogue
    both = machine("beide", "mijn-toeslagen", "inkomstenbelasting")
    active(anna, bram, what=terms("inkomstenbelasting"))
    told = report(ids(bram, anna, portal=both))
    assert report_one(both, told) == Invalid(Wrong.SERVICE_MISSING)
    assert report_one(both, replace(told, service="mijn-toeslagen")) == Refused(Reason.WRONG_SERVICE)
    assert isinstance(report_one(both, replace(told, service="inkomstenbelasting")), Reported)


def test_it_keeps_out_what_was_left_out_at_another_service(anna: Party, bram: Party, portal: Machine) -> None:  # noqa: ARG001 - it brings the catalogue
    """What a client leaves out is left out in every service of the mandate."""
    both = machine("beide", "mijn-toeslagen", "inkomstenbelasting")
    Service.objects.filter(key="inkomstenbelasting").update(sensitive_actions=[])
    mandate = active(anna, bram, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    assert SENSITIVE in mandate.sensitive_seen
    told = replace(report(ids(bram, anna, portal=both), act=SENSITIVE), service="inkomstenbelasting")
    assert report_one(both, told) == Refused(Reason.ACTION_LEFT_OUT)


def test_it_takes_no_act_for_oneself(portal: Machine, anna: Party) -> None:
    assert report_one(portal, report(ids(anna, anna, portal=portal))) == Invalid(Wrong.ONESELF)
