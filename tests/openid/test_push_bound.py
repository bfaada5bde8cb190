"""A pushed question that names the key of its code (RFC 9449, 10 and 10.1), and whom an assertion there may name."""

import pytest
from django.test import Client

from namens.grants.addresses import PUSH, TOKEN, full, issuer
from namens.grants.models import AuthorizationRequest, UsedProof
from namens.parties.models import Party
from tests.openid.proving import proof
from tests.openid.relying import Answer, Changes, RelyingParty, answer_in, key

MINE, OTHER = key("EC", 9), key("EC", 8)
HERE = full(PUSH)


def push(portal: RelyingParty, made: str, **changes: Changes) -> Answer:
    """Push a question with a DPoP proof, from the portal's own machine."""
    form = portal.question(
        client_assertion_type="urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion=portal.assertion({"aud": issuer()}),
        **changes,
    )
    return Client().post("/openid/par", form, headers={"DPoP": made})


def code(portal: RelyingParty, party: Party, pushed: Answer) -> str:
    portal.come(pushed.json()["request_uri"])
    portal.log_in(party)
    return answer_in(portal.choose(portal.asked_at, None))["code"]


def test_it_gives_the_code_to_the_key_that_pushed_the_question_only(bound: RelyingParty, bram: Party) -> None:
    made = code(bound, bram, push(bound, proof(MINE, address=HERE)))
    assert AuthorizationRequest.objects.get().key_thumbprint == MINE.thumbprint()
    assert bound.send(bound.form(made), proof=proof(OTHER)).json()["error"] == "invalid_grant"
    assert bound.send(bound.form(made), proof=proof(MINE)).status_code == 200


def test_it_takes_a_thumbprint_beside_the_proof_when_they_are_one_key(bound: RelyingParty) -> None:
    assert push(bound, proof(MINE, address=HERE), dpop_jkt=str(MINE.thumbprint())).status_code == 201
    response = push(bound, proof(MINE, address=HERE), dpop_jkt=str(OTHER.thumbprint()))
    assert (response.status_code, response.json()["error"]) == (400, "invalid_request")


def test_it_asks_for_its_own_nonce_and_spends_nothing(bound: RelyingParty) -> None:
    response = push(bound, proof(MINE, address=HERE, changes={"nonce": None}))
    assert (response.status_code, response.json()["error"]) == (400, "use_dpop_nonce")
    assert (response["Cache-Control"], UsedProof.objects.count()) == ("no-store", 0)
    again = proof(MINE, address=HERE, changes={"nonce": response["DPoP-Nonce"]})
    assert push(bound, again).status_code == 201


@pytest.mark.parametrize("address", [full(TOKEN), f"{HERE}x", "https://evil.example/openid/par"])
def test_it_refuses_a_proof_for_another_address(bound: RelyingParty, address: str) -> None:
    response = push(bound, proof(MINE, address=address))
    assert (response.status_code, response.json()["error"]) == (400, "invalid_dpop_proof")
    assert not AuthorizationRequest.objects.exists()


@pytest.mark.parametrize("audience", [issuer(), full(TOKEN), HERE, [HERE]])
def test_it_takes_each_name_of_ours_where_a_question_is_pushed(portal: RelyingParty, audience: object) -> None:
    """RFC 9126 2."""
    assert portal.push(client_assertion=portal.assertion({"aud": audience})).status_code == 201


@pytest.mark.parametrize("audience", [HERE, [issuer()], "https://evil.example", None])
def test_it_wants_the_issuer_of_a_fapi_portal(strict: RelyingParty, audience: object) -> None:
    response = strict.push(client_assertion=strict.assertion({"aud": audience}))
    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")
    assert strict.push(client_assertion=strict.assertion({"aud": issuer()})).status_code == 201


def test_it_takes_the_name_of_another_endpoint_at_no_token_endpoint(portal: RelyingParty) -> None:
    form = portal.form("x", client_assertion=portal.assertion({"aud": HERE}))
    answer = portal.send({**form, "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
