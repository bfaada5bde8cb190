"""A pushed question that names the key of its code (RFC 9449, 10 and 10.1)."""

from namens.grants.addresses import PUSH, full
from namens.parties.models import Party
from tests.openid.proving import proof
from tests.openid.relying import RelyingParty, answer_in, key

HERE = full(PUSH)


def test_it_binds_the_code_to_the_key_that_was_shown_with_the_question(portal: RelyingParty, bram: Party) -> None:
    mine, other = key("EC", 9), key("EC", 8)
    portal.come(portal.push(proof=proof(mine, address=HERE)).json()["request_uri"])
    portal.log_in(bram)
    code = answer_in(portal.choose(portal.asked_at, None))["code"]
    for stranger in (proof(other), ""):
        assert portal.send(portal.form(code), proof=stranger).json()["error"] == "invalid_grant"
    assert portal.send(portal.form(code), proof=proof(mine)).status_code == 200


def test_it_refuses_two_keys_for_one_code(portal: RelyingParty) -> None:
    mine, other = key("EC", 9), key("EC", 8).thumbprint()
    response = portal.push(proof=proof(mine, address=HERE), dpop_jkt=other)
    assert (response.status_code, response.json()["error"]) == (400, "invalid_request")
    assert portal.push(proof=proof(mine, address=HERE), dpop_jkt=mine.thumbprint()).status_code == 201


def test_it_takes_no_proof_that_was_made_for_the_token_endpoint_or_used_before(portal: RelyingParty) -> None:
    used = proof(key("EC", 9), address=HERE)
    assert portal.push(proof=used).status_code == 201
    for wrong in (used, proof(key("EC", 9))):
        response = portal.push(proof=wrong)
        assert (response.status_code, response.json()["error"]) == (400, "invalid_dpop_proof")


def test_it_takes_the_same_assertion_again_from_who_needed_a_nonce(portal: RelyingParty) -> None:
    assertion = portal.assertion()
    first = portal.push(proof=proof(key("EC", 9), address=HERE, changes={"nonce": None}), client_assertion=assertion)
    assert (first.status_code, first.json()["error"]) == (400, "use_dpop_nonce")
    nonced = proof(key("EC", 9), address=HERE, changes={"nonce": first["DPoP-Nonce"]})
    assert portal.push(proof=nonced, client_assertion=assertion).status_code == 201
