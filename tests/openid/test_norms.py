"""What the norms ask in so many words, where no other file has it. The checklist in docs/openid.md names these."""

import pytest
from django.db import transaction
from django.test import Client

from namens.grants.models import AuthorizationCode, Family
from namens.grants.tokens import logout_token
from namens.organisations.models import Member
from namens.parties.models import Party
from tests.openid.relying import Changes, RelyingParty, answer_in, header_of, read
from tests.openid.renewing import refresh
from tests.people import NOW, active

ELSEWHERE = "https://elsewhere.example"
PATHS = [
    f"/openid/{door}" for door in ("authorize", "par", "token", "introspect", "revoke", "userinfo", "jwks", "logout")
]
SYMBOLS_OF_128_BITS = 22


def test_it_puts_in_an_id_token_what_core_requires(portal: RelyingParty, bram: Party) -> None:
    """OpenID Connect Core 2."""
    claims = read(portal.tokens(bram)["id_token"])
    assert claims["iss"] == portal.browser.get("/.well-known/openid-configuration").json()["issuer"]
    assert claims["sub"].isascii()
    assert 0 < len(claims["sub"]) <= 255
    assert all(isinstance(claims[name], int) for name in ("exp", "iat", "nbf", "auth_time"))


def test_it_carries_no_key_and_no_address_of_one_in_a_header(portal: RelyingParty, bram: Party) -> None:
    """OpenID Connect Core 2 and RFC 8725 3.10: whoever checks a token takes the key from our key set only."""
    tokens = portal.tokens(bram)
    said = logout_token(Family.objects.select_related("portal").get(), now=NOW)
    headers = [header_of(token) for token in (tokens["id_token"], tokens["access_token"], said)]
    assert [header.keys() for header in headers] == [{"alg", "kid", "typ"}] * 3
    assert [header["typ"] for header in headers] == ["JWT", "at+jwt", "logout+jwt"]


def test_it_lets_nobody_keep_what_holds_tokens_or_claims(portal: RelyingParty, bram: Party) -> None:
    """OpenID Connect Core 3.1.3.3, RFC 6749 5.1."""
    answer = portal.exchange(portal.code(bram))
    told = portal.userinfo(answer.json()["access_token"])
    assert [(one["Cache-Control"], one["Pragma"]) for one in (answer, told)] == [("no-store", "no-cache")] * 2


def test_it_lets_nobody_keep_a_nonce(bound: RelyingParty, bram: Party) -> None:
    """RFC 9449 8.2."""
    asked = bound.send(bound.form(bound.code(bram)), proof="")
    given = bound.exchange(bound.code(bram))
    told = bound.userinfo(given.json()["access_token"])
    assert all(answer["DPoP-Nonce"] for answer in (asked, given, told))
    assert {answer["Cache-Control"] for answer in (asked, given, told)} == {"no-store"}


@pytest.mark.parametrize("path", [*PATHS, "/.well-known/openid-configuration"])
@pytest.mark.usefixtures("portal")
def test_it_lets_no_script_of_another_site_read_an_answer(path: str) -> None:
    """NL GOV OIDC 5, FAPI 2.0 5.2.3: without these headers a browser keeps the answer from the script."""
    headers = {"Origin": ELSEWHERE, "Access-Control-Request-Method": "POST"}
    for method in ("GET", "POST", "OPTIONS"):
        response = Client().generic(method, path, headers=headers)
        assert not [name for name in response.headers if name.lower().startswith("access-control-")]


@pytest.mark.usefixtures("portal")
def test_it_knows_no_webfinger() -> None:
    """NL GOV OIDC 5.4.1."""
    asked = {"resource": "acct:bram@namens.example", "rel": "http://openid.net/specs/connect/1.0/issuer"}
    assert Client().get("/.well-known/webfinger", asked).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"display": "popup"},
        {"display": "hologram"},
        {"ui_locales": "tlh fy nl"},
        {"claims_locales": "tlh"},
        {"prompt": "login"},
        {"prompt": "consent"},
        {"prompt": "select_account"},
        {"prompt": "login consent"},
        {"max_age": "0"},
        {"max_age": "600"},
        {"acr_values": "urn:example:gold http://eidas.europa.eu/LoA/low"},
    ],
)
def test_it_goes_on_where_core_allows_no_error(portal: RelyingParty, changes: dict[str, Changes]) -> None:
    """OpenID Connect Core 15.1. Somebody who is not there gets in nowhere by it: the login comes first."""
    response = portal.authorize(**changes)
    assert response["Location"].startswith("/signin/")
    assert portal.browser.get(portal.asked_at)["Location"].startswith("/signin/")


