"""Renewing: one or several at once, at most a year from today, never an own one."""

from datetime import date, timedelta

import pytest

from namens.organisations.actions import Renewal, end_licence, end_member, renew_licences
from namens.organisations.models import Licence, Member
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.parties.models import Party
from tests.organisations.managing import A_YEAR_ON, as_kept, carla, losing, mia, written
from tests.people import NOW, TODAY
from tests.working import licence, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")
SOON = TODAY + timedelta(days=5)


def renew(*held: Licence, by: Member | None = None, last_day: date = A_YEAR_ON) -> Renewal:
    return renew_licences(by=by or mia(), licences={one.id: one.version for one in held}, last_day=last_day, now=NOW)


def test_it_renews_several_and_writes_each_in_the_journal() -> None:
    held = [licence(member(organisation(), name), last_day=SOON) for name in ("Sam", "Vera")]
    assert len(renew(*held).done) == 2
    assert {as_kept(one).last_day for one in held} == {A_YEAR_ON}
    assert written() == ["licence-renewed"] * 2
    assert losing() == []


def test_it_gives_one_that_ran_out_a_successor_from_today() -> None:
    sam = member(organisation())
    held = licence(sam, first_day=TODAY - timedelta(days=90), last_day=TODAY - timedelta(days=2))
    done = renew(held).done[0]
    assert (done.member_id, done.first_day, done.last_day) == (sam.party_id, TODAY, A_YEAR_ON)
    assert [service.key for service in done.services.all()] == ["mijn-toeslagen"]
    assert as_kept(held).last_day == TODAY - timedelta(days=2)
    assert renew(as_kept(held)).refused == {held.id: OrganisationReason.LICENCE_NOT_POSSIBLE}


def test_it_leaves_the_own_one_and_tells_so_while_the_others_go_on() -> None:
    own, other = licence(mia(), last_day=SOON), licence(member(organisation()), last_day=SOON)
    renewal = renew(own, other)
    assert renewal.refused == {own.id: OrganisationReason.OWN_LICENCE}
    assert [one.id for one in renewal.done] == [other.id]
    assert as_kept(own).last_day == SOON


def test_it_leaves_what_was_changed_ended_or_of_somebody_who_left() -> None:
    sam, vera, wim = (member(organisation(), name) for name in ("Sam", "Vera", "Wim"))
    changed, ended, left = licence(sam), licence(vera), licence(wim)
    end_licence(by=mia(), licence=ended.id, version=0, now=NOW)
    end_member(by=mia(), member=wim.party_id, version=0, now=NOW)
    Licence.objects.filter(id=changed.id).update(version=3)
    renewal = renew(changed, as_kept(ended), as_kept(left))
    assert renewal.refused == {
        changed.id: OrganisationReason.CHANGED_MEANWHILE,
        ended.id: OrganisationReason.LICENCE_NOT_POSSIBLE,
        left.id: OrganisationReason.LICENCE_NOT_POSSIBLE,
    }


def test_it_renews_for_a_year_at_most_and_never_shortens() -> None:
    held = licence(member(organisation()), last_day=SOON)
    too_long = renew(held, last_day=A_YEAR_ON + timedelta(days=1))
    assert too_long.refused == {held.id: OrganisationReason.LICENCE_TOO_LONG}
    shorter = renew(held, last_day=SOON - timedelta(days=1))
    assert shorter.refused == {held.id: OrganisationReason.LICENCE_DAYS_WRONG}


def test_it_refuses_dirk_a_colleague_and_the_manager_of_another_organisation(dirk: Party) -> None:
    sam = member(organisation())
    held = licence(member(organisation(), "Vera"), last_day=SOON)
    for by in (sam, Member(party=dirk, organisation=organisation())):
        with pytest.raises(OrganisationRefused) as refusal:
            renew(held, by=by)
        assert refusal.value.reason == OrganisationReason.NOT_A_MANAGER
    assert renew(held, by=carla()).refused == {held.id: OrganisationReason.UNKNOWN_LICENCE}
    assert as_kept(held).last_day == SOON
