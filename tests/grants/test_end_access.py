"""Access is taken away: which logins end, and who hears of it."""

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
from tests.people import BSNS, NOW, TODAY, active, give, terms, use_code


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
    mandate = active(anna, bram, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    token = portal.tokens(bram, whom=anna)["access_token"]
    stop(mandate=mandate.id, by=anna, now=NOW, service="inkomstenbelasting")
    assert end_access(mandate=mandate.id, now=NOW) == 0
    assert portal.userinfo(token).status_code == 200


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
