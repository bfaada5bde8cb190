"""Logins that do not go straight: two tabs, two portals, and those that stop half way."""

from datetime import timedelta

import pytest

from namens.grants.models import AuthorizationCode, AuthorizationRequest, Family
from namens.lib import clock
from namens.parties.models import Party
from tests.openid.relying import RelyingParty, answer_in, registered, terms_of
from tests.people import NOW, active


@pytest.fixture
def other(portal: RelyingParty) -> RelyingParty:
    """Another portal, at the same browser."""
    second = registered(terms_of("ander"))
    second.browser = portal.browser
    return second


def test_it_answers_two_tabs_each_with_its_own_state(portal: RelyingParty, bram: Party) -> None:
    states = ("state-of-tab-one", "state-of-tab-two")
    tabs = {state: portal.ask(state=state, nonce=f"{state}-nonce") for state in states}
    for state, address in reversed(tabs.items()):
        portal.log_in(bram, made_for=address)
        answer = answer_in(portal.choose(address, None))
        assert answer["state"] == state
        assert AuthorizationCode.objects.latest("id").nonce == f"{state}-nonce"


def test_it_takes_back_the_login_of_a_tab_when_another_one_begins(
    portal: RelyingParty, bram: Party, dirk: Party
) -> None:
    """Two people at one computer: the second login in the same browser answers nothing for the first."""
    first, second = portal.ask(), portal.ask()
    portal.log_in(bram, made_for=first)
    portal.log_in(dirk, made_for=second)
    assert portal.browser.get(first)["Location"].startswith("/signin/digid?")
    assert portal.choose(first, None).status_code == 403
    assert "code" in answer_in(portal.choose(second, None))
    assert Family.objects.get().party == dirk


def test_it_answers_each_of_two_portals_with_its_own_code(
    portal: RelyingParty, other: RelyingParty, anna: Party, bram: Party
) -> None:
    active(anna, bram)
    here, there = portal.ask(), other.ask()
    portal.log_in(bram, made_for=there)
    code = answer_in(other.choose(there, anna))["code"]
    assert portal.exchange(code).json()["error"] == "invalid_grant"
    portal.log_in(bram, made_for=here)
    assert portal.exchange(answer_in(portal.choose(here, anna))["code"]).status_code == 200


def test_it_says_that_it_is_over_to_who_comes_back_too_late(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask()
    with clock.frozen(NOW + timedelta(minutes=15)):
        portal.log_in(bram)
        for response in (portal.browser.get(address), portal.choose(address, None)):
            assert (response.status_code, "Location" in response) == (400, False)
            assert portal.portal.name in response.content.decode()
    assert not AuthorizationCode.objects.exists()


def test_it_says_that_it_is_over_to_who_goes_back_after_the_answer(portal: RelyingParty, bram: Party) -> None:
    portal.code(bram)
    assert portal.browser.get(portal.asked_at).status_code == 400


def test_it_lets_who_broke_off_at_the_broker_begin_again(portal: RelyingParty, bram: Party) -> None:
    asked = portal.pushed()
    portal.come(asked)
    answer = answer_in(portal.browser.get(f"{portal.asked_at}/abandoned"))
    assert (answer["error"], "code" in answer) == ("access_denied", False)
    assert portal.come(asked).status_code == 400
    assert portal.code(bram)


def test_it_goes_on_where_a_browser_was_closed_before_the_login(portal: RelyingParty, bram: Party) -> None:
    asked = portal.pushed()
    portal.come(asked)
    portal.browser.cookies.clear()
    portal.come(asked)
    portal.log_in(bram)
    assert "code" in answer_in(portal.choose(portal.asked_at, None))


def test_it_gives_a_double_click_the_same_code(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask()
    portal.log_in(bram)
    codes = {answer_in(portal.choose(address, None))["code"] for _ in range(2)}
    assert len(codes) == 1
    assert AuthorizationRequest.objects.count() == 1


def test_it_gives_no_code_for_a_question_that_the_portal_lost_the_right_to_ask(
    portal: RelyingParty, bram: Party
) -> None:
    address = portal.ask()
    portal.log_in(bram)
    portal.portal.services.clear()
    assert portal.choose(address, None).status_code == 400
    assert not AuthorizationCode.objects.exists()