def test_it_asks_for_whom_in_no_frame(portal: RelyingParty, bram: Party) -> None:
    """OpenID Connect Core 3.1.2.3: against clickjacking."""
    address = portal.ask()
    portal.log_in(bram)
    response = portal.browser.get(address)
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_it_says_how_a_portal_was_let_in_before_anything_is_given(
    portal: RelyingParty, bram: Party, sam: Member
) -> None:
    """NL GOV OAuth 3.1.4: statically, by two operators; there is no other way."""
    for somebody in (bram, sam.party):
        assert "Twee medewerkers van Namens hebben deze site toegelaten." in page_for(portal, somebody)


def test_it_says_how_long_a_login_goes_on(portal: RelyingParty, lasting: RelyingParty, bram: Party) -> None:
    """NL GOV OAuth 3.1.4, OpenID Connect Core 16.18: people know before the yes what can be refreshed."""
    short, long = "steeds 15 minuten geldig", "kan daar vanzelf doorgaan, hooguit een dag"
    assert [text in page_for(portal, bram) for text in (short, long)] == [True, False]
    assert [text in page_for(lasting, bram) for text in (short, long)] == [False, True]


def page_for(portal: RelyingParty, visitor: Party) -> str:
    address = portal.ask()
    portal.log_in(visitor)
    return portal.browser.get(address).content.decode()


def test_it_takes_an_answer_only_from_its_own_page(portal: RelyingParty, bram: Party) -> None:
    """OpenID Connect Core 3.1.2.3: against forged requests."""
    portal.browser = Client(enforce_csrf_checks=True)
    address = portal.ask()
    portal.log_in(bram)
    assert portal.choose(address, None).status_code == 403
    assert not AuthorizationCode.objects.exists()


def test_it_makes_what_nobody_guesses(portal: RelyingParty, bram: Party) -> None:
    """NL GOV OAuth 2.3.2 and 3.2.1, FAPI 2.0 5.4.1: at least 128 bits, and never the same again."""
    codes = [portal.code(bram) for _ in range(2)]
    tokens = [portal.exchange(code).json() for code in codes]
    ids = [read(token[kind])["jti"] for token in tokens for kind in ("id_token", "access_token")]
    assert len({*codes, *ids}) == 6
    assert min(map(len, (*codes, *ids))) >= SYMBOLS_OF_128_BITS


def test_it_puts_in_an_access_token_what_is_required(portal: RelyingParty, bram: Party) -> None:
    """RFC 9068 2.2 and NL GOV OAuth 3.2.1."""
    tokens = portal.tokens(bram)
    claims = read(tokens["access_token"])
    assert {"iss", "exp", "aud", "sub", "client_id", "azp", "iat", "jti", "scope", "auth_time", "acr"} <= claims.keys()
    assert claims["sub"] == read(tokens["id_token"])["sub"]
    assert claims["scope"] == tokens["scope"]


def test_it_says_what_kind_of_id_somebody_has(portal: RelyingParty, stock: RelyingParty, bram: Party) -> None:
    """NL GOV OIDC 5.2.2. A stock portal reads the flat claims of its registration, and nothing else is added."""
    claims = read(portal.tokens(bram)["id_token"])
    assert claims["sub_id_type"] == "urn:nl-eid-gdi:1.0:id:Pseudonym"
    assert "sub_id_type" not in read(stock.tokens(bram)["id_token"])


def test_it_names_nobody_in_an_access_token(portal: RelyingParty, anna: Party, bram: Party) -> None:
    """RFC 9068 6: whoever gets hold of one learns nothing of people."""
    active(anna, bram)
    claims = read(portal.tokens(bram, whom=anna)["access_token"])
    assert not {"name", "represents"} & claims.keys()
    assert not [name for name in claims if name.startswith("urn:")]


