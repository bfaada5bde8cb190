"""An honest no: an entitled helper reads why not and what to do; a stranger learns nothing."""

from datetime import timedelta

import pytest

from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.mandates.actions import stop
from namens.parties.models import Party
from namens.services.models import Service
from tests.openid.relying import RelyingParty, registered, terms_of
from tests.people import NOW, TODAY, active, give, terms

NOTHING = "Wij kennen geen andere machtiging"


def read_by(portal: RelyingParty, visitor: Party, *, level: AssuranceLevel = AssuranceLevel.SUBSTANTIAL) -> str:
    address = portal.ask()
    portal.log_in(visitor, level=level)
    return portal.browser.get(f"{address}/missing").content.decode()


def test_it_says_that_a_mandate_was_stopped_but_not_by_whom(portal: RelyingParty, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    stop(mandate=mandate.id, by=anna, now=NOW)
    page = read_by(portal, bram)
    assert "Anna de Vries" in page
    assert "Uw machtiging is gestopt." in page


def test_it_says_when_a_mandate_ended(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram, what=terms(last_day=TODAY))
    with clock.frozen(NOW + timedelta(days=1)):
        assert "Uw machtiging is afgelopen op 23 november 2026." in read_by(portal, bram)


def test_it_says_when_a_mandate_begins(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram, what=terms(first_day=TODAY + timedelta(days=8)))
    assert "Uw machtiging begint op 1 december 2026." in read_by(portal, bram)


def test_it_says_that_a_stronger_login_is_needed(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    Service.objects.update(minimum_level="high")
    assert "niet veilig genoeg" in read_by(portal, bram)


def test_it_says_that_a_code_waits_but_not_of_whom(portal: RelyingParty, anna: Party, bram: Party) -> None:
    give(anna, bram)
    page = read_by(portal, bram)
    assert "U moet eerst een code invullen." in page
    assert "Anna" not in page


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_says_that_a_mandate_is_for_another_service(anna: Party, bram: Party) -> None:
    both = registered(terms_of("beide", "mijn-toeslagen", "inkomstenbelasting"))
    active(anna, bram, what=terms("inkomstenbelasting"))
    address = both.ask(scope="openid urn:uuid:6f1d2a8e-4b0c-4f0e-9a53-1c7d5e2b9a01")
    both.log_in(bram)
    page = both.browser.get(f"{address}/missing").content.decode()
    assert "Uw machtiging is voor een andere dienst" in page


def test_it_says_nothing_of_what_was_withdrawn_before_the_code_was_used(
    portal: RelyingParty, anna: Party, bram: Party
) -> None:
    given = give(anna, bram)
    stop(mandate=given.mandate.id, by=anna, now=NOW)
    assert NOTHING in read_by(portal, bram)


def test_it_says_nothing_of_a_code_that_lapsed(portal: RelyingParty, anna: Party, bram: Party) -> None:
    give(anna, bram, what=terms(last_day=TODAY))
    with clock.frozen(NOW + timedelta(days=1)):
        assert NOTHING in read_by(portal, bram)


def test_it_says_nothing_of_a_client_who_is_in_the_list(portal: RelyingParty, anna: Party, bram: Party) -> None:
    stop(mandate=active(anna, bram).id, by=anna, now=NOW)
    active(anna, bram)
    page = read_by(portal, bram)
    assert NOTHING in page
    assert "Anna" not in page


@pytest.mark.parametrize("stopped", [False, True])
def test_it_tells_dirk_nothing(portal: RelyingParty, anna: Party, bram: Party, dirk: Party, *, stopped: bool) -> None:
    mandate = active(anna, bram)
    if stopped:
        stop(mandate=mandate.id, by=anna, now=NOW)
    page = read_by(portal, dirk)
    assert NOTHING in page
    assert "Anna" not in page
    assert "Bram" not in page


def test_it_is_for_who_logged_in_for_this_question(portal: RelyingParty) -> None:
    assert portal.browser.get(f"{portal.ask()}/missing")["Location"].startswith("/signin/")
