"""An organisation that came for itself loses access: no code, no token, no UserInfo, and the portal hears it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from namens.grants.actions import end_for_organisations, end_member
from namens.grants.models import Family
from namens.organisations.actions import MemberDetails, change_member
from namens.organisations.models import Block, Member, Organisation
from namens.organisations.models import Status as OrganisationStatus
from namens.outbox.models import Kind, OutboxRow
from namens.services.models import Portal, Service, Status
from tests.openid.relying import RelyingParty, answer_in, registered
from tests.openid.renewing import has_error, lasting_terms, refresh
from tests.people import NOW, TODAY
from tests.working import member

pytestmark = pytest.mark.usefixtures("catalogue", "signing_keys")


def end_membership(mia: Member) -> None:
    Member.objects.filter(party=mia.party).update(ended_at=NOW)


def take_role_away(mia: Member) -> None:
    Member.objects.filter(party=mia.party).update(is_manager=False)


def block_member(mia: Member) -> None:
    Block.objects.create(organisation=mia.organisation, member=mia, blocked_by="olga", since=NOW)


def block_organisation(mia: Member) -> None:
    Block.objects.create(organisation=mia.organisation, blocked_by="olga", since=NOW)


def let_organisation_leave(mia: Member) -> None:
    Organisation.objects.filter(party=mia.organisation_id).update(last_day=TODAY - timedelta(days=1))


def refuse_organisation(mia: Member) -> None:
    Organisation.objects.filter(party=mia.organisation_id).update(status=OrganisationStatus.REFUSED)


def switch_off(_mia: Member) -> None:
    Portal.objects.update(organisations_themselves=False)


def withdraw_portal(_mia: Member) -> None:
    Portal.objects.update(status=Status.WITHDRAWN)


def withdraw_services(_mia: Member) -> None:
    Service.objects.update(active=False)


OF_THE_MEMBER = [end_membership, take_role_away, block_member, block_organisation, let_organisation_leave]
OF_THE_ORGANISATION = [*OF_THE_MEMBER, refuse_organisation, switch_off]
TAKEN_AWAY = [*OF_THE_ORGANISATION, withdraw_services]
TakeAway = Callable[[Member], None]


@pytest.mark.parametrize("take_away", TAKEN_AWAY)
def test_it_gives_no_code_any_more(kvk: RelyingParty, mia: Member, take_away: TakeAway) -> None:
    address = kvk.ask()
    kvk.log_in(mia.party)
    take_away(mia)
    answer = kvk.choose(address, None)
    assert answer.status_code != 303 or "code" not in answer_in(answer)
    assert not Family.objects.exists()


@pytest.mark.parametrize("take_away", TAKEN_AWAY)
def test_it_gives_no_tokens_any_more(kvk: RelyingParty, mia: Member, take_away: TakeAway) -> None:
    code = kvk.code(mia.party)
    take_away(mia)
    assert kvk.exchange(code).json()["error"] == "invalid_grant"
    assert Family.objects.get().ended_by == "access-ended"


@pytest.mark.parametrize("take_away", [*TAKEN_AWAY, withdraw_portal])
def test_it_says_nothing_at_userinfo_any_more(kvk: RelyingParty, mia: Member, take_away: TakeAway) -> None:
    token = kvk.tokens(mia.party)["access_token"]
    take_away(mia)
    assert kvk.userinfo(token).status_code == 401
    assert Family.objects.get().ended_by == "access-ended"


@pytest.mark.parametrize("take_away", TAKEN_AWAY)
def test_it_gives_no_new_tokens_any_more(mia: Member, take_away: TakeAway) -> None:
    lasting = registered(replace(lasting_terms("gaat-door"), organisations_themselves=True))
    token = lasting.tokens(mia.party)["refresh_token"]
    take_away(mia)
    assert has_error(refresh(lasting, token), "invalid_grant")
    assert Family.objects.get().ended_by == "access-ended"


@pytest.mark.parametrize("take_away", OF_THE_MEMBER)
def test_it_tells_the_portal_that_the_member_has_no_access_any_more(
    kvk: RelyingParty, mia: Member, take_away: TakeAway
) -> None:
    kvk.tokens(mia.party)
    assert end_member(member=mia.party_id, now=NOW) == 0
    take_away(mia)
    assert [end_member(member=mia.party_id, now=NOW) for _ in range(2)] == [1, 0]
    assert OutboxRow.objects.filter(kind=Kind.BACK_CHANNEL_LOGOUT).count() == 1


@pytest.mark.parametrize("take_away", OF_THE_ORGANISATION)
def test_it_ends_with_the_organisation(kvk: RelyingParty, mia: Member, take_away: TakeAway) -> None:
    kvk.tokens(mia.party)
    assert end_for_organisations(organisations=[mia.organisation_id], now=NOW) == 0
    take_away(mia)
    assert end_for_organisations(organisations=[mia.organisation_id], now=NOW) == 1


def test_it_lets_the_worker_end_the_logins_of_who_is_a_manager_no_more(kvk: RelyingParty, mia: Member) -> None:
    other = member(mia.organisation, "Noor", is_manager=True)
    kvk.tokens(mia.party)
    details = replace(MemberDetails.of(mia), is_manager=False)
    change_member(by=other, member=mia.party_id, version=0, details=details, now=NOW)
    (row,) = OutboxRow.objects.filter(kind=Kind.MEMBER_ENDED)
    assert row.payload == {"member": str(mia.party_id)}
    assert end_member(member=mia.party_id, now=NOW) == 1


def test_it_has_nothing_to_end_for_who_becomes_a_manager(mia: Member, fatima: Member) -> None:
    details = replace(MemberDetails.of(fatima), is_manager=True)
    change_member(by=mia, member=fatima.party_id, version=0, details=details, now=NOW)
    assert not OutboxRow.objects.filter(kind=Kind.MEMBER_ENDED).exists()


def test_it_leaves_the_login_of_another_manager_alone(kvk: RelyingParty, mia: Member) -> None:
    other = member(mia.organisation, "Noor", is_manager=True)
    token = kvk.tokens(other.party)["access_token"]
    end_membership(mia)
    assert end_for_organisations(organisations=[mia.organisation_id], now=NOW) == 0
    assert kvk.userinfo(token).status_code == 200
