"""Changing and ending members. Two managers never leave an organisation without one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.assurance import AssuranceLevel
from namens.mandates import queries
from namens.mandates.decision import Question, Reason, Refusal, Representative
from namens.mandates.licences import Gap, Missing
from namens.organisations.actions import MemberDetails, change_member, end_member
from namens.organisations.models import (
    Assignment,
    Block,
    Licence,
    Member,
    MemberInvitation,
    MemberKind,
)
from namens.organisations.queries import at_work
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.parties.models import Party
from namens.services.models import Portal
from tests.organisations.managing import carla, losing, mia, second_manager, team, written
from tests.people import NOW
from tests.working import licence, mandate_of, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")


def as_kept(one: Member) -> Member:
    return Member.objects.select_related("organisation").get(party=one.party_id)


def change(by: Member, one: Member, version: int = 0, **changes: Any) -> Member:  # noqa: ANN401 - any of the details
    details = replace(MemberDetails.of(as_kept(one)), **changes)
    return change_member(by=by, member=one.party_id, version=version, details=details, now=NOW)


def end(by: Member, one: Member, version: int = 0) -> Member:
    return end_member(by=by, member=one.party_id, version=version, now=NOW)


def refused(verb: Callable[[], Member]) -> OrganisationReason:
    mia()
    before = list(Member.objects.order_by("party").values()), losing(), written()
    with pytest.raises(OrganisationRefused) as refusal:
        verb()
    assert (list(Member.objects.order_by("party").values()), losing(), written()) == before
    return refusal.value.reason


def test_it_changes_name_kind_email_and_team_and_writes_which() -> None:
    sam, north = member(organisation()), team()
    change(mia(), sam, given_name="Samira", kind=MemberKind.VOLUNTEER, email="samira@example.nl", team=north.id)
    kept = as_kept(sam)
    assert (kept.given_name, kept.kind, kept.email, kept.team) == ("Samira", "volunteer", "samira@example.nl", north)
    entry = JournalEntry.objects.get(event=Event.MEMBER_CHANGED)
    assert sorted(entry.details["changed"]) == ["email", "given_name", "kind", "team"]
    assert "Samira" not in str(entry.details)


def test_it_ends_what_is_open_at_portals_when_the_team_changes() -> None:
    sam = member(organisation())
    change(mia(), sam, team=team().id)
    assert losing() == [str(sam.party_id)]


def test_it_tells_the_second_of_two_managers() -> None:
    sam = member(organisation())
    change(mia(), sam, given_name="Samira")
    noor = second_manager()
    assert refused(lambda: change(noor, sam, family_name="Bakkers")) == OrganisationReason.CHANGED_MEANWHILE
    assert refused(lambda: end(noor, sam)) == OrganisationReason.CHANGED_MEANWHILE


def test_it_makes_a_colleague_manager_and_nobody_themselves() -> None:
    sam = member(organisation())
    assert refused(lambda: change(sam, sam, is_manager=True)) == OrganisationReason.NOT_A_MANAGER
    change(mia(), sam, is_manager=True)
    assert as_kept(sam).is_manager


def test_it_keeps_the_last_manager() -> None:
    assert refused(lambda: end(mia(), mia())) == OrganisationReason.LAST_MANAGER
    assert refused(lambda: change(mia(), mia(), is_manager=False)) == OrganisationReason.LAST_MANAGER


def test_it_does_not_count_a_manager_who_cannot_manage() -> None:
    noor = second_manager()
    Member.objects.filter(party=noor.party_id).update(bound_at=None, pseudonym_digest="")
    assert refused(lambda: end(mia(), mia())) == OrganisationReason.LAST_MANAGER
    blocked = second_manager("Lot")
    Block.objects.create(organisation=organisation(), member=blocked, blocked_by="olga", since=NOW)
    assert refused(lambda: change(mia(), mia(), is_manager=False)) == OrganisationReason.LAST_MANAGER
    end(mia(), noor)


def test_it_lets_a_manager_go_when_another_stays() -> None:
    noor = second_manager()
    end(mia(), mia())
    assert refused(lambda: end(noor, noor)) == OrganisationReason.LAST_MANAGER


def test_it_lets_no_manager_choose_an_own_team() -> None:
    assert refused(lambda: change(mia(), mia(), team=team().id)) == OrganisationReason.OWN_TEAM


def test_it_refuses_an_address_that_a_colleague_has() -> None:
    sam, vera = member(organisation()), member(organisation(), "Vera")
    assert refused(lambda: change(mia(), sam, email=vera.email)) == OrganisationReason.EMAIL_TAKEN
    end(mia(), vera)
    change(mia(), sam, email=vera.email)


def test_it_refuses_dirk_a_colleague_and_the_manager_of_another_organisation(dirk: Party) -> None:
    sam, vera = member(organisation()), member(organisation(), "Vera")
    for by in (vera, Member(party=dirk, organisation=organisation())):
        assert refused(lambda by=by: change(by, sam, given_name="Sem")) == OrganisationReason.NOT_A_MANAGER  # type: ignore[misc]  # a default that binds
        assert refused(lambda by=by: end(by, sam)) == OrganisationReason.NOT_A_MANAGER  # type: ignore[misc]  # a default that binds
    elsewhere = carla()
    assert refused(lambda: change(elsewhere, sam, given_name="Sem")) == OrganisationReason.UNKNOWN_MEMBER
    assert refused(lambda: end(elsewhere, sam)) == OrganisationReason.UNKNOWN_MEMBER


def test_it_refuses_a_team_of_another_organisation() -> None:
    sam, elsewhere = member(organisation()), team("Zuid", of="De Brug")
    assert refused(lambda: change(mia(), sam, team=elsewhere.id)) == OrganisationReason.UNKNOWN_TEAM


def test_it_ends_an_ex_employee_everywhere_at_once(anna: Party, toeslagen: Portal) -> None:
    works_for, sam = organisation(), member(organisation())
    held = licence(sam)
    link = MemberInvitation.objects.create(member=sam, digest="digest", expires_at=NOW + timedelta(days=7))
    mandate_of(anna, works_for)
    end(mia(), sam)
    answer = queries.decide_for(
        portal=toeslagen,
        representative=Representative(works_for.party_id, member=sam.party_id),
        representee=anna.id,
        question=Question(service="mijn-toeslagen", assurance=AssuranceLevel.LOW),
        at=NOW,
    )
    assert answer == Refusal(Reason.NO_LICENCE, Missing(Gap.NOT_A_MEMBER))
    assert not at_work(as_kept(sam), now=NOW)
    assert Licence.objects.get(id=held.id).ended_at == NOW
    link.refresh_from_db()
    assert link.closed_at == NOW
    assert losing() == [str(sam.party_id)]
    assert JournalEntry.objects.get(event=Event.MEMBER_ENDED).details == {"licences": 1, "clients": 0}
    assert refused(lambda: end(mia(), sam, version=1)) == OrganisationReason.UNKNOWN_MEMBER


def test_it_leaves_the_clients_of_who_goes_to_the_team(anna: Party) -> None:
    sam, north = member(organisation()), team()
    Assignment.objects.create(organisation=organisation(), client=anna, member=sam, team=north, since=NOW)
    end(mia(), sam)
    now = Assignment.objects.get(until__isnull=True)
    assert (now.client, now.member, now.team) == (anna, None, north)
    assert Assignment.objects.filter(member=sam, until=NOW).exists()
