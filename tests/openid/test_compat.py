"""What Dutch portals run today: a shared secret, no PKCE, flat claims. It stays behind the `compat` profile."""

from dataclasses import replace

import pytest

from namens.lib.assurance import AssuranceLevel
from namens.parties.models import Party
from tests.openid.conftest import BASIS
from tests.openid.relying import Changes, RelyingParty, answer_in, compat_terms, read, registered
from tests.people import BSNS, active

PLAIN: dict[str, Changes] = {"code_challenge": None, "code_challenge_method": None}
CLIENT = "urn:nl-eid-gdi:1.0:LegalSubjectID"
HELPER = "urn:nl-eid-gdi:1.0:ActingSubjectID"
SERVICE = "urn:nl-eid-gdi:1.0:ServiceUUID"
TOESLAGEN = "6f1d2a8e-4b0c-4f0e-9a53-1c7d5e2b9a01"


def claims_without_pkce(stock: RelyingParty, helper: Party, client: Party | None) -> dict[str, object]:
    code = stock.code(helper, whom=client, scope="openid bsn", **PLAIN)
    response = stock.exchange(code, code_verifier=None)
    assert response.status_code == 200, response.content
    return read(response.json()["id_token"])


def test_it_gives_the_bsn_of_who_comes_for_themselves(stock: RelyingParty, bram: Party) -> None:
    claims = claims_without_pkce(stock, bram, None)
    assert claims["bsn"] == BSNS["bram"].digits
    assert CLIENT not in claims


def test_it_gives_both_bsns_and_the_service_of_who_represents(stock: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    claims = claims_without_pkce(stock, bram, anna)
    assert claims[CLIENT] == BSNS["anna"].digits
    assert claims[HELPER] == BSNS["bram"].digits
    assert claims[SERVICE] == TOESLAGEN
    assert "bsn" not in claims
    assert claims["sub"] not in {BSNS["anna"].digits, BSNS["bram"].digits}


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_gives_no_bsn_without_a_legal_basis(anna: Party, bram: Party) -> None:
    unentitled = registered(compat_terms("zonder-grondslag"))
    active(anna, bram)
    claims = claims_without_pkce(unentitled, bram, anna)
    assert claims[SERVICE] == TOESLAGEN
    assert not {CLIENT, HELPER, "bsn"} & claims.keys()
    assert "represents" in claims


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_uses_the_claim_names_of_the_registration(anna: Party, bram: Party) -> None:
    names = {
        "representee": "aanvrager.bsn",
        "representative": "gemachtigde.bsn",
        "service": "service_id",
        "level": "loa",
    }
    renamed = registered(replace(compat_terms("eigen-namen"), bsn_legal_basis=BASIS, claim_names=names))
    active(anna, bram)
    claims = claims_without_pkce(renamed, bram, anna)
    assert claims["aanvrager.bsn"] == BSNS["anna"].digits
    assert claims["gemachtigde.bsn"] == BSNS["bram"].digits
    assert claims["service_id"] == TOESLAGEN
    assert claims["loa"] == "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard"
    assert claims["acr"] == AssuranceLevel.SUBSTANTIAL.uri


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_never_lets_a_claim_name_replace_a_standard_claim(bram: Party) -> None:
    names = {"bsn": "sub", "level": "iss"}
    sly = registered(replace(compat_terms("slim"), bsn_legal_basis=BASIS, claim_names=names))
    claims = claims_without_pkce(sly, bram, None)
    assert claims["sub"] != BSNS["bram"].digits
    assert claims["iss"] == "http://localhost:8000"


def test_it_does_without_state(stock: RelyingParty, bram: Party) -> None:
    address = stock.ask(state=None)
    stock.log_in(bram)
    assert "state" not in answer_in(stock.choose(address, None))


def test_it_still_uses_pkce_when_it_is_sent(stock: RelyingParty, bram: Party) -> None:
    assert stock.exchange(stock.code(bram), code_verifier="v" * 43).status_code == 400
    assert stock.exchange(stock.code(bram), code_verifier=None).status_code == 400
    assert stock.exchange(stock.code(bram)).status_code == 200


def test_it_refuses_a_verifier_without_a_challenge(stock: RelyingParty, bram: Party) -> None:
    response = stock.exchange(stock.code(bram, whom=None, **PLAIN))
    assert response.json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "changes",
    [
        {**PLAIN, "nonce": None},
        {"code_challenge_method": "plain"},
        {"code_challenge_method": None},
        {"code_challenge": None},
    ],
)
def test_it_refuses_what_leaves_a_code_unbound(stock: RelyingParty, changes: dict[str, Changes]) -> None:
    assert answer_in(stock.authorize(**changes))["error"] == "invalid_request"


def test_it_does_without_a_nonce_when_there_is_a_challenge(stock: RelyingParty, bram: Party) -> None:
    code = stock.code(bram, nonce=None)
    assert "nonce" not in read(stock.exchange(code).json()["id_token"])
