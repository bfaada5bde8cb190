"""The test page: what a portal would get of people who are not there, claim by claim, and what it does not get."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from namens.grants.claims import FLAT_NAMES
from namens.grants.examples import CLIENT_BSN, HELPER_BSN, Case, example
from namens.grants.models import Family
from namens.journal.models import JournalEntry
from namens.pages.portals.claim_words import CLAIMS, FLAT, told_of
from namens.parties.models import Party
from namens.services.models import Portal, Service
from tests.openid.relying import compat_terms, key, registered, terms_of
from tests.pages.portals.registering import page_of
from tests.pages.visiting import shown
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("catalogue")


def strict() -> Portal:
    return registered(terms_of("streng")).portal


def with_numbers() -> Portal:
    return registered(replace(compat_terms("oud"), bsn_legal_basis="Awir artikel 1", receives_names=True)).portal


def sealed() -> Portal:
    """A strict portal with a law, which gets encrypted ID tokens and takes everybody."""
    jwks = {"keys": [key("EC").as_dict(private=False), key("RSA").as_dict(private=False)]}
    terms = replace(terms_of("dicht"), jwks=jwks, id_token_encryption="RSA-OAEP-256", bsn_legal_basis="Awir artikel 1")
    return registered(replace(terms, organisations_themselves=True, receives_names=True)).portal


def page(browser: Client, portal: Portal, case: Case) -> str:
    return shown(browser.get(f"{page_of(portal)}/proef", {"case": case}))


def test_it_shows_what_a_strict_portal_gets_of_a_helper(at_olga: Client) -> None:
    told = page(at_olga, strict(), Case.HELPER)
    assert "urn:namens:1.0:mandate" in told
    assert "De diepste is voor wie de dienst is" in told
    assert "NL GOV OIDC 5.2.4" in told
    assert "Niet verstuurd: er is geen wet aangemeld waardoor dit portaal BSN's krijgt." in told
    assert not any(secret in told for secret in (CLIENT_BSN, HELPER_BSN, "Vera", "Hugo"))


def test_it_shows_what_a_compat_portal_gets_with_a_law(at_olga: Client) -> None:
    told = page(at_olga, with_numbers(), Case.HELPER)
    assert f'urn:nl-eid-gdi:1.0:LegalSubjectID "{CLIENT_BSN}" Het BSN van de cliënt.' in told
    assert f'urn:nl-eid-gdi:1.0:ActingSubjectID "{HELPER_BSN}" Het BSN van de helper.' in told
    assert "Vera Voorbeeld" in told
    assert "Niet verstuurd: er is geen wet" not in told


def test_it_shows_numbers_only_where_they_are_encrypted(at_olga: Client) -> None:
    told = page(at_olga, sealed(), Case.HELPER)
    token, _, userinfo = told.partition("UserInfo Het portaal vraagt dit opnieuw")
    assert CLIENT_BSN in token
    assert CLIENT_BSN not in userinfo
    assert "Daarna voor het portaal versleuteld met RSA-OAEP-256." in token
    assert "BSN in UserInfo Niet verstuurd: dat is niet versleuteld." in userinfo


def test_it_shows_an_organisation_that_comes_for_itself(at_olga: Client) -> None:
    told = page(at_olga, sealed(), Case.ORGANISATION)
    assert "Stichting Voorbeeld" in told
    assert not any(number in told for number in (CLIENT_BSN, HELPER_BSN))


def test_it_says_when_a_portal_takes_nobody_so(at_olga: Client) -> None:
    assert "Dit portaal laat niemand zo toe" in page(at_olga, strict(), Case.ORGANISATION)


def test_it_says_when_no_service_can_be_used(at_olga: Client) -> None:
    portal = strict()
    Service.objects.update(active=False)
    assert "Geen van de diensten kan nu worden gebruikt" in page(at_olga, portal, Case.HELPER)


@pytest.mark.parametrize("case", list(Case))
def test_it_keeps_nothing_and_nobody(at_olga: Client, case: Case) -> None:
    portal = with_numbers()
    before = (Party.objects.count(), Family.objects.count(), JournalEntry.objects.count())
    page(at_olga, portal, case)
    assert (Party.objects.count(), Family.objects.count(), JournalEntry.objects.count()) == before


@pytest.mark.parametrize("case", [Case.ONESELF, Case.HELPER, Case.MEMBER])
@pytest.mark.parametrize("make", [strict, with_numbers, sealed])
def test_it_explains_every_claim(case: Case, make: Callable[[], Portal]) -> None:
    portal = make()
    given = example(case, portal=portal, now=NOW)
    assert given is not None
    told = told_of({**given.identity, **given.userinfo}, portal=portal)
    assert [one.name for one in told if one.sentence == "Dit portaal vroeg erom."] == []
    assert len(told) > 10


def test_it_knows_words_for_all_that_can_be_sent() -> None:
    assert FLAT_NAMES.keys() == FLAT.keys()
    assert {"sub", "represents", "acr", "sid"} <= CLAIMS.keys()


def test_it_leads_to_a_real_login_at_the_portal(at_olga: Client) -> None:
    portal = strict()
    content = at_olga.get(f"{page_of(portal)}/proef").content.decode()
    assert f'href="{portal.start_address}"' in content


def test_it_takes_any_case_in_the_address(at_olga: Client) -> None:
    assert at_olga.get(f"{page_of(strict())}/proef", {"case": "x\0"}).status_code == 200
