"""Inviting somebody to work here, by a manager or by the operator."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.organisations.actions import (
    MemberDetails,
    NewMember,
    change_member,
    find_invitation,
    forget_links,
    invite,
    invite_again,
    link_in,
)
from namens.organisations.models import Block, Member, MemberInvitation, MemberKind, Status, Team
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.outbox.models import Kind
from tests.organisations.joining import (
    DE_BRUG,
    OLGA,
    SAM,
    admitted,
    begun,
    invited_by,
    logs_in,
    mia_begun,
    noted,
    put,
    second_manager,
)
from tests.people import NOW
from tests.working import member, organisation

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def test_it_invites_a_colleague() -> None:
    mia = mia_begun()
    link = invited_by(mia, now=LATER)
    sam = Member.objects.get(party=link.member.party_id)
    assert (sam.full_name, sam.kind, sam.is_manager, sam.bound_at) == ("Sam Bakker", MemberKind.VOLUNTEER, False, None)
    assert sam.organisation_id == mia.organisation_id
    entry = JournalEntry.objects.filter(event=Event.MEMBER_INVITED, actor=mia.party_id).get()
    assert (entry.subject, entry.details["manager"]) == (sam.party_id, False)


def test_it_keeps_a_digest_and_no_link() -> None:
    link = admitted().invited
    kept = MemberInvitation.objects.get()
    assert link.token not in f"{kept.digest}{kept.sealed}{link!r}"
    assert link.token not in str(list(JournalEntry.objects.values_list("details", flat=True)))
    assert put(Kind.EMAIL) == []


def test_it_sends_the_link_by_an_outbox_row_that_does_not_hold_it(settings: LazySettings) -> None:
    settings.MAILER = "smtp"
    link = admitted().invited
    kept = MemberInvitation.objects.get()
    assert put(Kind.EMAIL) == [{"email": "invitation", "invitation": str(kept.id)}]
    assert link.token not in kept.sealed
    assert link_in(kept) == link.token


def test_it_erases_the_link_of_an_invitation_that_ended(settings: LazySettings) -> None:
    settings.MAILER = "smtp"
    admitted()
    forget_links(now=NOW + settings.INVITATION_LIFE - timedelta(seconds=1))
    assert link_in(MemberInvitation.objects.get())
    forget_links(now=NOW + settings.INVITATION_LIFE)
    assert link_in(MemberInvitation.objects.get()) == ""


def test_it_gives_a_new_link_and_closes_the_older_one() -> None:
    mia = mia_begun()
    first = invited_by(mia)
    again = invite_again(
        member=first.member.party_id, by=mia.party_id, works_for=mia.organisation_id, channel=Channel.PAGES, now=LATER
    )
    assert logs_in("sam", link=first, now=LATER) is OrganisationReason.INVITATION_NOT_VALID
    assert begun("sam", again, now=LATER).party_id == first.member.party_id


def test_it_gives_no_new_link_to_who_has_begun() -> None:
    mia = mia_begun()
    with pytest.raises(OrganisationRefused, match=OrganisationReason.UNKNOWN_MEMBER):
        invite_again(member=mia.party_id, by=OLGA, channel=Channel.PAGES, now=LATER)


def test_it_takes_an_address_once_in_an_organisation() -> None:
    mia = mia_begun()
    invited_by(mia)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.EMAIL_TAKEN):
        invited_by(mia, NewMember("Bas", "Vos", "SAM@samensterk.example"))
    assert Member.objects.count() == 2
    assert admitted(DE_BRUG, name="De Brug", manager=SAM).invited.member.email == SAM.email


def test_it_lets_the_operator_invite_one_more_manager() -> None:
    first = admitted()
    noor = begun("noor", second_manager(first.organisation))
    assert noor.is_manager


def test_it_refuses_who_is_no_manager_or_is_not_one_any_more() -> None:
    works_for = organisation()
    dirk = member(works_for, "Dirk")
    with pytest.raises(OrganisationRefused, match=OrganisationReason.NOT_A_MANAGER):
        invite(who=SAM, by=dirk, now=NOW)
    mia = member(works_for, "Mia", is_manager=True)
    Member.objects.filter(party=mia.party_id).update(ended_at=NOW)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.NOT_A_MANAGER):
        invite(who=SAM, by=mia, now=NOW)
    noor = member(works_for, "Noor", is_manager=True)
    Block.objects.create(organisation=works_for, member=noor, blocked_by=str(OLGA), since=NOW)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.NOT_A_MANAGER):
        invite(who=SAM, by=noor, now=NOW)
    assert Member.objects.count() == 3


@pytest.mark.parametrize("which", ["closed", "of another organisation"])
def test_it_invites_nobody_to_a_team_that_is_not_there(which: str) -> None:
    mia = mia_begun()
    closed_at = NOW if which == "closed" else None
    works_for = mia.organisation if which == "closed" else organisation("De Brug")
    team = Team.objects.create(organisation=works_for, name="Noord", closed_at=closed_at)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.UNKNOWN_TEAM):
        invited_by(mia, replace(SAM, team=team.id))


def test_it_refuses_a_manager_of_another_organisation_a_new_link() -> None:
    link = invited_by(mia_begun())
    carla = member(organisation("De Brug"), "Carla", is_manager=True)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.UNKNOWN_MEMBER):
        invite_again(
            member=link.member.party_id,
            by=carla.party_id,
            works_for=carla.organisation_id,
            channel=Channel.PAGES,
            now=LATER,
        )
    assert MemberInvitation.objects.filter(closed_at__isnull=True).count() == 1


@pytest.mark.parametrize("gone", ["left", "refused"])
def test_it_invites_nobody_to_an_organisation_that_is_gone(gone: str) -> None:
    mia = mia_begun()
    works_for = mia.organisation
    works_for.status = Status.REFUSED if gone == "refused" else works_for.status
    works_for.last_day = (NOW - timedelta(days=1)).date() if gone == "left" else None
    works_for.save()
    with pytest.raises(OrganisationRefused, match=OrganisationReason.ORGANISATION_GONE):
        invited_by(mia)


def test_it_finds_an_invitation_by_its_link_only() -> None:
    link = admitted().invited
    found = find_invitation(token=link.token)
    assert found is not None
    assert found.member_id == link.member.party_id
    with connection.execute_wrapper(_no_statement):
        assert find_invitation(token="") is None
    assert find_invitation(token=f"{link.token}x") is None


def _no_statement(*_: object) -> None:
    raise AssertionError("no statement is needed")


def test_it_writes_down_who_was_invited_as_manager() -> None:
    link = admitted().invited
    entry = noted(Event.MEMBER_INVITED)
    assert (entry.actor, entry.subject, entry.details["manager"]) == (OLGA, link.member.party_id, True)


def test_it_sends_a_new_link_when_the_address_was_wrong_and_the_old_one_works_no_more(settings: LazySettings) -> None:
    settings.MAILER = "smtp"
    mia = mia_begun()
    wrong = invited_by(mia)
    details = replace(MemberDetails.of(wrong.member), email="sam.bakker@samensterk.example")
    change_member(by=mia, member=wrong.member.party_id, version=0, details=details, now=LATER)
    assert logs_in("sam", link=wrong, now=LATER) is OrganisationReason.INVITATION_NOT_VALID
    newest = MemberInvitation.objects.get(member=wrong.member, closed_at__isnull=True)
    assert put(Kind.EMAIL)[-1] == {"email": "invitation", "invitation": str(newest.id)}
    assert find_invitation(token=link_in(newest)) == newest
