"""What a portal of the profile `fapi` may ask (FAPI 2.0 Security Profile, 5.3.2.2)."""

import pytest

from namens.grants.addresses import TOKEN, full, issuer
from namens.grants.models import AuthorizationRequest
from namens.parties.models import Party
from tests.openid.relying import Changes, RelyingParty, answer_in
from tests.people import active


def test_it_tells_the_portal_that_a_question_has_to_be_pushed(strict: RelyingParty) -> None:
    response = strict.authorize()
    assert response.status_code == 303
    assert response["Location"].startswith(strict.redirect_uri)
    assert answer_in(response)["error"] == "invalid_request"
    assert not AuthorizationRequest.objects.exists()


@pytest.mark.parametrize("changes", [{"redirect_uri": "https://attacker.example/"}, {"redirect_uri": None}])
def test_it_sends_nobody_anywhere_when_the_address_is_not_certain(
    strict: RelyingParty, changes: dict[str, Changes]
) -> None:
    response = strict.authorize(**changes)
    assert (response.status_code, "Location" in response) == (400, False)


def test_it_says_who_answers_and_gives_back_what_came(strict: RelyingParty, bram: Party) -> None:
    strict.come(strict.pushed(state="s"))
    strict.log_in(bram)
    response = strict.choose(strict.asked_at, None)
    assert response.status_code == 303
    assert {name: answer_in(response)[name] for name in ("iss", "state")} == {"iss": issuer(), "state": "s"}


def test_it_asks_for_no_state(strict: RelyingParty) -> None:
    assert strict.push(state=None).status_code == 201


@pytest.mark.parametrize(
    "changes",
    [
        {"code_challenge": None, "code_challenge_method": None},
        {"code_challenge_method": "plain"},
        {"redirect_uri": None},
        {"redirect_uri": "https://streng.example/inloggen/terug"},
        {"nonce": None},
    ],
)
def test_it_refuses_a_question_that_is_weaker_than_the_profile(
    strict: RelyingParty, changes: dict[str, Changes]
) -> None:
    response = strict.push(**changes)
    assert (response.status_code, response.json()["error"]) == (400, "invalid_request")


def test_it_refuses_an_assertion_for_the_token_endpoint(strict: RelyingParty) -> None:
    response = strict.push(client_assertion=strict.assertion({"aud": full(TOKEN)}))
    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")


def test_it_takes_a_nonce_of_64_symbols(strict: RelyingParty) -> None:
    assert strict.push(nonce="n" * 64).status_code == 201


def test_it_logs_in_from_the_pushed_question_to_what_userinfo_says(
    strict: RelyingParty, anna: Party, bram: Party
) -> None:
    active(anna, bram)
    tokens = strict.tokens(bram, whom=anna)
    assert tokens["token_type"] == "DPoP"
    assert strict.userinfo(tokens["access_token"]).json()["represents"]["sub"]


def test_it_takes_no_question_from_who_does_not_prove_to_be_the_portal(strict: RelyingParty) -> None:
    response = strict.push(client_assertion=None, client_assertion_type=None)
    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")
    assert not AuthorizationRequest.objects.exists()


def test_it_refuses_dirk_whom_nobody_mandated(strict: RelyingParty, anna: Party, dirk: Party) -> None:
    strict.ask()
    strict.log_in(dirk)
    assert strict.choose(strict.asked_at, anna).status_code == 400
