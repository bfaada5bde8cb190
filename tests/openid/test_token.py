"""A code becomes tokens: once, for the portal that it was made for, with the right verifier."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from namens.grants.models import AuthorizationCode, Family, SigningKey
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.parties.models import Party
from namens.services.models import Portal, Status
from tests.openid.relying import (
    NONCE,
    Changes,
    RelyingParty,
    answer_in,
    header_of,
    read,
    registered,
    seconds,
    terms_of,
)
from tests.people import NOW, active, terms


def error_of(portal: RelyingParty, code: str, **changes: Changes) -> tuple[int, str]:
    response = portal.exchange(code, **changes)
    assert response["Cache-Control"] == "no-store"
    return response.status_code, response.json()["error"]


def test_it_gives_an_id_token_of_five_minutes(portal: RelyingParty, bram: Party) -> None:
    tokens = portal.tokens(bram)
    claims = read(tokens["id_token"])
    second = int(NOW.timestamp())
    assert claims["aud"] == "mijn-overheid"
    assert claims["iat"] == claims["nbf"] == claims["auth_time"] == second
    assert claims["exp"] == second + seconds(minutes=5)
    assert claims["acr"] == AssuranceLevel.SUBSTANTIAL.uri
    assert claims["sid"] == str(Family.objects.get().id)
    assert claims["nonce"] == NONCE
    assert len(claims["jti"]) >= 22
    assert "amr" not in claims


def test_it_names_the_key_in_the_header(portal: RelyingParty, bram: Party) -> None:
    tokens = portal.tokens(bram)
    kids = {key["kid"] for key in Client().get("/openid/jwks").json()["keys"]}
    assert header_of(tokens["id_token"])["kid"] in kids
    assert header_of(tokens["access_token"])["kid"] in kids


def test_it_gives_an_access_token_of_fifteen_minutes(portal: RelyingParty, bram: Party) -> None:
    tokens = portal.tokens(bram)
    claims = read(tokens["access_token"])
    assert header_of(tokens["access_token"])["typ"] == "at+jwt"
    assert claims["exp"] - claims["iat"] == int(tokens["expires_in"]) == seconds(minutes=15)
    assert claims["client_id"] == claims["azp"] == "mijn-overheid"
    assert claims["aud"] == "http://localhost:8000/openid/userinfo"
    assert tokens["token_type"] == "Bearer"
    assert "refresh_token" not in tokens


def test_it_says_which_scope_was_granted(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    tokens = portal.tokens(bram, whom=anna)
    assert tokens["scope"] == "openid urn:uuid:6f1d2a8e-4b0c-4f0e-9a53-1c7d5e2b9a01"


def test_it_says_nothing_of_representation_to_who_comes_for_themselves(portal: RelyingParty, bram: Party) -> None:
    claims = read(portal.tokens(bram)["id_token"])
    assert "represents" not in claims
    assert not [name for name in claims if name.startswith("urn:")]


def test_it_says_what_is_represented_and_until_when(portal: RelyingParty, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    claims = read(portal.tokens(bram, whom=anna)["id_token"])
    represents = claims["represents"]
    assert represents["iss"] == "http://localhost:8000"
    assert represents["sub_id_type"] == "urn:nl-eid-gdi:1.0:id:Pseudonym"
    assert not {"exp", "nbf", "aud"} & represents.keys()
    assert claims["urn:namens:1.0:mandate"] == str(mandate.id)
    assert sorted(claims["urn:namens:1.0:services"]) == ["inkomstenbelasting", "mijn-toeslagen"]
    assert claims["urn:namens:1.0:last-day"] == "2027-11-22"


def test_it_names_sensitive_actions_that_were_left_out(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    claims = read(portal.tokens(bram, whom=anna)["id_token"])
    assert claims["urn:namens:1.0:left-out"] == ["rekeningnummer-wijzigen"]


def test_it_leaves_out_nothing_that_was_granted(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram, what=terms(granted=["rekeningnummer-wijzigen"]))
    claims = read(portal.tokens(bram, whom=anna)["id_token"])
    assert claims["urn:namens:1.0:left-out"] == []


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_gives_no_names_to_a_portal_that_may_not_have_them(anna: Party, bram: Party) -> None:
    nameless = registered(terms_of("naamloos"))
    active(anna, bram)
    claims = read(nameless.tokens(bram, whom=anna)["id_token"])
    assert "name" not in claims
    assert "name" not in claims["represents"]


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256"])
@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_signs_as_the_portal_was_registered(bram: Party, algorithm: str) -> None:
    portal = registered(replace(terms_of("ondertekend"), id_token_algorithm=algorithm))
    tokens = portal.tokens(bram)
    assert header_of(tokens["id_token"])["alg"] == algorithm
    assert read(tokens["id_token"])["aud"] == "ondertekend"
    assert header_of(tokens["access_token"])["alg"] == "RS256"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"grant_type": None}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "refresh_token"}, "unauthorized_client"),
        ({"code": None}, "invalid_request"),
        ({"code": "another-code"}, "invalid_grant"),
        ({"redirect_uri": None}, "invalid_request"),
        ({"redirect_uri": "https://mijn-overheid.example/inloggen/terug"}, "invalid_grant"),
        ({"code_verifier": None}, "invalid_grant"),
        ({"code_verifier": "v" * 43}, "invalid_grant"),
        ({"code_verifier": "short"}, "invalid_grant"),
        ({"code_verifier": "v" * 129}, "invalid_grant"),
    ],
)
def test_it_refuses_what_does_not_fit(
    portal: RelyingParty, bram: Party, changes: dict[str, Changes], error: str
) -> None:
    code = portal.code(bram)
    form = {name: value for name, value in {**portal.form(code), **changes}.items() if value is not None}
    response = portal.send(form)
    assert (response.status_code, response.json()["error"]) == (400, error)
    assert AuthorizationCode.objects.get().used_at is None


def test_it_refuses_a_code_after_a_minute(portal: RelyingParty, bram: Party) -> None:
    code = portal.code(bram)
    with clock.frozen(NOW + timedelta(seconds=60)):
        assert error_of(portal, code) == (400, "invalid_grant")


def test_it_refuses_a_code_of_another_portal(portal: RelyingParty, bram: Party) -> None:
    code = portal.code(bram)
    other = registered(terms_of("ander"))
    assert error_of(other, code, redirect_uri=portal.redirect_uri) == (400, "invalid_grant")
    assert portal.exchange(code).status_code == 200


def test_it_refuses_a_code_that_was_used_and_ends_its_tokens(portal: RelyingParty, bram: Party) -> None:
    code = portal.code(bram)
    tokens = portal.exchange(code).json()
    assert portal.userinfo(tokens["access_token"]).status_code == 200
    assert error_of(portal, code) == (400, "invalid_grant")
    assert portal.userinfo(tokens["access_token"]).status_code == 401


def test_it_ends_the_tokens_too_when_another_portal_shows_the_used_code(portal: RelyingParty, bram: Party) -> None:
    code = portal.code(bram)
    tokens = portal.exchange(code).json()
    registered(terms_of("dief")).exchange(code)
    assert portal.userinfo(tokens["access_token"]).status_code == 401


def test_it_gives_every_refused_code_the_same_answer(portal: RelyingParty, bram: Party) -> None:
    used = portal.code(bram)
    portal.exchange(used)
    wrong_verifier = portal.exchange(portal.code(bram), code_verifier="v" * 43)
    assert portal.exchange(used).content == portal.exchange("unknown").content == wrong_verifier.content


def test_it_refuses_a_portal_that_is_not_approved_any_more(portal: RelyingParty, bram: Party) -> None:
    code = portal.code(bram)
    Portal.objects.update(status=Status.WITHDRAWN)
    assert error_of(portal, code) == (401, "invalid_client")


def test_it_refuses_a_parameter_that_comes_twice(portal: RelyingParty, bram: Party) -> None:
    form = portal.form(portal.code(bram))
    response = Client().post("/openid/token", {**form, "code": [form["code"], form["code"]]})
    assert response.json()["error"] == "invalid_request"


def test_it_refuses_parameters_in_the_address(portal: RelyingParty, bram: Party) -> None:
    response = Client().post(f"/openid/token?code={portal.code(bram)}", {})
    assert response.json()["error"] == "invalid_request"


def test_it_is_only_for_post(portal: RelyingParty) -> None:
    response = portal.browser.get("/openid/token")
    assert response.status_code == 405
    assert response["Allow"] == "POST"


def test_it_keeps_the_code_as_a_digest_and_erases_the_sealed_one(portal: RelyingParty, bram: Party) -> None:
    code = portal.code(bram)
    kept = AuthorizationCode.objects.get()
    assert code not in f"{kept.digest} {kept.sealed} {kept}"
    portal.exchange(code)
    assert AuthorizationCode.objects.get().sealed == ""


def test_it_never_gives_a_lower_acr_than_was_asked(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask(acr_values=AssuranceLevel.SUBSTANTIAL.uri)
    portal.log_in(bram, level=AssuranceLevel.HIGH)
    code = answer_in(portal.choose(address, None))["code"]
    assert read(portal.exchange(code).json()["id_token"])["acr"] == AssuranceLevel.HIGH.uri


def test_it_says_that_it_cannot_sign_without_a_key(portal: RelyingParty, bram: Party) -> None:
    code = portal.code(bram)
    SigningKey.objects.all().delete()
    assert error_of(portal, code) == (503, "temporarily_unavailable")
