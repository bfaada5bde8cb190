"""The attacks of RFC 9700 (OAuth 2.0 Security Best Current Practice) on codes and tokens, each by its section."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from namens.grants.models import AuthorizationCode, AuthorizationRequest, Family
from namens.grants.pairwise import pairwise_id
from namens.lib import clock
from namens.parties.models import Party
from tests.openid.jose_places import ours
from tests.openid.relying import (
    NONCE,
    VERIFIER,
    Answer,
    Changes,
    RelyingParty,
    answer_in,
    challenge,
    header_of,
    parsed,
    read,
    registered,
    terms_of,
)
from tests.openid.renewing import lasting_terms, refresh
from tests.people import NOW

pytestmark = pytest.mark.one_database

OTHER_VERIFIER = "verifier-of-the-attacker-that-is-long-enough-12"
USERINFO = "/openid/userinfo"


def is_refused(answer: Answer) -> bool:
    return (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


# 4.5 Authorization code injection


def test_it_changes_no_code_of_another_session_of_the_same_portal(portal: RelyingParty, bram: Party) -> None:
    stolen = portal.code(bram)
    assert is_refused(portal.exchange(stolen, code_verifier=OTHER_VERIFIER))
    assert is_refused(portal.exchange(stolen, code_verifier=None))
    assert is_refused(portal.exchange(stolen, code_verifier=challenge(VERIFIER)))
    assert not Family.objects.filter(ended_at__isnull=False).exists()


def test_it_changes_no_code_that_another_portal_stole(portal: RelyingParty, bram: Party) -> None:
    thief, stolen = registered(terms_of("dief")), portal.code(bram)
    for changes in ({}, {"redirect_uri": portal.redirect_uri}, {"client_id": "mijn-overheid"}):
        answer = thief.exchange(stolen, **changes)
        assert answer.status_code in {400, 401}
        assert "access_token" not in answer.json()


def test_it_shows_an_injected_code_by_its_nonce(stock: RelyingParty, bram: Party) -> None:
    code = stock.code(bram, code_challenge=None, code_challenge_method=None, nonce="nonce-of-the-attacker-1")
    claims = read(stock.exchange(code, code_verifier=None).json()["id_token"])
    assert claims["nonce"] == "nonce-of-the-attacker-1" != NONCE


# 4.6 Access token injection


def test_it_gives_no_token_through_a_browser(portal: RelyingParty) -> None:
    for kind in ("token", "id_token", "id_token token", "code token", "code id_token", "none", "Code"):
        assert answer_in(portal.authorize(response_type=kind))["error"] == "unsupported_response_type"
    assert not AuthorizationRequest.objects.exists()


def test_it_names_the_portal_that_an_access_token_was_made_for(portal: RelyingParty, bram: Party) -> None:
    other = registered(terms_of("ander"))
    mine, theirs = portal.tokens(bram), other.tokens(bram)
    assert parsed(theirs["access_token"])["client_id"] == "ander"
    injected = portal.userinfo(theirs["access_token"]).json()
    assert injected["sub"] != read(mine["id_token"])["sub"]


# 4.8 PKCE downgrade


def test_it_does_without_no_challenge(portal: RelyingParty) -> None:
    stripped: dict[str, Changes] = {"code_challenge": None, "code_challenge_method": None}
    assert answer_in(portal.authorize(**stripped))["error"] == "invalid_request"


def test_it_takes_no_verifier_where_the_challenge_was_stripped(stock: RelyingParty, bram: Party) -> None:
    code = stock.code(bram, code_challenge=None, code_challenge_method=None)
    assert is_refused(stock.exchange(code))


def test_it_wants_the_verifier_where_there_was_a_challenge(stock: RelyingParty, bram: Party) -> None:
    code = stock.code(bram)
    assert is_refused(stock.exchange(code, code_verifier=None))
    assert is_refused(stock.exchange(code, code_verifier=""))


def test_it_takes_no_weaker_challenge(portal: RelyingParty, stock: RelyingParty) -> None:
    for one in (portal, stock):
        for method in ("plain", "", None, "s256", "S512"):
            answer = answer_in(one.authorize(code_challenge=VERIFIER[:43], code_challenge_method=method))
            assert answer["error"] == "invalid_request", method


# 4.9 and 4.10 Stolen access tokens


def test_it_takes_no_token_in_any_other_place(portal: RelyingParty, bram: Party) -> None:
    token = portal.tokens(bram)["access_token"]
    tries = [
        Client().get(USERINFO, {"access_token": token}),
        Client().post(USERINFO, {"access_token": token}),
        Client().get(USERINFO, headers={"Cookie": f"access_token={token}"}),
        Client().get(USERINFO, headers={"X-Access-Token": token}),
        Client().get(USERINFO, headers={"Authorization": f"Basic {token}"}),
        Client().get(USERINFO, headers={"Authorization": token}),
        Client().get(USERINFO, headers={"Authorization": f"Bearer {token} {token}"}),
    ]
    assert {answer.status_code for answer in tries} <= {400, 401}


def test_it_takes_no_token_for_anybody_else(portal: RelyingParty, bram: Party) -> None:
    token = ours(portal.tokens(bram)["access_token"])
    of_others: list[dict[str, object]] = [
        {"aud": "http://localhost:8000"},
        {"aud": "mijn-overheid"},
        {"aud": ["http://localhost:8000/openid/userinfo", "https://attacker.example"]},
        {"aud": None},
        {"iss": "https://namens.elsewhere.example"},
        {"iss": None},
        {"exp": 1},
        {"nbf": 10**10},
    ]
    assert {portal.userinfo(token.saying(**claims).text).status_code for claims in of_others} == {401}
    assert portal.userinfo(token.text).status_code == 200


def test_it_takes_no_token_of_another_kind(portal: RelyingParty, bram: Party) -> None:
    token = ours(portal.tokens(bram)["access_token"])
    for typ in ("JWT", "logout+jwt", "AT+JWT", "application/at+jwt", "", None):
        assert portal.userinfo(token.headed(typ=typ).text).status_code == 401


def test_it_takes_no_token_of_another_installation(portal: RelyingParty, bram: Party, settings: Settings) -> None:
    token = portal.tokens(bram)["access_token"]
    settings.BASE_URL = "http://localhost:9000"
    assert portal.userinfo(token).status_code == 401


# 4.13 TLS terminating reverse proxies


def test_it_believes_no_header_about_its_own_name(portal: RelyingParty, bram: Party) -> None:
    told = {"X-Forwarded-Host": "attacker.example", "X-Forwarded-Proto": "gopher", "Forwarded": "host=attacker.example"}
    document = Client().get("/.well-known/openid-configuration", headers=told)
    assert "attacker" not in document.content.decode() + str(document.headers)
    portal.browser = Client(headers=told)
    address = portal.ask()
    portal.log_in(bram)
    answer = portal.choose(address, None)
    assert "attacker" not in portal.browser.get(address).content.decode() + answer["Location"]


def test_it_answers_under_no_other_name(portal: RelyingParty) -> None:
    for host in ("attacker.example", "localhost.attacker.example", "localhost@attacker.example", ""):
        for path in ("/openid/logout", "/signin/digid", "/openid/authorize"):
            assert portal.browser.get(path, headers={"Host": host}).status_code == 400


# 4.14 Refresh token protection


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_takes_no_refresh_token_from_another_portal(bram: Party) -> None:
    lasting, thief = (registered(lasting_terms(name)) for name in ("duurzaam", "dief"))
    stolen = lasting.tokens(bram)["refresh_token"]
    assert is_refused(refresh(thief, stolen))
    assert refresh(lasting, stolen).status_code == 200


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_ends_everything_when_a_thief_was_first(bram: Party) -> None:
    lasting = registered(lasting_terms("duurzaam"))
    stolen = lasting.tokens(bram)["refresh_token"]
    of_thief = refresh(lasting, stolen).json()
    assert is_refused(refresh(lasting, stolen))
    assert is_refused(refresh(lasting, of_thief["refresh_token"]))
    assert lasting.userinfo(of_thief["access_token"]).status_code == 401
    assert Family.objects.get().ended_by == "refresh-replayed"


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_takes_no_code_for_a_refresh_token_and_the_other_way_round(bram: Party) -> None:
    lasting = registered(lasting_terms("duurzaam"))
    code, token = lasting.code(bram), lasting.tokens(bram)["refresh_token"]
    assert is_refused(refresh(lasting, code))
    assert is_refused(lasting.exchange(token))
    assert AuthorizationCode.objects.filter(used_at__isnull=True).count() == 1


# 4.15 Client impersonating resource owner


def test_it_mixes_up_no_portal_with_a_person(portal: RelyingParty, bram: Party, dirk: Party) -> None:
    named_like_bram = pairwise_id(bram.id, sector="mijn-overheid")
    impostor = registered(replace(terms_of("impostor"), client_id=named_like_bram, sector="mijn-overheid"))
    claims = read(impostor.tokens(dirk)["id_token"])
    assert claims["sub"] not in {named_like_bram, impostor.portal.client_id}
    proof = impostor.assertion()
    assert portal.userinfo(proof).status_code == 401
    assert header_of(proof)["typ"] == "JWT"


# 4.3.1 and 4.5: short lives


def test_it_takes_a_stolen_access_token_no_longer_than_a_quarter_of_an_hour(portal: RelyingParty, bram: Party) -> None:
    token = portal.tokens(bram)["access_token"]
    with clock.frozen(NOW + timedelta(minutes=15)):
        assert portal.userinfo(token).status_code == 401
