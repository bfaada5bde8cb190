"""One login opens the one request that it was made for: the next person may sit at the same computer."""

import pytest

from namens.grants.models import AuthorizationCode
from namens.parties.models import Party
from tests.openid.relying import RelyingParty, answer_in, registered, terms_of


def is_opened(portal: RelyingParty, address: str) -> bool:
    """Say whether the question at this address is shown and may be answered, to who is at this portal's browser."""
    shown, answered = portal.browser.get(address), portal.choose(address, None)
    if shown.status_code != 200:
        assert shown["Location"].startswith("/signin/digid?")
        assert answered.status_code == 403
        return False
    assert "code" in answer_in(answered)
    return True


def test_it_opens_one_of_the_requests_that_waited_for_a_login(portal: RelyingParty, bram: Party) -> None:
    other = registered(terms_of("ander"))
    other.browser = portal.browser
    waiting = [portal.ask(), other.ask(), portal.ask()]
    portal.log_in(bram, made_for=waiting[1])
    assert [is_opened(portal, address) for address in waiting] == [False, True, False]
    assert AuthorizationCode.objects.count() == 1


@pytest.mark.parametrize("made_for", ["", "/", "/machtigingen", "/openid/choose/", "{address}/missing", "{address}?x"])
def test_it_opens_nothing_with_a_login_for_another_page(portal: RelyingParty, bram: Party, made_for: str) -> None:
    address = portal.ask()
    portal.log_in(bram, made_for=made_for.format(address=address))
    assert not is_opened(portal, address)
    assert not AuthorizationCode.objects.exists()


def test_it_asks_for_a_login_again_at_the_second_portal_in_a_row(portal: RelyingParty, bram: Party) -> None:
    assert portal.code(bram)
    assert not is_opened(portal, portal.ask())
    portal.log_in(bram)
    assert is_opened(portal, portal.asked_at)


def test_it_shows_the_question_again_after_a_reload(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask()
    portal.log_in(bram)
    assert [portal.browser.get(page).status_code for page in (address, f"{address}/missing", address)] == [200] * 3
    assert is_opened(portal, address)


def test_it_lets_a_login_for_the_page_of_the_missing_lead_to_the_question(portal: RelyingParty) -> None:
    address = portal.ask()
    assert answer_in(portal.browser.get(f"{address}/missing"))["next"] == address
