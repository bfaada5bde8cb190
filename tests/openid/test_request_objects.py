"""Questions that a portal signed (RFC 9101): only what stands in the object counts, and only for us, once, for now."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from joserfc import jwe, jws
from joserfc.jwk import ECKey, OctKey, RSAKey

from namens.grants.addresses import issuer
from namens.grants.models import AuthorizationRequest
from namens.lib import clock
from namens.parties.models import Party
from namens.services.profiles import Binding, Profile
from tests.openid.relying import (
    STATE,
    Answer,
    RelyingParty,
    answer_in,
    forged,
    key,
    registered,
    seconds,
    terms_of,
)
from tests.people import NOW

SECOND = int(NOW.timestamp())
JTI = "one-object-of-a-portal-1234"


def signed(
    portal: RelyingParty,
    changes: Mapping[str, object] | None = None,
    *,
    signed_by: ECKey | RSAKey | None = None,
    header: Mapping[str, object] | None = None,
) -> str:
    """Give a request object that is in order, with changes; None leaves a claim out."""
    client_id = portal.portal.client_id
    good = {**portal.question(), "iss": client_id, "aud": issuer(), "iat": SECOND, "nbf": SECOND, "exp": SECOND + 60}
    claims = {name: value for name, value in {**good, **(changes or {})}.items() if value is not None}
    signer = signed_by or key(portal.kind)
    sealed = {"alg": "ES256", "kid": signer.kid, "typ": "oauth-authz-req+jwt", **(header or {})}
    return signature_of(sealed, json.dumps(claims), signer)


def signature_of(header: Mapping[str, object], payload: str, signer: ECKey | RSAKey | OctKey) -> str:
    """Sign any text with any header that has no null."""
    known = {name: value for name, value in header.items() if value is not None}
    return jws.serialize_compact(known, payload, signer, algorithms=["ES256", "RS256", "PS256", "ES384", "HS256"])


def send(portal: RelyingParty, text: str, **beside: str) -> Answer:
    """Send the browser with an object, and with what stands beside it."""
    asked = {"client_id": portal.portal.client_id, "redirect_uri": portal.redirect_uri, "state": STATE, **beside}
    response = portal.browser.post("/openid/authorize", {**asked, "request": text})
    if "Location" in response:
        portal.asked_at = answer_in(response).get("next", "")
    return response


def refusal(portal: RelyingParty, text: str) -> str:
    """Send an object that does not count, and give what the portal hears. Nothing is kept."""
    response = send(portal, text)
    assert response["Location"].startswith(portal.redirect_uri)
    answer = answer_in(response)
    assert answer["state"] == STATE
    assert not AuthorizationRequest.objects.exists()
    return answer["error"]


def is_taken(portal: RelyingParty, text: str) -> bool:
    return send(portal, text)["Location"].startswith("/signin/digid?")


def test_it_takes_a_question_that_the_portal_signed(portal: RelyingParty, bram: Party) -> None:
    assert is_taken(portal, signed(portal))
    portal.log_in(bram)
    answer = answer_in(portal.choose(portal.asked_at, None))
    assert portal.exchange(answer["code"]).status_code == 200


@pytest.mark.parametrize("typ", ["oauth-authz-req+jwt", "application/oauth-authz-req+jwt", "JWT", "jwt", None])
def test_it_takes_the_types_that_libraries_write(portal: RelyingParty, typ: str | None) -> None:
    assert is_taken(portal, signed(portal, header={"typ": typ}))


def test_it_takes_the_algorithms_of_the_profile(catalogue: None, signing_keys: None) -> None:  # noqa: ARG001 - as above
    portal = registered(terms_of("rsa-portaal", kind="RSA"), kind="RSA")
    for number, alg in enumerate(("RS256", "PS256")):
        assert is_taken(portal, signed(portal, {"jti": f"{JTI}-{number}"}, header={"alg": alg}))


def test_it_reads_past_everything_beside_the_object(portal: RelyingParty) -> None:
    """A browser can change what stands beside: what the portal signed holds."""
    beside = {"acr_values": "http://eidas.europa.eu/LoA/low", "claims": "no json", "max_age": "soon", "prompt": "none"}
    response = send(portal, signed(portal, {"acr_values": "http://eidas.europa.eu/LoA/high"}), **beside)
    assert answer_in(response)["level"] == "high"
    kept = AuthorizationRequest.objects.get()
    assert (kept.state, kept.redirect_uri, kept.max_age) == (STATE, portal.redirect_uri, None)


@pytest.mark.parametrize("name", ["state", "nonce", "scope", "response_type", "code_challenge"])
def test_it_takes_nothing_from_beside_the_object_that_is_not_in_it(portal: RelyingParty, name: str) -> None:
    response = send(portal, signed(portal, {name: None}), **{name: portal.question()[name]})
    assert answer_in(response)["error"] in {"invalid_request", "invalid_scope"}


def test_it_answers_to_the_address_that_was_signed(portal: RelyingParty) -> None:
    response = send(portal, signed(portal, {"scope": "openid"}), redirect_uri="https://attacker.example/")
    assert response["Location"].startswith(portal.redirect_uri)


def test_it_sends_nobody_to_an_address_that_is_not_registered(portal: RelyingParty) -> None:
    good, bad = "https://mijn-overheid.example/inloggen/terug?taal=nl", "https://attacker.example/"
    for text, beside in ((signed(portal, {"redirect_uri": bad}), good), (forged({"alg": "ES256"}), bad)):
        response = send(portal, text, redirect_uri=beside)
        assert (response.status_code, "Location" in response) == (400, False)


def test_it_takes_claims_as_an_object_and_a_number_for_max_age(portal: RelyingParty) -> None:
    claims = {"userinfo": {"name": {"essential": True}}}
    assert is_taken(portal, signed(portal, {"claims": claims, "max_age": 60}))
    kept = AuthorizationRequest.objects.get()
    assert (kept.claims["userinfo"], kept.max_age) == ({"name": True}, 60)


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": None},
        {"iss": "formulieren"},
        {"client_id": None},
        {"client_id": "formulieren"},
        {"aud": None},
        {"aud": "https://another.example"},
        {"aud": [issuer(), "https://another.example"]},
        {"aud": f"{issuer()}/openid/token"},
        {"exp": None},
        {"exp": SECOND - 60},
        {"exp": SECOND + seconds(minutes=61) + 1},
        {"exp": "soon"},
        {"exp": 10**400},
        {"nbf": SECOND + 61},
        {"nbf": SECOND - seconds(minutes=61) - 1},
        {"iat": SECOND + 61},
        {"iat": True},
        {"sub": "mijn-overheid"},
        {"request": "e30.e30.e30"},
        {"request_uri": "https://mijn-overheid.example/request"},
        {"jti": "short"},
        {"jti": 5},
        {"state": 5},
        {"scope": ["openid"]},
        {"acr_values": ["http://eidas.europa.eu/LoA/high"]},
        {"claims": "[]", "max_age": True},
    ],
)
def test_it_refuses_an_object_that_is_not_in_order(portal: RelyingParty, changes: dict[str, object]) -> None:
    assert refusal(portal, signed(portal, changes)) == "invalid_request_object"


def test_it_allows_for_clocks_that_differ_by_a_minute(portal: RelyingParty) -> None:
    assert is_taken(portal, signed(portal, {"nbf": SECOND + 60, "iat": SECOND + 60, "exp": SECOND + 120}))
    assert is_taken(portal, signed(portal, {"exp": SECOND - 59}))


@pytest.mark.parametrize("number", [1, 2])
def test_it_refuses_an_object_that_another_key_signed(portal: RelyingParty, number: int) -> None:
    assert refusal(portal, signed(portal, signed_by=key("EC", number))) == "invalid_request_object"


def test_it_refuses_an_object_that_another_portal_signed(portal: RelyingParty) -> None:
    other = registered(replace(terms_of("ander"), jwks={"keys": [key("EC", 1).as_dict(private=False)]}))
    stolen = signed(portal, signed_by=key("EC", 1))
    assert refusal(portal, stolen) == "invalid_request_object"
    assert is_taken(other, signed(other, signed_by=key("EC", 1)))


def test_it_refuses_an_object_that_nobody_signed(portal: RelyingParty) -> None:
    claims = {**portal.question(), "iss": "mijn-overheid", "aud": issuer(), "exp": SECOND + 60}
    for alg in ("none", "None", "NONE", ""):
        nobody = forged({"alg": alg}, claims)
        assert refusal(portal, nobody) == "invalid_request_object"
        assert refusal(portal, nobody.removesuffix("AA")) == "invalid_request_object"


def test_it_refuses_an_object_signed_with_a_public_key_as_a_secret(portal: RelyingParty) -> None:
    public = OctKey.import_key(json.dumps(key("EC").as_dict(private=False)))
    text = signature_of({"alg": "HS256", "kid": key("EC").kid}, json.dumps(portal.question()), public)
    assert refusal(portal, text) == "invalid_request_object"


def test_it_takes_no_key_from_the_object_itself(portal: RelyingParty) -> None:
    stranger = key("EC", 1)
    header = {"kid": None, "jwk": stranger.as_dict(private=False)}
    assert refusal(portal, signed(portal, signed_by=stranger, header=header)) == "invalid_request_object"


@pytest.mark.parametrize("name", ["jku", "x5u"])
def test_it_refuses_an_object_that_says_where_its_key_is(portal: RelyingParty, name: str) -> None:
    text = signed(portal, header={name: "https://mijn-overheid.example/keys"})
    assert refusal(portal, text) == "invalid_request_object"


def test_it_refuses_an_encrypted_object(portal: RelyingParty) -> None:
    secret = OctKey.generate_key(256)
    text = jwe.encrypt_compact({"alg": "dir", "enc": "A256GCM"}, signed(portal), secret)
    assert refusal(portal, text) == "invalid_request_object"


def test_it_refuses_a_client_assertion_for_a_question(portal: RelyingParty) -> None:
    assertion = portal.assertion({**portal.question(), "aud": issuer()})
    assert refusal(portal, assertion) == "invalid_request_object"


def test_it_refuses_a_question_for_a_client_assertion(portal: RelyingParty) -> None:
    response = portal.push(client_assertion=signed(portal, {"jti": JTI}))
    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("typ", ["dpop+jwt", "at+jwt", "logout+jwt", "client-authentication+jwt"])
def test_it_refuses_what_was_signed_for_something_else(portal: RelyingParty, typ: str) -> None:
    assert refusal(portal, signed(portal, header={"typ": typ})) == "invalid_request_object"


def test_it_refuses_an_object_with_a_name_twice(portal: RelyingParty) -> None:
    payload = json.dumps(
        {**portal.question(), "iss": "mijn-overheid", "aud": issuer(), "exp": SECOND + 60, "jti": JTI}
    ).replace('"state"', '"scope": "openid", "state"')
    text = signature_of({"alg": "ES256", "kid": key("EC").kid}, payload, key("EC"))
    assert refusal(portal, text) == "invalid_request_object"


def test_it_takes_an_object_with_a_number_once(portal: RelyingParty) -> None:
    text = signed(portal, {"jti": JTI})
    assert is_taken(portal, text)
    assert answer_in(send(portal, text))["error"] == "invalid_request_object"
    with clock.frozen(NOW + timedelta(seconds=119)):
        assert answer_in(send(portal, text))["error"] == "invalid_request_object"


def test_it_does_not_take_the_number_of_an_assertion_for_that_of_a_question(portal: RelyingParty) -> None:
    assert portal.push(client_assertion=portal.assertion({"jti": JTI})).status_code == 201
    assert is_taken(portal, signed(portal, {"jti": JTI}))


@pytest.mark.parametrize("text", ["x", "..", "a.b.c", "e30.e30.e30", "x" * 40_000, "\N{GRINNING FACE}.e30.AA", "...."])
def test_it_refuses_what_is_no_object_at_all(portal: RelyingParty, text: str) -> None:
    assert refusal(portal, text) == "invalid_request_object"


def test_it_refuses_an_object_together_with_an_address(portal: RelyingParty) -> None:
    response = send(portal, signed(portal), request_uri="https://mijn-overheid.example/request")
    assert answer_in(response)["error"] == "invalid_request"


def test_it_refuses_control_characters_in_the_object(portal: RelyingParty) -> None:
    assert refusal(portal, signed(portal, {"nonce": "nonce-with-\0-in-the-middle"})) == "invalid_request"
    half = signed(portal, {"nonce": "nonce-with-half-\ud83d-a-character"})
    assert refusal(portal, half) == "invalid_request_object"


def test_it_tells_a_compat_portal_that_it_takes_no_objects(stock: RelyingParty) -> None:
    assert refusal(stock, forged({"alg": "RS256"})) == "request_not_supported"


def test_it_takes_a_pushed_object_with_the_portal_in_it_only(portal: RelyingParty) -> None:
    nothing = dict.fromkeys(portal.question())
    assert portal.push(**nothing, request=signed(portal)).status_code == 201
    assert AuthorizationRequest.objects.get().state == STATE


def test_it_tells_at_once_that_a_pushed_object_does_not_count(portal: RelyingParty) -> None:
    for text in (forged({"alg": "none"}), signed(portal, {"aud": "https://another.example"})):
        response = portal.push(request=text)
        assert (response.status_code, response.json()["error"]) == (400, "invalid_request_object")


def test_it_takes_objects_of_a_fapi_portal_by_its_algorithms_only(
    catalogue: None,  # noqa: ARG001 - asked for its effect
    signing_keys: None,  # noqa: ARG001 - as above
) -> None:
    terms = terms_of("streng", kind="RSA")
    strict = registered(
        replace(terms, profile=Profile.FAPI, token_binding=Binding.PROOF, id_token_algorithm="PS256"), kind="RSA"
    )
    for alg, status in (("PS256", 201), ("RS256", 400)):
        assertion = strict.assertion({"aud": issuer()}, alg="PS256")
        pushed = strict.push(client_assertion=assertion, request=signed(strict, header={"alg": alg}))
        assert pushed.status_code == status
