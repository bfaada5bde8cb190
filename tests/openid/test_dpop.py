"""A portal shows with a DPoP proof that it holds the key of its tokens; a proof that is not in order counts nothing."""

from datetime import timedelta

import pytest
from joserfc.jwk import ECKey, RSAKey

from namens.grants import nonces
from namens.grants.models import AuthorizationCode, AuthorizationRequest, UsedProof
from namens.lib import clock
from namens.parties.models import Party
from tests.openid.proving import proof
from tests.openid.relying import Answer, RelyingParty, header_of, key, read
from tests.people import NOW

SECOND = int(NOW.timestamp())
TOKEN_ENDPOINT = "http://localhost:8000/openid/token"
MINE, OTHER = key("EC", 9), key("EC", 8)


def heard(response: Answer) -> str:
    assert response.status_code == 400
    assert len(response["DPoP-Nonce"]) == 64
    return str(response.json()["error"])


def test_it_binds_tokens_to_the_key_of_the_proof(bound: RelyingParty, bram: Party) -> None:
    tokens = bound.tokens(bram)
    assert tokens["token_type"] == "DPoP"
    assert read(tokens["access_token"])["cnf"] == {"jkt": MINE.thumbprint()}
    assert "cnf" not in read(tokens["id_token"])


def test_it_binds_for_who_was_not_asked_to(portal: RelyingParty, bram: Party) -> None:
    tokens = portal.send(portal.form(portal.code(bram)), proof=proof(MINE)).json()
    assert tokens["token_type"] == "DPoP"
    assert read(tokens["access_token"])["cnf"] == {"jkt": MINE.thumbprint()}


@pytest.mark.parametrize(
    ("kind", "algorithm"), [("RSA", "PS256"), ("RSA", "RS256"), ("EC", "ES256")], ids=lambda word: word
)
def test_it_takes_each_algorithm_of_the_profile(bound: RelyingParty, bram: Party, kind: str, algorithm: str) -> None:
    made = proof(key(kind, 9), alg=algorithm)
    assert bound.send(bound.form(bound.code(bram)), proof=made).status_code == 200


def test_it_refuses_rs256_of_a_fapi_portal(strict: RelyingParty) -> None:
    assert heard(strict.send(strict.form("x"), proof=proof(key("RSA", 9), alg="RS256"))) == "invalid_dpop_proof"
    assert heard(strict.send(strict.form("x"), proof=proof(key("RSA", 9), alg="PS256"))) == "invalid_grant"


def test_it_gives_a_fapi_portal_nothing_without_a_proof(strict: RelyingParty) -> None:
    assert heard(strict.send(strict.form("x"), proof="")) == "invalid_dpop_proof"


def test_it_wants_a_proof_where_that_was_registered(bound: RelyingParty, bram: Party) -> None:
    code = bound.code(bram)
    assert heard(bound.send(bound.form(code), proof="")) == "invalid_dpop_proof"
    assert AuthorizationCode.objects.get().used_at is None


def test_it_refuses_a_proof_of_a_compat_portal(stock: RelyingParty, bram: Party) -> None:
    assert heard(stock.send(stock.form(stock.code(bram)), proof=proof(key("RSA", 9), alg="RS256"))) == (
        "invalid_dpop_proof"
    )


@pytest.mark.parametrize("given", [None, "", "made-up", "é", 5, "0" * 64])
def test_it_asks_for_its_own_nonce(bound: RelyingParty, bram: Party, given: object) -> None:
    form = bound.form(bound.code(bram))
    answer = bound.send(form, proof=proof(MINE, changes={"nonce": given}))
    assert heard(answer) == "use_dpop_nonce"
    assert UsedProof.objects.count() == 0
    again = bound.send(form, proof=proof(MINE, changes={"nonce": answer["DPoP-Nonce"]}))
    assert again.status_code == 200
    assert again["DPoP-Nonce"]


def test_it_takes_a_nonce_for_some_minutes(bound: RelyingParty) -> None:
    given = nonces.nonce(now=NOW)
    for minutes, taken in ((2, True), (5, False), (60, False), (-60, False)):
        with clock.frozen(NOW + timedelta(minutes=minutes)):
            answer = bound.send(bound.form("x"), proof=proof(MINE, changes={"nonce": given}))
            assert (heard(answer) == "invalid_grant") is taken


@pytest.mark.parametrize(
    "changes",
    [
        {"htm": "GET"},
        {"htm": "post"},
        {"htm": None},
        {"htu": "http://localhost:8000/openid/userinfo"},
        {"htu": "https://localhost:8000/openid/token"},
        {"htu": "http://evil.example/openid/token"},
        {"htu": "http://localhost/openid/token"},
        {"htu": "http://localhost:8000@evil.example/openid/token"},
        {"htu": "http://user@localhost:8000/openid/token"},
        {"htu": "http://localhost:8000/openid%2Ftoken"},
        {"htu": "http://localhost:x/openid/token"},
        {"htu": "http://[localhost/openid/token"},
        {"htu": "/openid/token"},
        {"htu": ["http://localhost:8000/openid/token"]},
        {"htu": None},
        {"iat": SECOND - 61},
        {"iat": SECOND + 61},
        {"iat": None},
        {"iat": "now"},
        {"iat": True},
        {"iat": 10**400},
        {"iat": float("nan")},
        {"iat": float("-inf")},
        {"jti": None},
        {"jti": "short"},
        {"jti": 12345678901234567890},
        {"jti": "jti-that-is-long-enough\ud800"},
        {"jti": "x" * 257},
    ],
)
def test_it_refuses_a_proof_of_another_request_or_time(
    bound: RelyingParty, bram: Party, changes: dict[str, object]
) -> None:
    code = bound.code(bram)
    assert heard(bound.send(bound.form(code), proof=proof(MINE, changes=changes))) == "invalid_dpop_proof"
    assert AuthorizationCode.objects.get().used_at is None


