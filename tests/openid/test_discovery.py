"""The discovery document and the keys say what is true."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from namens.grants.models import SigningKey
from namens.lib import clock
from tests.openid.relying import RelyingParty
from tests.people import NOW

WEEK = 7 * 24 * 60 * 60


@pytest.mark.parametrize("name", ["openid-configuration", "oauth-authorization-server"])
def test_it_says_what_nl_gov_asks_for(portal: RelyingParty, name: str) -> None:
    document = portal.browser.get(f"/.well-known/{name}").json()
    assert document["issuer"] == "http://localhost:8000"
    assert document["response_types_supported"] == ["code"]
    assert document["grant_types_supported"] == ["authorization_code", "refresh_token", "client_credentials"]
    assert document["subject_types_supported"] == ["pairwise"]
    assert document["code_challenge_methods_supported"] == ["S256"]
    assert "represents" in document["claims_supported"]
    assert "urn:uuid:6f1d2a8e-4b0c-4f0e-9a53-1c7d5e2b9a01" in document["scopes_supported"]
    assert document["authorization_response_iss_parameter_supported"] is True
    assert document["dpop_signing_alg_values_supported"] == ["RS256", "PS256", "ES256"]


def test_it_has_every_name_that_nl_gov_requires(portal: RelyingParty) -> None:
    """NL GOV OIDC 5.4.2."""
    document = portal.browser.get("/.well-known/openid-configuration").json()
    endpoints = {f"{name}_endpoint" for name in ("authorization", "token", "userinfo", "introspection", "revocation")}
    kinds = {"scopes", "response_types", "grant_types", "claims", "subject_types", "acr_values", "sub_id_types"}
    algorithms = {"token_endpoint_auth_methods", "id_token_signing_alg_values", "userinfo_signing_alg_values"}
    assert {"issuer", "jwks_uri", *endpoints} <= document.keys()
    assert {f"{name}_supported" for name in kinds | algorithms} <= document.keys()
    assert document["sub_id_types_supported"] == ["urn:nl-eid-gdi:1.0:id:Pseudonym"]
    assert {"sub", "sub_id_type", "represents", "alt_sub"} <= set(document["claims_supported"])


def test_it_says_that_it_tells_portals_of_a_logout(portal: RelyingParty) -> None:
    document = portal.browser.get("/.well-known/openid-configuration").json()
    assert document["backchannel_logout_supported"] is document["backchannel_logout_session_supported"] is True


def test_it_names_no_address_that_is_not_there(portal: RelyingParty) -> None:
    document = portal.browser.get("/.well-known/openid-configuration").json()
    addresses = [value for name, value in document.items() if name.endswith(("_endpoint", "_uri"))]
    assert len(addresses) == 8
    for address in addresses:
        try:
            resolve(address.removeprefix("http://localhost:8000"))
        except Resolver404:
            pytest.fail(address)


def test_it_takes_what_it_says_that_a_portal_may_ask(portal: RelyingParty) -> None:
    document = portal.browser.get("/.well-known/openid-configuration").json()
    asked = [{"acr_values": uri} for uri in document["acr_values_supported"]]
    asked += [{"prompt": prompt} for prompt in document["prompt_values_supported"] if prompt != "none"]
    scopes = set(document["scopes_supported"]) & set(portal.scope.split()) - {"openid"}
    asked += [{"scope": f"openid {scope}"} for scope in scopes]
    assert len(scopes) == 2
    for changes in asked:
        assert portal.push(**changes).status_code == 201, changes
    assert portal.push(prompt="none").json()["error"] == "login_required"


def test_it_says_which_ways_of_asking_it_takes(portal: RelyingParty) -> None:
    document = portal.browser.get("/.well-known/openid-configuration").json()
    assert document["pushed_authorization_request_endpoint"] == "http://localhost:8000/openid/par"
    taken = {name: document[f"{name}_supported"] for name in ("claims_parameter", "request_parameter")}
    assert taken == {"claims_parameter": True, "request_parameter": True}
    assert (document["request_uri_parameter_supported"], document["require_pushed_authorization_requests"]) == (
        False,
        False,
    )
    assert document["request_object_signing_alg_values_supported"] == ["RS256", "PS256", "ES256"]
    assert not {"require_signed_request_object", "registration_endpoint"} & document.keys()


def test_it_lets_no_page_of_another_site_read_it(portal: RelyingParty) -> None:
    """NL GOV OIDC 5: no wildcard for other origins; portals read it from their own machines."""
    answer = portal.browser.get("/.well-known/openid-configuration", headers={"Origin": "https://portal.example"})
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/openid/jwks"])
def test_it_may_be_kept_for_a_week(portal: RelyingParty, path: str) -> None:
    assert portal.browser.get(path)["Cache-Control"] == f"public, max-age={WEEK}"
    assert portal.browser.post(path).status_code == 405


def test_it_gives_public_keys_with_all_that_stock_clients_need(portal: RelyingParty) -> None:
    keys = portal.browser.get("/openid/jwks").json()["keys"]
    assert {key["alg"] for key in keys} == {"RS256", "PS256", "ES256"}
    assert all({"kid", "kty", "use"} <= key.keys() for key in keys)
    assert not any({"d", "p", "q", "dp", "dq", "qi"} & key.keys() for key in keys)


def test_it_shows_the_next_key_before_it_is_used(portal: RelyingParty) -> None:
    SigningKey.objects.filter(algorithm="ES256").update(active_from=NOW + timedelta(days=8))
    assert len(Client().get("/openid/jwks").json()["keys"]) == 3
    assert portal.portal.id_token_algorithm == "RS256"


def test_it_shows_a_retired_key_for_a_day(portal: RelyingParty) -> None:
    SigningKey.objects.filter(algorithm="ES256").update(retired_at=NOW)
    for hours, shown in ((23, 3), (24, 2)):
        with clock.frozen(NOW + timedelta(hours=hours)):
            assert len(portal.browser.get("/openid/jwks").json()["keys"]) == shown


@pytest.mark.django_db
def test_it_says_how_it_encrypts_and_signs_userinfo() -> None:
    """NL GOV OIDC 5.4.2 and 7.2.1: nothing weaker than RSA-OAEP and A256GCM. A token with `none` is never given."""
    document = Client().get("/.well-known/openid-configuration").json()
    for place in ("id_token", "userinfo"):
        assert document[f"{place}_encryption_alg_values_supported"] == ["RSA-OAEP", "RSA-OAEP-256", "ECDH-ES+A256KW"]
        assert document[f"{place}_encryption_enc_values_supported"] == ["A256GCM"]
    assert document["userinfo_signing_alg_values_supported"] == ["RS256", "PS256", "ES256"]
