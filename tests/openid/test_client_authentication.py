"""How a portal proves who it is at the token endpoint."""

import base64
import json
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import OctKey

from namens.grants.assertions import TYPE
from namens.grants.models import AuthorizationCode, UsedProof
from namens.lib import clock
from namens.parties.models import Party
from tests.openid.relying import (
    SECRET,
    VERIFIER,
    Answer,
    RelyingParty,
    compat_terms,
    forged,
    key,
    registered,
    seconds,
    terms_of,
)
from tests.people import NOW

SECOND = int(NOW.timestamp())


def is_refused(response: Answer) -> bool:
    challenge = response.headers.get("WWW-Authenticate", "")
    return (response.status_code, response.json()["error"]) == (401, "invalid_client") and challenge.startswith("Basic")


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "https://elsewhere.example/token"},
        {"aud": ["http://localhost:8000", "https://elsewhere.example"]},
        {"aud": None},
        {"iss": "another"},
        {"sub": "another"},
        {"exp": None},
        {"exp": SECOND - 61},
        {"exp": SECOND + seconds(days=3650)},
        {"exp": "tomorrow"},
        {"exp": True},
        {"exp": 10**400},
        {"exp": float("nan")},
        {"iat": float("inf")},
        {"nbf": -1},
        {"iat": None},
        {"iat": SECOND - seconds(minutes=6), "exp": SECOND + 60},
        {"iat": SECOND + seconds(minutes=2), "exp": SECOND + seconds(minutes=3)},
        {"nbf": SECOND + seconds(minutes=2)},
        {"jti": None},
        {"jti": "short"},
        {"jti": 12345678901234567890},
        {"jti": "x" * 257},
        {"jti": "jti-that-is-long-enough\ud800"},
        {"jti": "jti-that-is-long-enough\0"},
        {"aud": {}},
        {"aud": [{}]},
    ],
)
def test_it_refuses_an_assertion_that_is_not_in_order(
    portal: RelyingParty, bram: Party, changes: dict[str, object]
) -> None:
    response = portal.exchange(
        portal.code(bram), client_assertion=portal.assertion(changes), client_assertion_type=TYPE
    )
    assert is_refused(response)
    assert AuthorizationCode.objects.get().used_at is None


@pytest.mark.parametrize("audience", ["http://localhost:8000", "http://localhost:8000/openid/token"])
def test_it_accepts_issuer_and_token_endpoint_as_audience(portal: RelyingParty, bram: Party, audience: str) -> None:
    for form in (audience, [audience]):
        proof = portal.assertion({"aud": form})
        response = portal.exchange(portal.code(bram), client_assertion=proof, client_assertion_type=TYPE)
        assert response.status_code == 200


def test_it_accepts_an_hour_as_stock_libraries_write_it_but_for_five_minutes(portal: RelyingParty, bram: Party) -> None:
    hour = {"exp": SECOND + seconds(hours=1)}
    proof = portal.assertion(hour)
    assert portal.exchange(portal.code(bram), client_assertion=proof, client_assertion_type=TYPE).status_code == 200
    old = portal.assertion(hour)
    with clock.frozen(NOW + timedelta(minutes=6)):
        assert is_refused(portal.exchange(portal.code(bram), client_assertion=old, client_assertion_type=TYPE))


def test_it_takes_an_assertion_once(portal: RelyingParty, bram: Party) -> None:
    proof = portal.assertion()
    first, second = portal.code(bram), portal.code(bram)
    portal.exchange(first, client_assertion=proof, client_assertion_type=TYPE)
    assert is_refused(portal.exchange(second, client_assertion=proof, client_assertion_type=TYPE))
    assert AuthorizationCode.objects.filter(used_at__isnull=True).count() == 1


def test_it_takes_the_same_jti_of_two_portals(portal: RelyingParty, bram: Party) -> None:
    other = registered(terms_of("ander"))
    for one in (portal, other):
        proof = one.assertion({"jti": "the-same-jti-of-two-portals"})
        assert one.exchange(one.code(bram), client_assertion=proof, client_assertion_type=TYPE).status_code == 200
    assert UsedProof.objects.count() == 2


def test_it_refuses_an_assertion_without_a_signature(portal: RelyingParty, bram: Party) -> None:
    payload = portal.assertion().split(".")[1]
    header = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    response = portal.exchange(portal.code(bram), client_assertion=f"{header}.{payload}.", client_assertion_type=TYPE)
    assert is_refused(response)


def test_it_refuses_a_public_key_used_as_a_secret(portal: RelyingParty, bram: Party) -> None:
    claims = jwt.decode(portal.assertion(), key(), algorithms=["ES256"]).claims
    public = OctKey.import_key(json.dumps(key().as_dict(private=False)))
    forged = jwt.encode({"alg": "HS256", "kid": str(key().kid)}, claims, public)
    assert is_refused(portal.exchange(portal.code(bram), client_assertion=forged, client_assertion_type=TYPE))


def test_it_refuses_an_assertion_signed_with_another_key(portal: RelyingParty, bram: Party) -> None:
    forged = portal.assertion(signed_by=key("EC", 1))
    assert is_refused(portal.exchange(portal.code(bram), client_assertion=forged, client_assertion_type=TYPE))


def test_it_refuses_an_assertion_of_another_portal(portal: RelyingParty, bram: Party) -> None:
    other = registered(terms_of("ander"))
    form = {**portal.form(portal.code(bram), client_assertion=other.assertion(), client_assertion_type=TYPE)}
    assert portal.send(form).json()["error"] == "invalid_grant"
    assert is_refused(portal.send({**form, "client_id": portal.portal.client_id}))


