"""A strict portal that shows a certificate: its machine and its refresh token are held by it."""

import ipaddress
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from namens.grants import machine_tokens
from namens.grants.signing import NotOurs
from namens.parties.models import Party
from namens.services.profiles import Authentication, Binding
from tests.openid.certifying import made
from tests.openid.relying import VERIFIER, Answer, Changes, RelyingParty, answer_in, fapi_terms, key, read, registered
from tests.openid.renewing import DECISIONS, has_error
from tests.people import NOW

MINE, OTHER = made(), made()
PROXY = "10.1.2.3"
DOOR = "http://localhost:8000/access/v1"


@pytest.fixture(autouse=True)
def proxy(settings: Settings, tmp_path: Path) -> None:
    """Have a proxy that vouches for certificates."""
    settings.CLIENT_CERTIFICATE_PROXIES = [ipaddress.ip_network("10.1.2.0/30")]
    settings.CLIENT_CERTIFICATE_ROOTS = tmp_path / "none.pem"


@pytest.fixture
def certified(catalogue: None, signing_keys: None) -> RelyingParty:  # noqa: ARG001 - asked for their effect
    """A `fapi` portal that registered its own certificate; its logins go on, and its machine asks for decisions."""
    terms = replace(
        fapi_terms("streng"),
        authentication=Authentication.OWN_CERTIFICATE,
        token_binding=Binding.CERTIFICATE,
        jwks={"keys": [{**key().as_dict(private=False), "x5c": [MINE.header.strip(":")]}]},
        refresh_tokens=True,
        machine_scopes=(DECISIONS,),
    )
    return registered(terms)


def call(portal: RelyingParty, where: str, *, header: str = MINE.header, **asked: Changes) -> Answer:
    """Send these parameters from the portal's own machine, through the proxy."""
    sent = {name: value for name, value in {"client_id": portal.portal.client_id, **asked}.items() if value is not None}
    return Client(REMOTE_ADDR=PROXY).post(f"/openid/{where}", sent, headers={"ClientCert": header} if header else {})


def logged_in(portal: RelyingParty, party: Party) -> dict[str, str]:
    """Do a whole login with nothing but the certificate, and give what the token endpoint answers."""
    pushed = call(portal, "par", **portal.question()).json()["request_uri"]
    portal.come(pushed)
    portal.log_in(party)
    code = answer_in(portal.choose(portal.asked_at, None))["code"]
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": portal.redirect_uri}
    return dict(call(portal, "token", **asked, code_verifier=VERIFIER).json())


def machine(portal: RelyingParty, *, header: str = MINE.header) -> Answer:
    return call(portal, "token", header=header, grant_type="client_credentials", scope=DECISIONS)


def test_it_binds_the_token_of_its_machine(certified: RelyingParty) -> None:
    token = machine(certified).json()["access_token"]
    thumbprint = read(token)["cnf"]["x5t#S256"]
    assert machine_tokens.check(token, audience=DOOR, certificate=thumbprint, now=NOW).portal == "streng"
    for stolen in ("", "x" * len(thumbprint), "é"):
        with pytest.raises(NotOurs):
            machine_tokens.check(token, audience=DOOR, certificate=stolen, now=NOW)


@pytest.mark.parametrize("header", ["", OTHER.header], ids=["none", "another"])
def test_it_gives_nothing_to_who_shows_no_certificate_of_the_portal(
    certified: RelyingParty, dirk: Party, header: str
) -> None:
    tokens = logged_in(certified, dirk)
    assert has_error(machine(certified, header=header), "invalid_client", status=401)
    for where, asked in (
        ("token", {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}),
        ("introspect", {"token": tokens["access_token"]}),
        ("revoke", {"token": tokens["refresh_token"]}),
    ):
        assert has_error(call(certified, where, header=header, **asked), "invalid_client", status=401)


def test_it_goes_on_with_the_same_token_and_bound_ones(certified: RelyingParty, bram: Party) -> None:
    first = logged_in(certified, bram)
    second = call(certified, "token", grant_type="refresh_token", refresh_token=first["refresh_token"]).json()
    assert second["refresh_token"] == first["refresh_token"]
    assert read(second["access_token"])["cnf"] == read(first["access_token"])["cnf"]
    assert call(certified, "introspect", token=second["access_token"]).json()["cnf"].keys() == {"x5t#S256"}
    assert call(certified, "revoke", token=second["access_token"]).status_code == 200
    assert call(certified, "introspect", token=first["refresh_token"]).json() == {"active": False}
