"""Client assertions: whom they name, when they hold, and which keys may sign them. Attacks on JOSE, by name."""

import pytest
from django.test import Client

from namens.grants.assertions import TYPE
from namens.parties.models import Party
from namens.services.models import Portal
from tests.openid.relying import Answer, RelyingParty, fapi_terms, key, registered
from tests.people import NOW

SECOND = int(NOW.timestamp())


def is_refused(response: Answer) -> bool:
    challenge = response.headers.get("WWW-Authenticate", "")
    return (response.status_code, response.json()["error"]) == (401, "invalid_client") and challenge.startswith("Basic")


@pytest.mark.parametrize("audience", ["http://localhost:8000/openid/token", ["http://localhost:8000"]])
def test_it_wants_of_a_fapi_portal_that_it_names_the_issuer_alone(strict: RelyingParty, audience: object) -> None:
    form = strict.form("x", client_assertion=strict.assertion({"aud": audience}), client_assertion_type=TYPE)
    assert is_refused(strict.send(form))
    right = strict.assertion({"aud": "http://localhost:8000"})
    assert not is_refused(strict.send({**form, "client_assertion": right}))


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_refuses_rs256_of_a_fapi_portal() -> None:
    strict = registered(fapi_terms("streng-rsa", kind="RSA"), kind="RSA")
    for algorithm, refused in (("RS256", True), ("PS256", False)):
        proof = strict.assertion({"aud": "http://localhost:8000"}, alg=algorithm)
        form = strict.form("x", client_assertion=proof, client_assertion_type=TYPE)
        assert is_refused(strict.send(form)) is refused


@pytest.mark.parametrize("late", [False, True])
def test_it_takes_clocks_that_differ_by_a_minute(portal: RelyingParty, bram: Party, late: bool) -> None:  # noqa: FBT001 - a case
    made = SECOND - 60 if late else SECOND + 60
    proof = portal.assertion({"iat": made, "nbf": made, "exp": SECOND - 59 if late else SECOND + 120})
    response = portal.exchange(portal.code(bram), client_assertion=proof, client_assertion_type=TYPE)
    assert response.status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        {"jwk": key("EC", 1).as_dict(private=False)},
        {"jku": "https://evil.example/jwks"},
        {"x5u": "https://evil.example/cert"},
        {"x5c": ["AAAA"]},
        {"crit": ["exp"], "exp": 1},
        {"crit": ["b64"], "b64": True},
    ],
    ids=lambda header: next(iter(header)),
)
def test_it_takes_no_key_and_no_extension_from_the_header(
    portal: RelyingParty, bram: Party, header: dict[str, object]
) -> None:
    proof = portal.assertion(header=header)
    assert is_refused(portal.exchange(portal.code(bram), client_assertion=proof, client_assertion_type=TYPE))


@pytest.mark.parametrize("change", [{"use": "enc"}, {"key_ops": ["encrypt"]}, {"alg": "ECDH-ES"}], ids=str)
def test_it_refuses_a_key_that_is_not_for_signing(portal: RelyingParty, bram: Party, change: dict[str, object]) -> None:
    Portal.objects.update(jwks={"keys": [{**key().as_dict(private=False), **change}]})
    assert is_refused(portal.exchange(portal.code(bram)))


def test_it_takes_the_key_that_fits_of_two_with_one_name(portal: RelyingParty, bram: Party) -> None:
    """FAPI 2.0 5.4.3."""
    same = {"kid": key().kid}
    Portal.objects.update(jwks={"keys": [{**one.as_dict(private=False), **same} for one in (key("RSA", 1), key())]})
    assert portal.exchange(portal.code(bram)).status_code == 200


PUSH = "http://localhost:8000/openid/par"


def pushed(portal: RelyingParty, audience: object) -> Answer:
    form = {**portal.question(), "client_assertion": portal.assertion({"aud": audience}), "client_assertion_type": TYPE}
    return Client().post("/openid/par", form)


def test_it_takes_the_name_of_the_endpoint_that_is_called_and_of_no_other(portal: RelyingParty) -> None:
    for audience in (PUSH, "http://localhost:8000/openid/token", "http://localhost:8000"):
        assert pushed(portal, audience).status_code == 201
    for audience in ("http://localhost:8000/openid/introspect", "http://localhost:8000/openid/authorize", f"{PUSH}/"):
        assert is_refused(pushed(portal, audience))
    form = portal.form("x", client_assertion=portal.assertion({"aud": PUSH}), client_assertion_type=TYPE)
    assert is_refused(portal.send(form))


@pytest.mark.parametrize("audience", [PUSH, [PUSH], "http://localhost:8000/openid/token"])
def test_it_takes_of_a_fapi_portal_no_other_name_when_it_pushes(strict: RelyingParty, audience: object) -> None:
    assert is_refused(pushed(strict, audience))
    assert pushed(strict, "http://localhost:8000").status_code == 201
