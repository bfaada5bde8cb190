"""The library reports acts at the real door: what becomes of each is the value that it says."""

from dataclasses import replace
from datetime import datetime

import pytest
from namens_client import Act, AlreadyReported, Namens, NotAllowedThen, Person, Reason, Rejected, Reported

from namens.exchange.models import ReportedAct
from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.api.machine import Machine


@pytest.fixture
def act(portal: Machine, anna: Party, bram: Party, today: datetime) -> Act:
    """Bram changed Anna's income."""
    return Act(
        "inkomen-wijzigen",
        at=today,
        reference="change-1",
        service="mijn-toeslagen",
        on_behalf_of=Person(portal.id_of(anna)),
        by=Person(portal.id_of(bram)),
    )


def test_it_reports_an_act_once(namens: Namens, act: Act, running: Mandate, today: datetime) -> None:
    first, second = namens.report(act), namens.report(act)
    assert isinstance(first, Reported)
    assert isinstance(second, AlreadyReported)
    assert (first.id, first.mandate, first.reported_at) == (second.id, running.id, today)
    assert ReportedAct.objects.count() == 1


@pytest.mark.usefixtures("running")
def test_it_hears_what_became_of_each_of_many(namens: Namens, act: Act, portal: Machine, dirk: Party) -> None:
    acts = [
        act,
        act,
        replace(act, reference="change-2", by=Person(portal.id_of(dirk))),
        replace(act, key="rekeningnummer-wijzigen"),
        replace(act, reference="change-3", key="niet-aangemeld"),
        replace(act, reference="change 4"),
    ]
    outcomes = namens.report_all(acts)
    assert [type(one) for one in outcomes] == [Reported, AlreadyReported, NotAllowedThen, Rejected, Rejected, Rejected]
    assert [one.code for one in outcomes if isinstance(one, Rejected)] == [
        "kenmerk-al-gebruikt",
        "ongeldige-invoer",
        "ongeldige-invoer",
    ]


@pytest.mark.usefixtures("running")
def test_it_hears_that_dirk_was_not_allowed_then(namens: Namens, act: Act, portal: Machine, dirk: Party) -> None:
    outcome = namens.report(replace(act, by=Person(portal.id_of(dirk))))
    assert isinstance(outcome, NotAllowedThen)
    assert outcome.reason is Reason.NO_MANDATE
    assert outcome.request_id
