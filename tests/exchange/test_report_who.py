"""Who did an act for whom: by ids of a sector, as a member, or by the login in which it was done."""

from dataclasses import replace
from datetime import timedelta

import pytest

from namens.exchange.models import ReportedAct
from namens.exchange.refusals import Wrong
from namens.exchange.reports import ByLogin, Invalid, Refused, Reported
from namens.grants.models import EndedBy, Family
from namens.journal.events import Event
from namens.lib.assurance import AssuranceLevel
from namens.lib.ids import new_id
from namens.mandates.decision import Reason
from namens.parties.models import Party
from namens.services.models import Portal, Service, Status
from tests.api.machine import Machine, machine
from tests.exchange.reporting import HOUR, by_login, entries, ids, report, report_one, who_works
from tests.people import NOW
from tests.working import licence, mandate_of, member, organisation


@pytest.mark.usefixtures("running")
def test_it_refuses_ids_of_another_sector(portal: Machine, anna: Party, bram: Party) -> None:
    told = report(ids(bram, anna, portal=portal, sector="elders"))
    assert report_one(portal, told) == Refused(Reason.NO_MANDATE)
    (entry,) = entries(Event.ACT_REFUSED)
    assert (entry.subject, entry.actor) == (None, None)


@pytest.mark.usefixtures("running")
def test_it_takes_nothing_from_a_portal_that_was_withdrawn(portal: Machine, anna: Party, bram: Party) -> None:
    Portal.objects.update(status=Status.WITHDRAWN)
    assert report_one(portal, report(ids(bram, anna, portal=portal))) == Refused(Reason.NO_MANDATE)


def test_it_writes_nobody_into_the_record_of_an_organisation(portal: Machine, bram: Party) -> None:
    """An id of ours that is no person's is nobody who can be helped."""
    works = organisation()
    report_one(portal, report(ids(bram, works.party, portal=portal)))
    assert [entry.subject for entry in entries(Event.ACT_REFUSED)] == [None]


def test_it_takes_an_act_of_a_member(portal: Machine, anna: Party) -> None:
    works = organisation()
    sam = member(works)
    licence(sam)
    mandate = mandate_of(anna, works)
    assert isinstance(report_one(portal, report(who_works(sam, anna, portal=portal))), Reported)
    act = ReportedAct.objects.get()
    assert (act.actor, act.organisation, act.mandate) == (sam.party_id, works.party_id, mandate.id)
    (entry,) = entries(Event.ACT_REPORTED)
    assert (entry.actor, entry.details["organisation"]) == (sam.party_id, str(works.party_id))


def test_it_refuses_an_act_of_a_member_without_a_licence_then(portal: Machine, anna: Party) -> None:
    works = organisation()
    sam = member(works)
    licence(sam, now=NOW + 2 * HOUR)
    mandate_of(anna, works)
    told = report(who_works(sam, anna, portal=portal), at=NOW + HOUR)
    assert report_one(portal, told, now=NOW + 3 * HOUR) == Refused(Reason.NO_LICENCE)
    later = replace(told, at=NOW + 2 * HOUR)
    assert isinstance(report_one(portal, later, now=NOW + 3 * HOUR), Reported)


def test_it_refuses_a_member_of_another_organisation(portal: Machine, anna: Party) -> None:
    works, elsewhere = organisation(), organisation("De Brug")
    carla = member(elsewhere, "Carla")
    licence(carla)
    mandate_of(anna, works)
    borrowed = replace(who_works(carla, anna, portal=portal), works_for=works.kvk_number)
    assert report_one(portal, report(borrowed)) == Refused(Reason.NO_LICENCE)
    assert isinstance(report_one(portal, report(who_works(carla, anna, portal=portal))), Refused)


def test_it_refuses_an_organisation_without_somebody_of_it(portal: Machine, anna: Party) -> None:
    works = organisation()
    mandate_of(anna, works)
    assert report_one(portal, report(ids(works.party, anna, portal=portal))) == Refused(Reason.NO_LICENCE)


