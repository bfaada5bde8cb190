"""The library that Dutch municipalities use for DigiD, DigiD Machtigen and eHerkenning, unchanged, at `compat`."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from tests.foreign.acts import gives_mandate, lets_an_organisation_help, stops_mandate
from tests.foreign.registered_site import Site
from tests.journeys.person import Person

pytestmark = pytest.mark.foreign

TOESLAGEN = "6f1d2a8e-4b0c-4f0e-9a53-1c7d5e2b9a01"
CLASSES = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
LINK = "Inloggen met DigiD Machtigen"
ORGANISATION = "Stichting Samen Sterk"
BUTTON = "Inloggen bij Gemeente Voorbeeld"
CANCELLED = "U hebt het inloggen met DigiD Machtigen geannuleerd."
NOBODY = "Er is niemand voor wie u hier nu kunt inloggen."
FAILED = "Inloggen met DigiD Machtigen is niet gelukt."


def logs_in(helper: Person, *, site: Site, level: str = "") -> None:
    """Go from the site to DigiD, and on to the question for whom."""
    helper.opens(f"{site.address}/")
    helper.clicks(LINK)
    helper.comes_with_digid(level=level)


def comes_with_eherkenning(member: Person, *, site: Site) -> None:
    """Go from the site to eHerkenning, and on to the question for whom."""
    member.opens(f"{site.address}/")
    member.clicks(LINK)
    member.clicks("Inloggen met eHerkenning")
    member.chooses_oneself_at_eherkenning(ORGANISATION, level="EH3")


def comes_back_for(helper: Person, client: Person, *, site: Site, level: str) -> dict[str, str]:
    """Log in on behalf of a client; gives what the site read."""
    logs_in(helper, site=site, level=level)
    helper.chooses(client.name.split()[0])
    helper.clicks(BUTTON)
    expect(helper.page).to_have_url(f"{site.address}/")
    return read_by_the_site(helper)


def read_by_the_site(helper: Person) -> dict[str, str]:
    """Give what the site read, and shows."""
    terms, values = (helper.page.locator(tag).all_inner_texts() for tag in ("dt", "dd"))
    return dict(zip(terms, values, strict=True))


def asked_by(helper: Person) -> dict[str, str]:
    """What the library asked at our authorization endpoint, the last time."""
    return _query(helper, path="/openid/authorize")


def answered_to(helper: Person) -> dict[str, str]:
    """What we answered to the library, the last time."""
    return _query(helper, path="/auth/oidc/callback/")


def _query(helper: Person, *, path: str) -> dict[str, str]:
    visited = [urlsplit(answer.url) for answer in reversed(helper.answers)]
    return dict(parse_qsl(next(address.query for address in visited if address.path == path)))


def test_it_reads_who_acts_for_whom(site: Site, anna: Person, bram: Person) -> None:
    gives_mandate(site.practice)
    assert comes_back_for(bram, anna, site=site, level="Midden") == {
        "representee_bsn": anna.bsn,
        "authorizee_bsn": bram.bsn,
        "mandate_service_id": TOESLAGEN,
        "loa": f"{CLASSES}MobileTwoFactorContract",
    }


def test_it_reads_how_sure_the_login_was(site: Site, anna: Person, bram: Person) -> None:
    gives_mandate(site.practice)
    assert comes_back_for(bram, anna, site=site, level="Hoog")["loa"] == f"{CLASSES}SmartcardPKI"


def test_it_uses_pkce_only_when_told_to(site: Site, bram: Person) -> None:
    logs_in(bram, site=site)
    asked = asked_by(bram)
    assert len(asked["nonce"]) == 32
    assert ("code_challenge" in asked) is site.uses_pkce


def test_it_says_that_somebody_cancelled_at_the_choice(site: Site, bram: Person) -> None:
    logs_in(bram, site=site)
    bram.clicks("Niet inloggen")
    assert answered_to(bram)["error"] == "access_denied"
    bram.sees(CANCELLED)


def test_it_is_not_offered_a_mandate_that_was_stopped(site: Site, bram: Person) -> None:
    gives_mandate(site.practice)
    logs_in(bram, site=site)
    bram.sees("Anna de Vries")
    stops_mandate(site.practice)
    logs_in(bram, site=site)
    bram.sees(NOBODY)
    bram.does_not_see("Anna de Vries")


@pytest.mark.parametrize("site", ["by-default"], indirect=True)
def test_it_cannot_do_without_both_nonce_and_pkce(site: Site, bram: Person) -> None:
    with site.without_nonce():
        bram.opens(f"{site.address}/")
        bram.clicks(LINK)
    answered = answered_to(bram)
    assert (answered["error"], answered["error_description"]) == (
        "invalid_request",
        "without code_challenge a nonce is needed",
    )
    bram.sees(FAILED)


@pytest.mark.parametrize("site", ["strictly"], indirect=True)
def test_it_may_leave_out_the_nonce_when_it_uses_pkce(site: Site, anna: Person, bram: Person) -> None:
    gives_mandate(site.practice)
    with site.without_nonce():
        assert comes_back_for(bram, anna, site=site, level="Midden")["representee_bsn"] == anna.bsn
    assert "nonce" not in asked_by(bram)


def test_it_offers_nobody_to_who_has_no_mandate(site: Site, dirk: Person) -> None:
    gives_mandate(site.practice)
    logs_in(dirk, site=site)
    dirk.sees(NOBODY)
    dirk.does_not_see("Anna", "Bram")


def test_it_reads_the_bsn_of_who_comes_for_themselves(site_for_oneself: Site, bram: Person) -> None:
    gives_mandate(site_for_oneself.practice)
    bram.opens(f"{site_for_oneself.address}/")
    bram.clicks(LINK)
    bram.chooses_oneself_at_digid(level="Midden")
    bram.does_not_see("Anna")
    bram.chooses("Voor mijzelf")
    bram.clicks(BUTTON)
    assert read_by_the_site(bram) == {"bsn": bram.bsn, "loa": f"{CLASSES}MobileTwoFactorContract"}


def test_it_reads_for_which_organisation_a_member_acts_for_whom(
    site_at_work: Site, anna: Person, fatima: Person
) -> None:
    lets_an_organisation_help(site_at_work.practice)
    comes_with_eherkenning(fatima, site=site_at_work)
    fatima.fills("Naam of geboortejaar van uw cliënt", "vries")
    fatima.clicks("Zoeken")
    fatima.chooses("Anna")
    fatima.clicks(BUTTON)
    expect(fatima.page).to_have_url(f"{site_at_work.address}/")
    read = read_by_the_site(fatima)
    assert len(read.pop("acting_subject")) == 43
    assert read == {
        "identifier_type": "urn:etoegang:1.9:EntityConcernedID:KvKnr",
        "legal_subject": "00110019",
        "branch_number": "",
        "representee": anna.bsn,
        "mandate_service_id": "mijn-toeslagen",
        "mandate_service_uuid": TOESLAGEN,
        "loa": "urn:etoegang:core:assurance-class:loa3",
    }


def test_it_reads_for_which_organisation_itself_a_manager_comes(site_for_organisations: Site, marijke: Person) -> None:
    lets_an_organisation_help(site_for_organisations.practice)
    comes_with_eherkenning(marijke, site=site_for_organisations)
    marijke.chooses(f"Voor {ORGANISATION} zelf")
    marijke.clicks(BUTTON)
    read = read_by_the_site(marijke)
    assert len(read.pop("acting_subject")) == 43
    assert read == {
        "identifier_type": "urn:etoegang:1.9:EntityConcernedID:KvKnr",
        "legal_subject": "00110019",
        "branch_number": "",
        "loa": "urn:etoegang:core:assurance-class:loa3",
    }


def test_it_does_not_get_a_volunteer_for_the_organisation_itself(site_for_organisations: Site, fatima: Person) -> None:
    lets_an_organisation_help(site_for_organisations.practice)
    comes_with_eherkenning(fatima, site=site_for_organisations)
    fatima.sees(f"Alleen beheerders van {ORGANISATION}")
    fatima.clicks("Niet inloggen")
    fatima.sees(CANCELLED)
