"""The attackers of the FAPI 2.0 Attacker Model at a `fapi` portal: what each can read or send, and what it gets."""

from datetime import timedelta

import pytest
from django.test import Client

from namens.grants.addresses import PUSH, full
from namens.grants.assertions import TYPE
from namens.grants.models import AuthorizationCode, AuthorizationRequest, Family
from namens.lib import clock
from namens.parties.models import Party
from tests.openid.proving import proof
from tests.openid.relying import VERIFIER, Answer, RelyingParty, answer_in, fapi_terms, key, registered
from tests.openid.renewing import introspect, refresh, revoke
from tests.people import NOW

ATTACKER = "https://attacker.example"
THIEF = key("EC", 8)


@pytest.fixture
def dishonest(strict: RelyingParty) -> RelyingParty:
    """Another `fapi` portal, which is up to no good, at the browser of the first."""
    stranger = registered(fapi_terms("oneerlijk"))
    stranger.browser = strict.browser
    return stranger


def code_for(portal: RelyingParty, person: Party, **beside: str) -> str:
    """Push, come, log in and choose, and give the code that a network attacker sees as well."""
    portal.come(portal.pushed(), **beside)
    portal.log_in(person)
    return answer_in(portal.choose(portal.asked_at, None))["code"]


def error_of(answer: Answer) -> str:
    assert answer.status_code in {400, 401}, answer.content
    return str(answer.json()["error"])


# A1: a web attacker, who runs sites and servers of its own


def test_it_takes_no_assertion_that_was_made_for_the_server_of_an_attacker(strict: RelyingParty) -> None:
    for audience in (
        ATTACKER,
        f"{ATTACKER}/openid/token",
        ["http://localhost:8000", ATTACKER],
        "http://localhost:8000/",
    ):
        stolen = strict.assertion({"aud": audience})
        form = strict.form("x", client_assertion=stolen, client_assertion_type=TYPE)
        assert error_of(strict.send(form)) == "invalid_client"
        assert error_of(strict.push(client_assertion=stolen)) == "invalid_client"


def test_it_takes_no_question_but_a_pushed_one(strict: RelyingParty) -> None:
    for others in ({}, {"request_uri": f"{ATTACKER}/object"}, {"request": "a.b.c"}):
        answer = strict.authorize(**others)
        assert answer.status_code in {303, 400}
        assert not answer.headers.get("Location", "").startswith("/signin")
    assert not AuthorizationRequest.objects.exists()


def test_it_lets_nobody_change_a_pushed_question(strict: RelyingParty, bram: Party) -> None:
    swapped = {"dpop_jkt": THIEF.thumbprint(), "redirect_uri": ATTACKER, "code_challenge": "A" * 43, "scope": "openid"}
    code = code_for(strict, bram, **swapped)
    form = strict.form(code)
    assert error_of(strict.send({**form, "redirect_uri": ATTACKER})) == "invalid_grant"
    assert strict.exchange(code).status_code == 200


def test_it_opens_a_question_to_no_other_browser_that_has_its_address(strict: RelyingParty, bram: Party) -> None:
    request_uri = strict.pushed()
    strict.come(request_uri)
    strict.log_in(bram)
    attacker = Client()
    answer = attacker.get("/openid/authorize", {"client_id": "streng", "request_uri": request_uri})
    assert answer["Location"].startswith("/signin/")
    assert attacker.post(strict.asked_at, {"person": "self"}).status_code == 403
    assert not AuthorizationCode.objects.exists()


# A dishonest portal


def test_it_lets_no_portal_push_in_the_name_of_another(strict: RelyingParty, dishonest: RelyingParty) -> None:
    assert error_of(dishonest.push(client_id="streng")) in {"invalid_request", "invalid_client"}
    assert error_of(dishonest.push(redirect_uri=strict.redirect_uri)) == "invalid_request"
    for client_id in ("streng", "oneerlijk"):
        others = {"client_id": client_id, "request_uri": (strict if client_id != "streng" else dishonest).pushed()}
        assert strict.browser.get("/openid/authorize", others).status_code == 400


