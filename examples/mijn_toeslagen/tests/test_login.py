"""Logging in at the portal."""

import time

import pytest

from mijn_toeslagen.tests.conftest import ANNA, BRAM, DIRK, Browser, identity
from mijn_toeslagen.tests.provider import Provider


def test_it_lets_anna_in_for_herself(browser: Browser) -> None:
    browser.log_in(ANNA)
    shown = browser.get("/overzicht").text
    assert "U bent ingelogd als <strong>Anna de Vries</strong>" in shown
    for allowance in ("Zorgtoeslag", "Huurtoeslag", "Kindgebonden budget", "Kinderopvangtoeslag"):
        assert allowance in shown


def test_it_lets_bram_in_on_behalf_of_anna(browser: Browser) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    for path in ("/overzicht", "/inkomen"):
        shown = browser.get(path).text
        assert "<strong>Bram Bakker</strong> namens <strong>Anna de Vries</strong>" in shown
        assert "tot en met 22 december 2026" in shown


def test_it_shows_bram_the_figures_that_anna_sees(browser: Browser, other_browser: Browser) -> None:
    browser.log_in(ANNA)
    own = browser.get("/overzicht").text.split('<ul class="cards">')[1].count("€")
    amount = browser.get("/overzicht").text.split('class="amount">')[1][:12]
    other_browser.log_in(BRAM, for_client=ANNA)
    assert own >= 4
    assert other_browser.get("/overzicht").text.split('class="amount">')[1][:12] == amount


def test_it_asks_for_its_own_service_with_pkce(browser: Browser) -> None:
    browser.get("/inloggen")
    (asked,) = browser.provider.pushed.values()
    assert asked["scope"] == "openid urn:uuid:6f1d2a8e-4b0c-4f0e-9a53-1c7d5e2b9a01"
    assert asked["code_challenge_method"] == "S256"
    assert min(len(asked[name]) for name in ("state", "nonce")) >= 16


def test_it_has_names_in_no_title(browser: Browser) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    for path in ("/overzicht", "/inkomen", "/rekeningnummer"):
        title = browser.get(path).text.split("<title>")[1].split("</title>")[0]
        assert "Anna" not in title
        assert "Bram" not in title


def test_it_is_friendly_when_the_login_is_cancelled(browser: Browser) -> None:
    answer = browser.get("/inloggen/terug?error=access_denied&state=whatever")
    assert answer.status_code == 200
    assert "U bent gestopt met inloggen" in answer.text


def test_it_gives_a_number_for_another_error(browser: Browser) -> None:
    answer = browser.get(f"/inloggen/terug?error=server_error&iss={browser.provider.issuer}")
    assert answer.status_code == 400
    assert answer.headers["X-Request-ID"] in answer.text


def test_it_refuses_a_forged_state(browser: Browser, provider: Provider) -> None:
    provider.identity = dict(DIRK)
    back = provider.answer_login(browser.get("/inloggen").headers["Location"])
    forged = back.replace("state=", "state=x")
    assert browser.get(forged).status_code == 400
    assert browser.get("/overzicht").headers["Location"] == "/inloggen"


def test_it_refuses_an_answer_that_another_browser_asked_for(browser: Browser, other_browser: Browser) -> None:
    browser.provider.identity = dict(DIRK)
    back = browser.provider.answer_login(browser.get("/inloggen").headers["Location"])
    assert other_browser.get(back).status_code == 400


def test_it_refuses_an_answer_of_another_issuer(browser: Browser, provider: Provider) -> None:
    provider.identity = dict(DIRK)
    back = provider.answer_login(browser.get("/inloggen").headers["Location"])
    assert browser.get(back.split("&iss=")[0] + "&iss=http://elsewhere.example").status_code == 400


@pytest.mark.parametrize(
    "twist",
    [
        {"nonce": "another nonce altogether"},
        {"exp": int(time.time()) - 600},
        {"iss": "https://elsewhere.example"},
        {"aud": "another-portal"},
        {"aud": "another-portal", "azp": "mijn-toeslagen-portaal"},
        {"sid": None},
    ],
    ids=["wrong nonce", "expired", "other issuer", "other audience", "other audience with azp", "no sid"],
)
def test_it_refuses_a_wrong_id_token(browser: Browser, provider: Provider, twist: dict[str, object]) -> None:
    provider.identity, provider.twist = dict(DIRK), twist
    answer = browser.come_back()
    assert answer.status_code == 400
    assert "Inloggen is niet gelukt" in answer.text
    assert browser.get("/overzicht").status_code == 303


def test_it_refuses_an_id_token_that_somebody_else_signed(browser: Browser, provider: Provider) -> None:
    stranger = Provider(portal_keys={})
    provider.identity = dict(DIRK)
    provider.signed = stranger.signed  # type: ignore[method-assign]  # the wrong key is the test
    assert browser.come_back().status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"urn:namens:1.0:services": ["another-service"]},
        {"urn:namens:1.0:last-day": "some day"},
        {"urn:namens:1.0:left-out": None},
        {"represents": {"iss": "https://elsewhere.example", "sub": "pairwise-anna"}},
        {"represents": "pairwise-anna"},
    ],
)
def test_it_lets_nobody_in_on_claims_that_are_not_clear(
    browser: Browser, provider: Provider, wrong: dict[str, object]
) -> None:
    provider.identity = identity(BRAM, ANNA, "", issuer=provider.issuer) | wrong
    assert browser.come_back().status_code == 400


def of_organisation(provider: Provider, **changes: str) -> dict[str, object]:
    """Give the claims of Bram who works for an organisation, for Anna."""
    claims = identity(BRAM, ANNA, "", issuer=provider.issuer)
    organisation = {
        "iss": provider.issuer,
        "sub": "90001354",
        "sub_id_type": "urn:nl-eid-gdi:1.0:id:KvKnr",
        "name": "Stichting Hulp",
    }
    return claims | {"represents": {**organisation, "represents": claims["represents"], **changes}}


def test_it_takes_the_deepest_person_as_the_one_it_is_for(browser: Browser, provider: Provider) -> None:
    provider.identity = of_organisation(provider)
    assert browser.come_back().status_code == 303
    page = browser.get("/overzicht").text
    assert "Toeslagen van Anna de Vries" in page
    names = ("Bram Bakker", "Stichting Hulp", "Anna de Vries")
    assert "<strong>{}</strong> namens <strong>{}</strong>, voor <strong>{}</strong>".format(*names) in page


def test_it_names_an_organisation_without_a_name_by_its_number(browser: Browser, provider: Provider) -> None:
    provider.identity = of_organisation(provider, name="")
    assert browser.come_back().status_code == 303
    assert "namens <strong>KvK-nummer 90001354</strong>" in browser.get("/overzicht").text


def test_it_lets_nobody_in_through_somebody_who_is_no_organisation(browser: Browser, provider: Provider) -> None:
    provider.identity = of_organisation(provider, sub_id_type="urn:nl-eid-gdi:1.0:id:Pseudonym")
    assert browser.come_back().status_code == 400


def test_it_takes_another_number_for_the_session_at_login(browser: Browser) -> None:
    browser.get("/inloggen")
    before = browser.client.get_cookie("portaal_8103")
    browser.log_in(ANNA)
    after = browser.client.get_cookie("portaal_8103")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert after.http_only
    assert after.same_site == "Lax"


def test_it_says_so_when_namens_does_not_answer(browser: Browser, provider: Provider) -> None:
    provider.stop()
    answer = browser.get("/inloggen")
    assert answer.status_code == 503
    assert answer.headers["X-Request-ID"] in answer.text
