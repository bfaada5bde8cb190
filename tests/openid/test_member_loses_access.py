"""Access of a member is taken away: from the next question on there is no token and no UserInfo; portals hear it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from namens.grants.actions import end_access, end_member
from namens.grants.models import Family
from namens.lib import clock
from namens.mandates.actions import stop
from namens.mandates.models import Mandate
from namens.organisations.models import Block, LeftOut, Licence, LicencePause, Member
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.services.models import Portal
from tests.openid.relying import RelyingParty
from tests.openid.renewing import has_error, introspect, refresh
from tests.people import NOW, TODAY
from tests.working import licence, member


def end_licence(sam: Member) -> None:
    Licence.objects.filter(member=sam).update(ended_at=NOW)


def pause_licence(sam: Member) -> None:
    LicencePause.objects.create(licence=Licence.objects.get(member=sam), since=NOW)


def let_leave(sam: Member) -> None:
    Member.objects.filter(party=sam.party).update(ended_at=NOW)


def block(sam: Member) -> None:
    Block.objects.create(organisation=sam.organisation, member=sam, blocked_by="olga", since=NOW)


def leave_out(sam: Member) -> None:
    LeftOut.objects.create(client=Party.objects.get(person__family_name="Vries"), member=sam, since=NOW)


def close_organisation(sam: Member) -> None:
    sam.organisation.last_day = TODAY - timedelta(days=1)
    sam.organisation.save()


TAKEN_AWAY = [end_licence, pause_licence, let_leave, block, leave_out, close_organisation]
taken_away = pytest.mark.parametrize("take_away", TAKEN_AWAY)
TakeAway = Callable[[Member], None]


@taken_away
def test_it_gives_no_token_for_a_licence_that_ends_between_authorize_and_token(
    portal: RelyingParty, anna: Party, sam: Member, take_away: TakeAway
) -> None:
    code = portal.code(sam.party, whom=anna)
    take_away(sam)
    refused = portal.exchange(code)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")
    assert Family.objects.get().ended_by == "access-ended"


@taken_away
def test_it_goes_on_for_nobody_whose_licence_ends_between_token_and_refresh(
    portal: RelyingParty, anna: Party, sam: Member, take_away: TakeAway
) -> None:
    Portal.objects.update(refresh_tokens=True)
    token = portal.tokens(sam.party, whom=anna)["refresh_token"]
    token = refresh(portal, token).json()["refresh_token"]
    take_away(sam)
    assert has_error(refresh(portal, token), "invalid_grant")
    assert Family.objects.get().ended_by == "access-ended"


@taken_away
def test_it_introspects_no_token_of_a_licence_that_ended(
    portal: RelyingParty, anna: Party, sam: Member, take_away: TakeAway
) -> None:
    token = portal.tokens(sam.party, whom=anna)["access_token"]
    assert introspect(portal, token).json()["active"]
    take_away(sam)
    assert introspect(portal, token).json() == {"active": False}


@taken_away
def test_it_says_nothing_at_userinfo_once_access_was_taken_away(
    portal: RelyingParty, anna: Party, sam: Member, take_away: TakeAway
) -> None:
    token = portal.tokens(sam.party, whom=anna)["access_token"]
    assert portal.userinfo(token).status_code == 200
    take_away(sam)
    assert portal.userinfo(token).status_code == 401


def test_it_gives_no_token_after_the_last_second_of_a_licence(portal: RelyingParty, anna: Party, sam: Member) -> None:
    Licence.objects.update(last_day=TODAY)
    with clock.frozen(clock.end_of(TODAY) - timedelta(seconds=1)):
        code = portal.code(sam.party, whom=anna)
    with clock.frozen(clock.end_of(TODAY)):
        assert portal.exchange(code).json()["error"] == "invalid_grant"


def with_logout(portal: RelyingParty) -> RelyingParty:
    portal.portal.back_channel_logout_uri = "https://mijn-overheid.example/uit"
    portal.portal.save()
    return portal


def told() -> list[dict[str, str]]:
    return [row.payload for row in OutboxRow.objects.filter(kind=Kind.BACK_CHANNEL_LOGOUT)]


@taken_away
def test_it_tells_portals_that_a_member_has_no_access_any_more(
    portal: RelyingParty, anna: Party, sam: Member, take_away: TakeAway
) -> None:
    with_logout(portal).tokens(sam.party, whom=anna)
    assert end_member(member=sam.party_id, now=NOW) == 0
    take_away(sam)
    assert [end_member(member=sam.party_id, now=NOW) for _ in range(2)] == [1, 0]
    assert told() == [{"family": str(Family.objects.get().id)}]


def test_it_ends_the_logins_of_members_with_the_mandate(portal: RelyingParty, anna: Party, sam: Member) -> None:
    mandate = mandate_of_anna(anna, sam)
    with_logout(portal).tokens(sam.party, whom=anna)
    stop(mandate=mandate, by=anna, now=NOW)
    assert end_access(mandate=mandate, now=NOW) == 1
    assert len(told()) == 1


def mandate_of_anna(anna: Party, sam: Member) -> UUID:
    return Mandate.objects.get(representee=anna, representative=sam.organisation.party).id


def test_it_leaves_the_logins_of_colleagues_alone(portal: RelyingParty, anna: Party, sam: Member) -> None:
    vera = member(sam.organisation, "Vera")
    licence(vera)
    token = portal.tokens(vera.party, whom=anna)["access_token"]
    end_licence(sam)
    assert end_member(member=sam.party_id, now=NOW) == 0
    assert portal.userinfo(token).status_code == 200