@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_accepts_rsa_assertions(bram: Party, algorithm: str) -> None:
    portal = registered(terms_of("rsa", kind="RSA"), kind="RSA")
    proof = portal.assertion(alg=algorithm)
    response = portal.exchange(portal.code(bram), client_assertion=proof, client_assertion_type=TYPE)
    assert response.status_code == 200


def test_it_accepts_an_assertion_that_names_no_key(portal: RelyingParty, bram: Party) -> None:
    claims = jwt.decode(portal.assertion(), key(), algorithms=["ES256"]).claims
    proof = jwt.encode({"alg": "ES256"}, claims, key(), algorithms=["ES256"])
    response = portal.exchange(portal.code(bram), client_assertion=proof, client_assertion_type=TYPE)
    assert response.status_code == 200


NO_OBJECT, NO_LIST = "ImFsZyI.e30.AA", "eyJhbGciOiJFUzI1NiIsImNyaXQiOjF9.eyJzdWIiOiJtaWpuLW92ZXJoZWlkIn0.AA"
ODD_SUBJECTS: list[object] = ["\ud800", "\0", "é", "mijn-overheid\n", 1, []]
ODD_NAMES = [forged({"alg": "ES256"}, {"sub": subject}) for subject in ODD_SUBJECTS]
DEEP = f"e30.{base64.urlsafe_b64encode(b'[' * 5000).rstrip(b'=').decode()}.AA"


@pytest.mark.parametrize(
    "assertion", ["", "x", "a.b.c", "e30.e30.e30", "." * 9000, "é.é.é", NO_OBJECT, NO_LIST, DEEP, *ODD_NAMES]
)
@pytest.mark.usefixtures("portal")
def test_it_survives_what_is_no_assertion_at_all(assertion: str) -> None:
    form = {"grant_type": "authorization_code", "client_assertion": assertion, "client_assertion_type": TYPE}
    assert is_refused(Client().post("/openid/token", form))


@pytest.mark.parametrize("kind", [None, "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"])
def test_it_refuses_an_assertion_of_another_type(portal: RelyingParty, bram: Party, kind: str | None) -> None:
    response = portal.exchange(portal.code(bram), client_assertion=portal.assertion(), client_assertion_type=kind)
    assert is_refused(response)


def test_it_refuses_a_request_without_any_proof(portal: RelyingParty, bram: Party) -> None:
    form = portal.form(portal.code(bram), client_assertion=None, client_assertion_type=None)
    assert is_refused(portal.send(form))
    assert is_refused(portal.send({**form, "client_id": portal.portal.client_id}))


def test_it_refuses_a_secret_of_an_nlgov_portal(portal: RelyingParty, bram: Party) -> None:
    form = portal.form(portal.code(bram), client_assertion=None, client_assertion_type=None)
    assert is_refused(portal.send({**form, "client_id": portal.portal.client_id, "client_secret": SECRET}))
    assert is_refused(portal.send({**form, "client_id": portal.portal.client_id, "client_secret": ""}))


def basic(client_id: str, secret: str) -> dict[str, str]:
    pair = f"{quote(client_id)}:{quote(secret)}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def test_it_accepts_a_secret_in_the_body(stock: RelyingParty, bram: Party) -> None:
    assert stock.exchange(stock.code(bram)).status_code == 200


def test_it_accepts_a_secret_in_the_header(stock: RelyingParty, bram: Party) -> None:
    form = stock.form(stock.code(bram), client_id=None, client_secret=None)
    response = Client().post("/openid/token", form, headers=basic("formulieren", SECRET))
    assert response.status_code == 200


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", SECRET.upper()])
def test_it_refuses_a_wrong_secret(stock: RelyingParty, bram: Party, secret: str) -> None:
    code = stock.code(bram)
    assert is_refused(stock.exchange(code, client_secret=secret))
    form = stock.form(code, client_id=None, client_secret=None)
    assert is_refused(Client().post("/openid/token", form, headers=basic("formulieren", secret)))
    assert AuthorizationCode.objects.get().used_at is None


@pytest.mark.parametrize(
    "header",
    [
        "Basic",
        "Basic !!!",
        "Basic Zm9v",
        "Bearer Zm9vOmJhcg==",
        "Basic AAA6AAA=",
        "Basic é",
        "Basic w6k6eA==",
        "Basic /////w==",
    ],
)
@pytest.mark.usefixtures("stock")
def test_it_survives_a_header_that_is_no_credential(header: str) -> None:
    form = {"grant_type": "authorization_code", "code": "x", "redirect_uri": "y", "code_verifier": VERIFIER}
    assert is_refused(Client().post("/openid/token", form, headers={"Authorization": header}))


def test_it_refuses_two_ways_at_once(stock: RelyingParty, bram: Party) -> None:
    form = stock.form(stock.code(bram))
    response = Client().post("/openid/token", form, headers=basic("formulieren", SECRET))
    assert (response.status_code, response.json()["error"]) == (400, "invalid_request")


def test_it_refuses_a_header_and_body_that_name_two_portals(stock: RelyingParty, bram: Party) -> None:
    form = stock.form(stock.code(bram), client_id="another", client_secret=None)
    assert is_refused(Client().post("/openid/token", form, headers=basic("formulieren", SECRET)))


def test_it_refuses_an_assertion_of_a_compat_portal(stock: RelyingParty, bram: Party) -> None:
    form = stock.form(stock.code(bram), client_secret=None)
    proof = {"client_assertion": stock.assertion(), "client_assertion_type": TYPE}
    assert is_refused(stock.send({**form, **proof}))


def test_it_refuses_one_compat_portal_with_the_secret_of_another_name(stock: RelyingParty, bram: Party) -> None:
    registered(compat_terms("tweede"))
    response = stock.exchange(stock.code(bram), client_id="tweede")
    assert response.json()["error"] == "invalid_grant"
