"""Somebody breaks off the login at the broker: the portal hears of it."""

from datetime import timedelta

from namens.grants.models import AuthorizationCode
from namens.lib import clock
from namens.lib.ids import new_id
from namens.parties.models import Party
from tests.openid.relying import STATE, RelyingParty, answer_in
from tests.people import NOW


def test_it_tells_the_portal_that_access_was_denied(portal: RelyingParty) -> None:
    response = portal.browser.get(f"{portal.ask()}/abandoned")
    answer = answer_in(response)
    assert response["Location"].startswith(portal.redirect_uri)
    assert (answer["error"], answer["state"]) == ("access_denied", STATE)
    assert answer["iss"]


def test_it_ends_the_request(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask()
    portal.browser.get(f"{address}/abandoned")
    portal.log_in(bram)
    assert portal.choose(address, None).status_code == 400
    assert not AuthorizationCode.objects.exists()


def test_it_goes_nowhere_when_the_request_was_answered(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask()
    portal.log_in(bram)
    portal.choose(address, None)
    assert portal.browser.get(f"{address}/abandoned").status_code == 400


def test_it_goes_nowhere_when_the_request_has_expired(portal: RelyingParty) -> None:
    address = portal.ask()
    with clock.frozen(NOW + timedelta(minutes=16)):
        assert portal.browser.get(f"{address}/abandoned").status_code == 400


def test_it_knows_no_other_request(portal: RelyingParty) -> None:
    assert portal.browser.get(f"/openid/choose/{new_id()}/abandoned").status_code == 404
