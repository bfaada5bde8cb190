"""Who comes in with eHerkenning: members, and the invited at their first login. With the attacks on a link."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from namens.journal.events import Channel, Event
from namens.organisations.actions import NewMember, admit_login, block
from namens.organisations.models import LeftOut, Member, MemberInvitation, Status
from namens.organisations.refusals import OrganisationReason
from namens.parties.identifiers import KvkNumber, Pseudonym
from namens.parties.models import Party
from tests.organisations.joining import (
    DE_BRUG,
    OLGA,
    SAMEN_STERK,
    admitted,
    begun,
    invited_by,
    logs_in,
    mia_begun,
    noted,
)
from tests.people import NOW, TODAY

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def test_it_binds_the_first_login_of_the_invited() -> None:
    link = admitted().invited
    mia = begun("mia", link)
    kept = Member.objects.get(party=mia.party_id)
    assert (kept.bound_at, kept.seen_at, kept.is_manager) == (NOW, NOW, True)
    assert "mia" not in kept.pseudonym_digest
    assert MemberInvitation.objects.get().closed_at == NOW
    assert (noted(Event.MEMBER_JOINED).actor, noted(Event.MEMBER_JOINED).subject) == (mia.party_id, mia.party_id)


def test_it_knows_a_member_again() -> None:
    mia = mia_begun()
    same = admit_login(
        kvk=SAMEN_STERK, pseudonym=Pseudonym("mia"), establishment="000011112222", invitation=None, now=LATER
    )
    assert isinstance(same, Member)
    assert same.party_id == mia.party_id
    kept = Member.objects.get(party=mia.party_id)
    assert (kept.seen_at, kept.establishment, kept.bound_at) == (LATER, "000011112222", NOW)


def test_it_tells_a_stranger_to_ask_a_manager() -> None:
    mia_begun()
    assert logs_in("dirk") is OrganisationReason.UNKNOWN_MEMBER


@pytest.mark.parametrize("status", [None, Status.PROPOSED, Status.REFUSED])
def test_it_knows_no_organisation_that_was_not_admitted(status: Status | None) -> None:
    works_for = mia_begun().organisation
    if status is not None:
        works_for.status = status
        works_for.save()
    kvk = SAMEN_STERK if status else KvkNumber("90000099")
    assert logs_in("mia", kvk=kvk) is OrganisationReason.UNKNOWN_ORGANISATION


def test_it_lets_nobody_in_after_the_last_day_of_the_organisation() -> None:
    works_for = mia_begun().organisation
    works_for.last_day = TODAY
    works_for.save()
    assert isinstance(logs_in("mia"), Member)
    assert logs_in("mia", now=NOW + timedelta(days=1)) is OrganisationReason.ORGANISATION_GONE


def test_it_lets_no_former_member_in() -> None:
    mia = mia_begun()
    Member.objects.filter(party=mia.party_id).update(ended_at=LATER)
    assert logs_in("mia", now=LATER) is OrganisationReason.MEMBER_ENDED


@pytest.mark.parametrize("what", ["organisation", "member"])
def test_it_lets_nobody_in_who_is_blocked(what: str) -> None:
    mia = mia_begun()
    member = None if what == "organisation" else mia.party_id
    block(organisation=mia.organisation_id, member=member, reason="Onderzoek", by=OLGA, channel=Channel.PAGES, now=NOW)
    assert logs_in("mia", now=LATER) is OrganisationReason.BLOCKED


def test_it_lets_the_others_in_when_one_member_is_blocked() -> None:
    mia = mia_begun()
    begun("sam", invited_by(mia))
    block(organisation=mia.organisation_id, member=mia.party_id, reason="X", by=OLGA, channel=Channel.PAGES, now=NOW)
    assert isinstance(logs_in("sam"), Member)


def test_it_refuses_an_invitation_used_twice() -> None:
    link = admitted().invited
    begun("mia", link)
    assert logs_in("mia", link=link, now=LATER) is OrganisationReason.INVITATION_USED


def test_it_refuses_an_invitation_that_another_person_uses_after_it() -> None:
    link = admitted().invited
    mia = begun("mia", link)
    before = Member.objects.get(party=mia.party_id).pseudonym_digest
    assert logs_in("dirk", link=link, now=LATER) is OrganisationReason.INVITATION_USED
    assert Member.objects.get(party=mia.party_id).pseudonym_digest == before
    assert logs_in("dirk", now=LATER) is OrganisationReason.UNKNOWN_MEMBER


def test_it_refuses_an_invitation_of_somebody_else_to_who_works_here_already() -> None:
    mia = mia_begun()
    link = invited_by(mia)
    assert logs_in("mia", link=link) is OrganisationReason.ALREADY_MEMBER
    assert Member.objects.get(party=link.member.party_id).bound_at is None
    assert isinstance(logs_in("sam", link=link), Member)


def test_it_refuses_an_invitation_after_its_end() -> None:
    link = admitted().invited
    assert logs_in("mia", link=link, now=link.expires_at) is OrganisationReason.INVITATION_NOT_VALID
    assert isinstance(logs_in("mia", link=link, now=link.expires_at - timedelta(seconds=1)), Member)


def test_it_refuses_an_invitation_of_a_member_who_was_ended_before_beginning() -> None:
    link = admitted().invited
    Member.objects.filter(party=link.member.party_id).update(ended_at=NOW)
    assert logs_in("mia", link=link) is OrganisationReason.INVITATION_NOT_VALID


def test_it_refuses_an_invitation_with_another_kvk_number_at_the_login() -> None:
    link = admitted().invited
    admitted(DE_BRUG, name="De Brug")
    assert logs_in("mia", kvk=DE_BRUG, link=link) is OrganisationReason.OTHER_ORGANISATION
    assert logs_in("mia", kvk=KvkNumber("90000099"), link=link) is OrganisationReason.OTHER_ORGANISATION
    assert not Member.objects.filter(bound_at__isnull=False).exists()


def test_it_takes_the_same_pseudonym_at_two_organisations_for_two_people() -> None:
    at_samen_sterk = begun("p-100200", admitted().invited)
    de_brug = admitted(DE_BRUG, name="De Brug", manager=NewMember("Carla", "Mulder", "carla@debrug.example"))
    assert logs_in("p-100200", kvk=DE_BRUG) is OrganisationReason.UNKNOWN_MEMBER
    at_de_brug = begun("p-100200", de_brug.invited, kvk=DE_BRUG)
    assert at_samen_sterk.party_id != at_de_brug.party_id
    again = logs_in("p-100200", kvk=SAMEN_STERK)
    assert isinstance(again, Member)
    assert again.party_id == at_samen_sterk.party_id


def test_it_knows_nobody_whose_kvk_number_changes_at_a_later_login() -> None:
    mia_begun()
    admitted(DE_BRUG, name="De Brug")
    assert logs_in("mia", kvk=DE_BRUG) is OrganisationReason.UNKNOWN_MEMBER


def test_it_lets_somebody_who_left_begin_again_as_a_new_member() -> None:
    mia = mia_begun()
    first = begun("sam", invited_by(mia))
    Member.objects.filter(party=first.party_id).update(ended_at=NOW)
    second = begun("sam", invited_by(mia, now=LATER), now=LATER)
    assert second.party_id != first.party_id
    known = logs_in("sam", now=LATER)
    assert isinstance(known, Member)
    assert known.party_id == second.party_id


def test_it_lets_nobody_who_was_blocked_begin_again_by_another_invitation() -> None:
    mia = mia_begun()
    sam = begun("sam", invited_by(mia))
    block(organisation=mia.organisation_id, member=sam.party_id, reason="X", by=OLGA, channel=Channel.PAGES, now=NOW)
    Member.objects.filter(party=sam.party_id).update(ended_at=NOW)
    again = invited_by(mia, now=LATER)
    assert logs_in("sam", link=again, now=LATER) is OrganisationReason.BLOCKED


def test_it_asks_a_fixed_number_of_statements(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    mia_begun()
    with django_assert_num_queries(6):
        logs_in("mia")


def test_it_keeps_whom_a_client_left_out_so_after_leaving_and_beginning_anew(anna: Party, bram: Party) -> None:
    mia = mia_begun()
    sam = begun("sam", invited_by(mia))
    LeftOut.objects.create(client=anna, member=sam, since=NOW)
    LeftOut.objects.create(client=bram, member=sam, since=NOW, until=LATER)
    Member.objects.filter(party=sam.party_id).update(ended_at=LATER)
    again = begun("sam", invited_by(mia, now=LATER), now=LATER)
    assert again.party_id != sam.party_id
    kept = LeftOut.objects.get(member=again)
    assert (kept.client, kept.since, kept.until) == (anna, LATER, None)
    someone = NewMember("Vera", "Smit", "vera@samensterk.example")
    assert not LeftOut.objects.filter(member=begun("vera", invited_by(mia, someone))).exists()