@pytest.mark.parametrize(
    "address",
    [
        "HTTP://LOCALHOST:8000/openid/token",
        "http://localhost:8000/openid/token?anything=1#there",
        "http://localhost:8000/%6Fpenid/token",
    ],
)
def test_it_takes_another_spelling_of_the_same_address(bound: RelyingParty, bram: Party, address: str) -> None:
    assert bound.send(bound.form(bound.code(bram)), proof=proof(MINE, address=address)).status_code == 200


@pytest.mark.parametrize("seconds", [-60, 60])
def test_it_takes_clocks_that_differ_by_a_minute(bound: RelyingParty, bram: Party, seconds: int) -> None:
    made = proof(MINE, changes={"iat": SECOND + seconds})
    assert bound.send(bound.form(bound.code(bram)), proof=made).status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "JWT"},
        {"typ": None},
        {"jwk": None},
        {"jwk": "key"},
        {"jwk": {}},
        {"jwk": MINE.as_dict(private=True)},
        {"jwk": OTHER.as_dict(private=False)},
        {"jwk": {"kty": "oct", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXM"}},
        {"jwk": {**key("RSA", 9).as_dict(private=False), "e": "AQ"}},
        {"jwk": ECKey.generate_key("P-384").as_dict(private=False)},
        {"jku": "https://evil.example/jwks"},
        {"x5u": "https://evil.example/cert"},
        {"x5c": ["AAAA"]},
    ],
    ids="-".join,
)
def test_it_refuses_a_header_that_is_not_in_order(bound: RelyingParty, bram: Party, header: dict[str, object]) -> None:
    answer = bound.send(bound.form(bound.code(bram)), proof=proof(MINE, header=header))
    assert heard(answer) == "invalid_dpop_proof"


def test_it_refuses_a_proof_without_a_signature(bound: RelyingParty, bram: Party) -> None:
    head, body, signature = proof(MINE).split(".")
    code = bound.code(bram)
    for made in (f"{head}.{body}.", f"{head}.{body}.{signature[::-1]}", f"eyJhbGciOiJub25lIn0.{body}."):
        assert heard(bound.send(bound.form(code), proof=made)) == "invalid_dpop_proof"


@pytest.mark.parametrize("made", ["x", "a.b.c", "e30.e30.e30", ".." * 5000, "é", "eyJ.W10.x", "ImFsZyI.e30.AA"])
def test_it_survives_what_is_no_proof_at_all(bound: RelyingParty, made: str) -> None:
    assert heard(bound.send(bound.form("x"), proof=made)) == "invalid_dpop_proof"


def test_it_refuses_two_proofs(bound: RelyingParty, bram: Party) -> None:
    # So a server joins two headers of one name.
    both = f"{proof(MINE)},{proof(MINE)}"
    assert heard(bound.send(bound.form(bound.code(bram)), proof=both)) == "invalid_dpop_proof"


def test_it_takes_a_proof_once(bound: RelyingParty, bram: Party) -> None:
    made, first, second = proof(MINE), bound.code(bram), bound.code(bram)
    assert bound.send(bound.form(first), proof=made).status_code == 200
    assert heard(bound.send(bound.form(second), proof=made)) == "invalid_dpop_proof"
    assert AuthorizationCode.objects.filter(used_at__isnull=True).count() == 1


def test_it_keeps_the_jti_of_two_keys_apart(bound: RelyingParty, bram: Party) -> None:
    same = {"jti": "the-same-jti-of-two-keys"}
    for signer in (MINE, OTHER):
        made = proof(signer, changes=same)
        assert bound.send(bound.form(bound.code(bram)), proof=made).status_code == 200


@pytest.mark.parametrize(("signer", "status"), [(MINE, 200), (OTHER, 400)], ids=["the same", "another"])
def test_it_gives_a_code_to_the_key_that_the_request_named(
    bound: RelyingParty, bram: Party, signer: ECKey | RSAKey, status: int
) -> None:
    code = bound.code(bram)
    AuthorizationRequest.objects.update(key_thumbprint=MINE.thumbprint())
    assert bound.send(bound.form(code), proof=proof(signer)).status_code == status


def test_it_gives_a_code_that_names_a_key_to_nobody_without_one(portal: RelyingParty, bram: Party) -> None:
    code = portal.code(bram)
    AuthorizationRequest.objects.update(key_thumbprint=MINE.thumbprint())
    assert heard(portal.exchange(code)) == "invalid_grant"
    assert AuthorizationCode.objects.get().used_at is None


def test_it_puts_the_kind_of_a_proof_in_no_other_token(bound: RelyingParty, bram: Party) -> None:
    tokens = bound.tokens(bram)
    assert {header_of(tokens[name])["typ"] for name in ("id_token", "access_token")} == {"JWT", "at+jwt"}
    assertion = bound.assertion()
    assert heard(bound.send(bound.form("x"), proof=assertion)) == "invalid_dpop_proof"
