"""Access is taken away, or part of it: which logins end, and who hears of it."""

from dataclasses import replace

import pytest

from namens.grants.actions import end_access
from namens.grants.models import Family
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.ids import new_id
from namens.mandates.actions import stop
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from tests.openid.relying import RelyingParty, registered, terms_of
from tests.people import BSNS, NOW, TODAY, active, give, of, terms, use_code


def told() -> list[dict[str, str]]:
    return [row.payload for row in OutboxRow.objects.filter(kind=Kind.BACK_CHANNEL_LOGOUT)]


def test_it_ends_each_login_that_nothing_holds_up_any_more(portal: RelyingParty, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    portal.tokens(bram, whom=anna)
    portal.tokens(bram, whom=anna)
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert end_access(mandate=mandate.id, now=NOW) == 2
    ended = Family.objects.filter(ended_at=NOW, ended_by="access-ended")
    assert sorted(row["family"] for row in told()) == sorted(str(family.id) for family in ended)
    assert JournalEntry.objects.filter(event=Event.TOKENS_ENDED, subject=anna.id, channel="worker").count() == 2


def test_it_does_nothing_the_second_time(portal: RelyingParty, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    portal.tokens(bram, whom=anna)
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert [end_access(mandate=mandate.id, now=NOW) for _ in range(2)] == [1, 0]
    assert len(told()) == 1


def test_it_leaves_a_login_that_another_mandate_holds_up(portal: RelyingParty, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    token = portal.tokens(bram, whom=anna)["access_token"]
    active(anna, bram)
    assert of(mandate).state == "ended"
    assert end_access(mandate=mandate.id, now=NOW) == 0
    assert portal.userinfo(token).status_code == 200


def test_it_ends_a_login_that_lost_one_of_its_services(portal: RelyingParty, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    token = portal.tokens(bram, whom=anna)["access_token"]
    stop(mandate=mandate.id, by=anna, now=NOW, service="inkomstenbelasting")
    assert end_access(mandate=mandate.id, now=NOW) == 1
    assert told() == [{"family": str(Family.objects.get(ended_by="access-ended").id)}]
    assert portal.userinfo(token).status_code == 401
    again = portal.userinfo(portal.tokens(bram, whom=anna)["access_token"])
    assert again.json()["urn:namens:1.0:services"] == ["mijn-toeslagen"]


def test_it_leaves_a_login_that_never_had_the_service_that_was_stopped(
    portal: RelyingParty, anna: Party, bram: Party
) -> None:
    mandate = active(anna, bram, what=terms("mijn-toeslagen", "parkeervergunning"))
    token = portal.tokens(bram, whom=anna)["access_token"]
    stop(mandate=mandate.id, by=anna, now=NOW, service="parkeervergunning")
    assert end_access(mandate=mandate.id, now=NOW) == 0
    assert portal.userinfo(token).status_code == 200


def test_it_ends_a_login_when_an_action_is_left_out_that_was_not(
    portal: RelyingParty, anna: Party, bram: Party
) -> None:
    wide = active(anna, bram, what=terms(granted=["rekeningnummer-wijzigen"]))
    portal.tokens(bram, whom=anna)
    active(anna, bram)
    assert end_access(mandate=wide.id, now=NOW) == 1
    assert len(told()) == 1


def test_it_leaves_a_login_when_an_action_is_left_out_no_more(portal: RelyingParty, anna: Party, bram: Party) -> None:
    narrow = active(anna, bram)
    portal.tokens(bram, whom=anna)
    active(anna, bram, what=terms(granted=["rekeningnummer-wijzigen"]))
    assert end_access(mandate=narrow.id, now=NOW) == 0


def test_it_leaves_the_logins_for_other_clients_and_for_oneself(
    portal: RelyingParty, anna: Party, bram: Party, carla: Party
) -> None:
    mandate = active(anna, bram)
    use_code(give(carla, bram), bram, bsn=BSNS["carla"])
    own, other = portal.tokens(bram), portal.tokens(bram, whom=carla)
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert end_access(mandate=mandate.id, now=NOW) == 0
    assert [portal.userinfo(one["access_token"]).status_code for one in (own, other)] == [200, 200]


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_tells_no_portal_that_has_no_address_for_it(anna: Party, bram: Party) -> None:
    deaf = registered(replace(terms_of("doof"), back_channel_logout_uri=""))
    mandate = active(anna, bram)
    deaf.tokens(bram, whom=anna)
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert end_access(mandate=mandate.id, now=NOW) == 1
    assert told() == []


@pytest.mark.usefixtures("portal", "bram")
def test_it_knows_no_login_by_a_mandate_that_is_not_there(anna: Party) -> None:
    assert end_access(mandate=new_id(), now=NOW) == 0
    assert end_access(mandate=give(anna, None, what=terms(last_day=TODAY)).mandate.id, now=NOW) == 0
