"""An access token that is bound to a key is worth nothing to who does not hold it."""

import pytest
from django.test import Client

from namens.grants.models import Family, UsedProof
from namens.parties.models import Party
from tests.openid.proving import hashed, proof
from tests.openid.relying import Answer, RelyingParty, key

MINE, OTHER = key("EC", 9), key("EC", 8)


def ask(token: str, *, scheme: str = "DPoP", made: str | None = None) -> Answer:
    headers = {"Authorization": f"{scheme} {token}"} | ({} if made is None else {"DPoP": made})
    return Client().get("/openid/userinfo", headers=headers)


def heard(response: Answer) -> str:
    """Give the error, which has to stand in the challenge of the scheme that was used."""
    told = str(response.json()["error"])
    assert response.status_code == 401
    assert f'error="{told}"' in response["WWW-Authenticate"]
    assert response["DPoP-Nonce"]
    return told


def test_it_answers_who_holds_the_key(bound: RelyingParty, bram: Party) -> None:
    response = bound.userinfo(bound.tokens(bram)["access_token"])
    assert response.status_code == 200
    assert response.json()["sub"]
    assert response["DPoP-Nonce"]


def test_it_takes_post_too(bound: RelyingParty, bram: Party) -> None:
    token = bound.tokens(bram)["access_token"]
    made = proof(MINE, token=token, changes={"htm": "POST"})
    response = Client().post("/openid/userinfo", headers={"Authorization": f"dpop {token}", "DPoP": made})
    assert response.status_code == 200


def test_it_refuses_a_stolen_token_as_bearer(bound: RelyingParty, bram: Party) -> None:
    token = bound.tokens(bram)["access_token"]
    response = ask(token, scheme="Bearer")
    assert heard(response) == "invalid_token"
    assert response["WWW-Authenticate"].startswith("Bearer ")
    assert heard(ask(token, scheme="Bearer", made=proof(MINE, token=token))) == "invalid_token"
    assert Family.objects.get().ended_at is None


def test_it_refuses_a_stolen_token_with_the_key_of_the_thief(bound: RelyingParty, bram: Party) -> None:
    token = bound.tokens(bram)["access_token"]
    response = ask(token, made=proof(OTHER, token=token))
    assert heard(response) == "invalid_token"
    assert response["WWW-Authenticate"].startswith('DPoP realm="namens", algs="RS256 PS256 ES256", error=')


def test_it_refuses_a_token_without_a_proof(bound: RelyingParty, bram: Party) -> None:
    assert heard(ask(bound.tokens(bram)["access_token"])) == "invalid_dpop_proof"


def test_it_refuses_a_bearer_token_that_says_it_is_bound(portal: RelyingParty, bram: Party) -> None:
    token = portal.tokens(bram)["access_token"]
    assert heard(ask(token, made=proof(MINE, token=token))) == "invalid_token"


@pytest.mark.parametrize("changes", [{"ath": None}, {"ath": hashed("another")}, {"htm": "POST"}, {"ath": 5}])
def test_it_refuses_a_proof_of_another_token_or_method(
    bound: RelyingParty, bram: Party, changes: dict[str, object]
) -> None:
    token = bound.tokens(bram)["access_token"]
    assert heard(ask(token, made=proof(MINE, token=token, changes=changes))) == "invalid_dpop_proof"


def test_it_asks_for_its_own_nonce(bound: RelyingParty, bram: Party) -> None:
    token = bound.tokens(bram)["access_token"]
    response = ask(token, made=proof(MINE, token=token, changes={"nonce": None}))
    assert heard(response) == "use_dpop_nonce"
    made = proof(MINE, token=token, changes={"nonce": response["DPoP-Nonce"]})
    assert ask(token, made=made).status_code == 200


def test_it_takes_a_proof_once(bound: RelyingParty, bram: Party) -> None:
    token = bound.tokens(bram)["access_token"]
    made = proof(MINE, token=token)
    assert ask(token, made=made).status_code == 200
    assert heard(ask(token, made=made)) == "invalid_dpop_proof"


def test_it_spends_nothing_of_a_portal_whose_token_is_not_there(bound: RelyingParty, bram: Party) -> None:
    token = bound.tokens(bram)["access_token"]
    before = UsedProof.objects.count()
    Family.objects.update(ended_by="logged-out", ended_at=Family.objects.get().made_at)
    assert heard(ask(token, made=proof(MINE, token=token))) == "invalid_token"
    assert UsedProof.objects.count() == before
