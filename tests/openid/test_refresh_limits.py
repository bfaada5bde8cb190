"""How long a login goes on: as long as something holds it up, a day at most, and only for who it is bound to."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from namens.grants import actions
from namens.grants.clients import Proven
from namens.grants.confirmation import Confirmation
from namens.grants.models import EndedBy, Family, RefreshToken
from namens.grants.plain import PlainRefreshToken
from namens.grants.refusals import GrantRefusal
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.mandates.actions import stop
from namens.parties.facts import StopSignal
from namens.parties.models import Party
from namens.services.models import Portal, Service, Status
from namens.services.profiles import Profile
from tests.openid.relying import RelyingParty
from tests.openid.renewing import has_error, refresh
from tests.people import BSNS, NOW, TODAY, active, give, person, terms, told, use_code

pytestmark = pytest.mark.usefixtures("catalogue", "signing_keys")


@pytest.mark.parametrize(
    ("hours", "status"), [(timedelta(hours=6) - timedelta(seconds=1), 200), (timedelta(hours=6), 400)]
)
def test_it_takes_a_token_for_six_hours(lasting: RelyingParty, bram: Party, hours: timedelta, status: int) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    with clock.frozen(NOW + hours):
        assert refresh(lasting, token).status_code == status
    assert Family.objects.get().ended_at is None


@pytest.mark.parametrize("profile", [Profile.NLGOV, Profile.FAPI])
def test_it_takes_no_token_later_than_a_day_after_the_login(
    lasting: RelyingParty, bram: Party, profile: Profile
) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    RefreshToken.objects.update(binding="none")
    for hours in (5, 10, 15, 20, 23.99):
        token = renewed(lasting, token, profile=profile, after=timedelta(hours=hours))
    assert renewed(lasting, token, profile=profile, after=timedelta(hours=24)) == ""


def renewed(portal: RelyingParty, token: str, *, profile: Profile, after: timedelta) -> str:
    """Refresh at this time by the rules of a profile, and give the token for the next time; empty when refused."""
    holder = Portal.objects.get(id=portal.portal.id)
    holder.profile = profile
    shown = Proven(holder, confirmation=Confirmation(key="k" * 43))
    outcome = actions.refresh(token=PlainRefreshToken(token), by=shown, scope="", now=NOW + after)
    return "" if isinstance(outcome, GrantRefusal) else outcome.token.text


def test_it_refuses_after_a_stop_and_ends_the_login(lasting: RelyingParty, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    token = lasting.tokens(bram, whom=anna)["refresh_token"]
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert has_error(refresh(lasting, token), "invalid_grant")
    assert Family.objects.get().ended_by == "access-ended"
    refused = JournalEntry.objects.get(event=Event.USE_REFUSED)
    assert (refused.result, refused.actor, refused.subject) == ("access-gone", bram.id, anna.id)


def test_it_refuses_after_the_last_day(lasting: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram, what=terms(last_day=TODAY))
    midnight = clock.end_of(TODAY)
    with clock.frozen(midnight - timedelta(minutes=5)):
        token = lasting.tokens(bram, whom=anna)["refresh_token"]
    with clock.frozen(midnight):
        assert has_error(refresh(lasting, token), "invalid_grant")


def stopped_by_the_register(party: Party) -> None:
    told(party, signals=[StopSignal.DECEASED])


def withdrawn_service(_: Party) -> None:
    Service.objects.update(active=False)


def left_elsewhere(_: Party) -> None:
    family = Family.objects.select_related("portal").get()
    actions.end_family(family, by=EndedBy.LOGGED_OUT, channel=Channel.PORTAL, now=NOW)


@pytest.mark.parametrize("happens", [stopped_by_the_register, withdrawn_service, left_elsewhere])
def test_it_refuses_once_nothing_holds_up_the_login(
    lasting: RelyingParty, bram: Party, happens: Callable[[Party], None]
) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    happens(bram)
    assert has_error(refresh(lasting, token), "invalid_grant")
    assert Family.objects.get().ended_at == NOW


def test_it_refuses_a_portal_that_was_withdrawn(lasting: RelyingParty, bram: Party) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    Portal.objects.update(status=Status.WITHDRAWN)
    assert has_error(refresh(lasting, token), "invalid_client", status=401)


def test_it_ends_with_the_login_at_the_portals_wish(lasting: RelyingParty, bram: Party) -> None:
    tokens = lasting.tokens(bram)
    lasting.browser.get("/openid/logout", {"id_token_hint": tokens["id_token"]})
    assert Family.objects.get().ended_by == "logged-out"
    assert has_error(refresh(lasting, tokens["refresh_token"]), "invalid_grant")


def test_it_ends_with_the_code_that_came_twice(lasting: RelyingParty, bram: Party) -> None:
    code = lasting.code(bram)
    token = lasting.exchange(code).json()["refresh_token"]
    lasting.exchange(code)
    assert has_error(refresh(lasting, token), "invalid_grant")


def test_it_leaves_the_other_logins_of_the_same_person_alone(lasting: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    use_code(give(person("carla"), bram), bram, bsn=BSNS["carla"])
    own, other = lasting.tokens(bram, whom=anna), lasting.tokens(bram, whom=person("carla"))
    refresh(lasting, own["refresh_token"])
    refresh(lasting, own["refresh_token"])
    assert refresh(lasting, other["refresh_token"]).status_code == 200