@pytest.mark.usefixtures("running")
def test_it_knows_no_level_of_ids(portal: Machine, anna: Party, bram: Party) -> None:
    Service.objects.update(minimum_level=AssuranceLevel.HIGH)
    assert isinstance(report_one(portal, report(ids(bram, anna, portal=portal))), Reported)


@pytest.mark.usefixtures("running")
def test_it_takes_an_act_by_its_login(portal: Machine, anna: Party, bram: Party) -> None:
    login = by_login(portal, bram, whom=anna)
    assert isinstance(report_one(portal, report(login)), Reported)
    act = ReportedAct.objects.get()
    assert (act.actor, act.representee) == (bram.id, anna.id)


def test_it_takes_an_act_by_the_login_of_a_member(portal: Machine, anna: Party) -> None:
    works = organisation()
    sam = member(works)
    given = licence(sam)
    mandate_of(anna, works)
    login = by_login(portal, sam.party, whom=anna)
    assert isinstance(report_one(portal, report(login)), Reported)
    act = ReportedAct.objects.get()
    assert (act.actor, act.organisation, act.representee) == (sam.party_id, works.party_id, anna.id)
    given.given_at = NOW + HOUR
    given.save()
    assert report_one(portal, report(login, "zaak-2")) == Refused(Reason.NO_LICENCE)


@pytest.mark.usefixtures("running")
def test_it_judges_the_level_of_a_login(portal: Machine, anna: Party, bram: Party) -> None:
    login = by_login(portal, bram, whom=anna)
    Service.objects.update(minimum_level=AssuranceLevel.HIGH)
    assert report_one(portal, report(login)) == Refused(Reason.ASSURANCE_TOO_LOW)


def test_it_takes_no_login_for_oneself(portal: Machine, anna: Party) -> None:
    assert report_one(portal, report(by_login(portal, anna, whom=None))) == Invalid(Wrong.ONESELF)


@pytest.mark.usefixtures("running")
def test_it_takes_no_login_of_another_portal(portal: Machine, anna: Party, bram: Party) -> None:
    other = machine("ander")
    login = by_login(portal, bram, whom=anna)
    assert report_one(other, report(login)) == Invalid(Wrong.LOGIN_UNKNOWN)


@pytest.mark.parametrize("jti", ["x", "", "\x00", "A" * 46, "é" * 46])
@pytest.mark.usefixtures("running")
def test_it_takes_no_login_that_never_was(portal: Machine, jti: str) -> None:
    assert report_one(portal, report(ByLogin(jti, family=None))) == Invalid(Wrong.LOGIN_UNKNOWN)
    assert report_one(portal, report(ByLogin(jti, family=new_id()))) == Invalid(Wrong.LOGIN_UNKNOWN)


@pytest.mark.usefixtures("running")
def test_it_takes_no_act_from_before_or_after_its_login(portal: Machine, anna: Party, bram: Party) -> None:
    login = by_login(portal, bram, whom=anna)
    early, late = NOW - timedelta(seconds=61), NOW + HOUR
    assert report_one(portal, report(login, at=early)) == Invalid(Wrong.LOGIN_NOT_THEN)
    assert isinstance(report_one(portal, report(login, "een", at=late), now=late), Reported)
    Family.objects.update(ended_at=NOW, ended_by=EndedBy.CODE_REPLAYED)
    assert report_one(portal, report(login, "twee", at=late), now=late) == Invalid(Wrong.LOGIN_NOT_THEN)


@pytest.mark.usefixtures("running")
def test_it_takes_a_login_for_what_was_chosen_only(portal: Machine, anna: Party, bram: Party) -> None:
    login = by_login(portal, bram, whom=anna)
    Family.objects.update(services={"iets-anders": str(new_id())})
    assert report_one(portal, report(login)) == Invalid(Wrong.LOGIN_NOT_FOR_SERVICE)