def test_it_gives_no_portal_anything_for_what_it_stole(
    strict: RelyingParty, dishonest: RelyingParty, bram: Party
) -> None:
    code = code_for(strict, bram)
    assert error_of(dishonest.exchange(code, redirect_uri=strict.redirect_uri)) == "invalid_grant"
    token = strict.exchange(code).json()["access_token"]
    assert introspect(dishonest, token).json() == {"active": False}
    assert revoke(dishonest, token).status_code == 200
    stolen = Client().get(
        "/openid/userinfo", headers={"Authorization": f"DPoP {token}", "DPoP": proof(THIEF, token=token)}
    )
    assert error_of(stolen) == "invalid_token"
    assert strict.userinfo(token).status_code == 200


# A3: who reads the answer to the browser


def test_it_gives_nothing_for_a_code_alone(strict: RelyingParty, bram: Party) -> None:
    code = code_for(strict, bram)
    bare = {"grant_type": "authorization_code", "code": code, "redirect_uri": strict.redirect_uri}
    for form in (bare, {**bare, "client_id": "streng"}, {**bare, "client_id": "streng", "code_verifier": VERIFIER}):
        answer = Client().post("/openid/token", form, headers={"DPoP": proof(THIEF)})
        assert error_of(answer) == "invalid_client"
    assert strict.exchange(code).status_code == 200


# A5: who reads the request to the token endpoint, and sends it again


def test_it_gives_nothing_for_a_request_that_was_overheard(strict: RelyingParty, bram: Party) -> None:
    form, shown = strict.form(code_for(strict, bram)), proof(strict.proof_key)
    first = strict.send(form, proof=shown)
    assert first.status_code == 200
    for again in (shown, proof(THIEF)):
        assert error_of(strict.send(form, proof=again)) in {"invalid_client", "invalid_dpop_proof"}
    assert Family.objects.get().ended_at is None


def test_it_gives_a_thief_with_a_key_nothing_for_a_code_of_another_key(strict: RelyingParty, bram: Party) -> None:
    pushed = strict.pushed(dpop_jkt=strict.proof_key.thumbprint())
    strict.come(pushed)
    strict.log_in(bram)
    code = answer_in(strict.choose(strict.asked_at, None))["code"]
    assert error_of(strict.send(strict.form(code), proof=proof(THIEF))) in {"invalid_grant", "invalid_dpop_proof"}
    assert strict.exchange(code).status_code == 200


# A7: who reads the requests with an access token


def test_it_gives_nothing_for_a_token_and_a_proof_that_were_overheard(strict: RelyingParty, bram: Party) -> None:
    token = strict.exchange(code_for(strict, bram)).json()["access_token"]
    shown = proof(strict.proof_key, token=token)
    headers = {"Authorization": f"DPoP {token}", "DPoP": shown}
    assert Client().get("/openid/userinfo", headers=headers).status_code == 200
    tries = [
        headers,
        {"Authorization": f"Bearer {token}"},
        {"Authorization": f"DPoP {token}"},
        {"Authorization": f"Bearer {token}", "DPoP": proof(strict.proof_key, token=token)},
        {"Authorization": f"DPoP {token}", "DPoP": proof(THIEF, token=token)},
        {"Authorization": f"DPoP {token}", "DPoP": proof(strict.proof_key)},
        {"Authorization": f"DPoP {token}", "DPoP": proof(strict.proof_key, token=token, changes={"htu": full(PUSH)})},
    ]
    answers = [Client().get("/openid/userinfo", headers=tried).status_code for tried in tries]
    assert set(answers) == {401}


def test_it_takes_no_proof_that_was_made_in_advance(strict: RelyingParty, bram: Party) -> None:
    in_an_hour = int((NOW + timedelta(hours=1)).timestamp())
    stored = proof(strict.proof_key, changes={"iat": in_an_hour})
    with clock.frozen(NOW + timedelta(hours=1)):
        code = code_for(strict, bram)
        assert error_of(strict.send(strict.form(code), proof=stored)) == "use_dpop_nonce"
        assert strict.exchange(code).status_code == 200


def test_it_goes_on_for_nobody_else_with_a_refresh_token(
    strict: RelyingParty, dishonest: RelyingParty, bram: Party
) -> None:
    for portal in (strict, dishonest):
        portal.portal.refresh_tokens = True
        portal.portal.save()
    token = strict.exchange(code_for(strict, bram)).json()["refresh_token"]
    assert error_of(refresh(dishonest, token)) == "invalid_grant"
    assert refresh(strict, token).status_code == 200