@pytest.mark.parametrize("scope", ["offline_access", "profile", "email", "address", "phone"])
def test_it_has_no_scopes_that_ask_for_more_about_somebody(portal: RelyingParty, scope: str) -> None:
    """NL GOV OIDC 6.3; OpenID Connect Core 5.4 and 11."""
    assert answer_in(portal.authorize(scope=f"{portal.scope} {scope}"))["error"] == "invalid_scope"


def test_it_says_how_sure_it_is_in_one_way(portal: RelyingParty, bram: Party) -> None:
    """NL GOV OIDC 5.2.5 and 5.2.6: `acr`, whatever a vector of trust was asked, and never `vot`, `vtm` or `amr`."""
    claims = read(portal.exchange(portal.code(bram, vtr='["P1.Cb"]')).json()["id_token"])
    assert claims["acr"] == "http://eidas.europa.eu/LoA/substantial"
    assert not {"vot", "vtm", "amr"} & claims.keys()


@pytest.mark.parametrize("symbols", [64, 512])
def test_it_takes_a_long_nonce(portal: RelyingParty, bram: Party, symbols: int) -> None:
    """FAPI 2.0 5.3.2.2."""
    nonce = "n" * symbols
    tokens = portal.exchange(portal.code(bram, nonce=nonce)).json()
    assert read(tokens["id_token"])["nonce"] == nonce


def test_it_takes_every_token_at_its_own_door_only(lasting: RelyingParty, bram: Party) -> None:
    """RFC 8725 2.8: an attacker who holds one kind of token brings it where another belongs."""
    tokens = lasting.tokens(bram)
    family = Family.objects.select_related("portal").get()
    kinds = {**{name: tokens[name] for name in ("id_token", "access_token", "refresh_token")}}
    kinds["logout_token"] = logout_token(family, now=NOW)
    taken = {name: [door for door, opens in DOORS.items() if opens(lasting, token)] for name, token in kinds.items()}
    assert taken == {
        "id_token": ["logout"],
        "access_token": ["userinfo"],
        "refresh_token": ["refresh"],
        "logout_token": [],
    }


@pytest.mark.parametrize("mode", ["fragment", "form_post", "query.jwt", "QUERY"])
@pytest.mark.parametrize("changes", [{}, {"scope": None}])
def test_it_sends_nobody_back_in_a_way_that_it_does_not_know(
    portal: RelyingParty, mode: str, changes: dict[str, Changes]
) -> None:
    """OpenID Connect Core 3.1.2.6: no error can go back by a way that is not known."""
    response = portal.authorize(**{"response_mode": mode, **changes})
    assert (response.status_code, "Location" in response) == (400, False)
    assert portal.authorize(response_mode="query")["Location"].startswith("/signin/")


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u3000", "\u0085"])
def test_it_knows_one_kind_of_space(portal: RelyingParty, space: str) -> None:
    """OpenID Connect Core 14."""
    scope = portal.scope.replace(" ", space, 1)
    assert answer_in(portal.authorize(scope=scope))["error"] == "invalid_scope"
    assert answer_in(portal.authorize(prompt=f"login{space}consent"))["error"] == "invalid_request"
    levels = f"http://eidas.europa.eu/LoA/low{space}http://eidas.europa.eu/LoA/high"
    assert answer_in(portal.authorize(acr_values=levels))["error"] == "unmet_authentication_requirements"


def opens_code(portal: RelyingParty, token: str) -> bool:
    return portal.exchange(token).status_code == 200


def opens_refresh(portal: RelyingParty, token: str) -> bool:
    with transaction.atomic():
        taken = refresh(portal, token).status_code == 200
        transaction.set_rollback(True)
    return taken


def opens_userinfo(portal: RelyingParty, token: str) -> bool:
    return portal.userinfo(token).status_code == 200


def opens_logout(portal: RelyingParty, token: str) -> bool:
    with transaction.atomic():
        taken = portal.browser.get("/openid/logout", {"id_token_hint": token}).status_code == 303
        transaction.set_rollback(True)
    return taken


DOORS = {"code": opens_code, "refresh": opens_refresh, "userinfo": opens_userinfo, "logout": opens_logout}
