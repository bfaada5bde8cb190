"""A portal shows a certificate through a proxy of ours; from anybody else a header says nothing."""

import ipaddress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from namens.grants import certificates
from namens.grants.certificates import BadCertificate
from namens.grants.clients import ByCertificate, authenticate
from namens.grants.refusals import ClientRefused
from namens.parties.models import Party
from namens.services.models import Portal
from namens.services.profiles import Authentication, Binding, Profile
from tests.openid.certifying import CLIENTS, SERVERS, SUBJECT, Made, Wanted, between, elsewhere, made, root
from tests.openid.relying import Answer, RelyingParty, key, read, registered, terms_of
from tests.people import NOW

MINE = made()
PROXY = "10.1.2.3"


@pytest.fixture(autouse=True)
def proxy(settings: Settings, tmp_path: Path) -> None:
    """Have a proxy that vouches for certificates, and an authority that gives them."""
    settings.CLIENT_CERTIFICATE_PROXIES = [ipaddress.ip_network("10.1.2.0/30"), ipaddress.ip_network("fd00::7")]
    settings.CLIENT_CERTIFICATE_ROOTS = tmp_path / "roots.pem"
    settings.CLIENT_CERTIFICATE_ROOTS.write_text(root().pem, encoding="utf-8")


def keys_with(certificate: Made) -> dict[str, object]:
    written = certificate.header.strip(":")
    return {"keys": [key("EC", 5).as_dict(private=False), {**key().as_dict(private=False), "x5c": [written]}]}


@pytest.fixture
def own(catalogue: None, signing_keys: None) -> RelyingParty:  # noqa: ARG001 - asked for their effect
    """A portal that registered its own certificate, and whose tokens are bound to it."""
    terms = replace(
        terms_of("eigen"),
        authentication=Authentication.OWN_CERTIFICATE,
        token_binding=Binding.CERTIFICATE,
        jwks=keys_with(MINE),
    )
    return registered(terms)


@pytest.fixture
def given(catalogue: None, signing_keys: None) -> RelyingParty:  # noqa: ARG001 - asked for their effect
    """A portal that shows a certificate of an authority."""
    terms = replace(
        terms_of("gekregen"), authentication=Authentication.AUTHORITY_CERTIFICATE, certificate_subject=SUBJECT
    )
    return registered(terms)


def send(portal: RelyingParty, code: str, *, header: str = "", chain: str = "", address: str = PROXY) -> Answer:
    """Redeem a code with a certificate and nothing else."""
    form = portal.form(code, client_assertion=None, client_assertion_type=None, client_id=portal.portal.client_id)
    headers = {name: value for name, value in {"ClientCert": header, "ClientCertChain": chain}.items() if value}
    return Client(REMOTE_ADDR=address).post("/openid/token", form, headers=headers)


def is_refused(response: Answer) -> bool:
    return (response.status_code, response.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("address", ["10.1.2.3", "::ffff:10.1.2.3", "fd00::7"])
@pytest.mark.parametrize("header", [MINE.header, MINE.escaped, MINE.in_spaces], ids=["rfc9440", "nginx", "apache"])
def test_it_believes_a_proxy_of_ours(own: RelyingParty, bram: Party, address: str, header: str) -> None:
    assert send(own, own.code(bram), header=header, address=address).status_code == 200


@pytest.mark.parametrize("address", ["10.1.2.4", "127.0.0.1", "fd00::8", "::ffff:10.1.2.4", "", "unix:", "10.1.2.3, x"])
def test_it_believes_nobody_else(own: RelyingParty, bram: Party, address: str) -> None:
    assert is_refused(send(own, own.code(bram), header=MINE.header, address=address))


def test_it_believes_nobody_as_long_as_no_proxy_is_named(own: RelyingParty, bram: Party, settings: Settings) -> None:
    settings.CLIENT_CERTIFICATE_PROXIES = []
    assert is_refused(send(own, own.code(bram), header=MINE.header))


@pytest.mark.parametrize(
    "header",
    [
        "",
        "(null)",
        "x",
        "::",
        ":AAAA:",
        ":!!!!:",
        f"{MINE.header},{MINE.header}",
        MINE.header.strip(":"),
        f":{MINE.header.strip(':')}AAAA:",
        f"{MINE.pem}{made().pem}",
        "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----",
        ":" + "A" * 20_000 + ":",
        "é",
    ],
    ids=str.split(
        "nothing null letter colons zeros no-base64 two no-colons more two-pems empty-pem far-too-long no-ascii"
    ),
)
def test_it_survives_what_is_no_certificate(own: RelyingParty, bram: Party, header: str) -> None:
    assert is_refused(send(own, own.code(bram), header=header))


def test_it_looks_for_nobody_by_a_certificate_alone(own: RelyingParty, bram: Party) -> None:
    """RFC 8705 2: `client_id` says whose certificate it has to be."""
    form = own.form(own.code(bram), client_assertion=None, client_assertion_type=None)
    for named in ({}, {"client_id": "another"}):
        answer = Client(REMOTE_ADDR=PROXY).post("/openid/token", {**form, **named}, headers={"ClientCert": MINE.header})
        assert is_refused(answer)


def test_it_refuses_a_certificate_that_is_not_registered(own: RelyingParty, bram: Party) -> None:
    assert is_refused(send(own, own.code(bram), header=made().header))


def test_it_refuses_the_same_key_in_another_certificate(own: RelyingParty, bram: Party) -> None:
    Portal.objects.update(jwks={"keys": [key().as_dict(private=False)]})
    assert is_refused(send(own, own.code(bram), header=MINE.header))


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("days", [-2, 31])
def test_it_refuses_an_own_certificate_outside_its_time(days: int) -> None:
    shown = ByCertificate(client_id="eigen", certificate=certificates.read(MINE.header))
    assert authenticate(shown, endpoint="", now=NOW).portal.client_id == "eigen"
    with pytest.raises(ClientRefused, match="wrong-certificate"):
        authenticate(shown, endpoint="", now=NOW + timedelta(days=days))


def test_it_refuses_the_certificate_of_another_portal(own: RelyingParty, bram: Party) -> None:
    other = made()
    registered(replace(terms_of("ander"), authentication=Authentication.OWN_CERTIFICATE, jwks=keys_with(other)))
    assert is_refused(send(own, own.code(bram), header=other.header))


def test_it_refuses_a_certificate_of_who_proves_itself_in_another_way(portal: RelyingParty, bram: Party) -> None:
    Portal.objects.update(jwks=keys_with(MINE))
    assert is_refused(send(portal, portal.code(bram), header=MINE.header))


def test_it_refuses_an_assertion_of_who_shows_a_certificate(own: RelyingParty, bram: Party) -> None:
    assert is_refused(own.exchange(own.code(bram)))


@pytest.mark.parametrize("usage", [None, (CLIENTS, SERVERS)], ids=["any", "both"])
def test_it_accepts_what_an_authority_gave(given: RelyingParty, bram: Party, usage: None) -> None:
    theirs = made(replace(Wanted(), usage=usage), by=between())
    answer = send(given, given.code(bram), header=theirs.header, chain=between().header)
    assert answer.status_code == 200
    assert answer.json()["token_type"] == "Bearer"
    assert "cnf" not in read(answer.json()["access_token"])


@pytest.mark.parametrize(
    ("wanted", "giver"),
    [
        (Wanted(subject="CN=portaal.example,O=Gemeente,C=NL"), between),
        (Wanted(subject="C=NL,O=Gemeente,serialNumber=00000001234567890000,CN=portaal.example"), between),
        (Wanted(subject=SUBJECT.replace("0000,", "0001,")), between),
        (Wanted(usage=(SERVERS,)), between),
        (Wanted(authority=True), between),
        (Wanted(signs=False), between),
        (Wanted(ends=NOW - timedelta(seconds=1)), between),
        (Wanted(begins=NOW + timedelta(seconds=1)), between),
        (Wanted(), elsewhere),
        (Wanted(), lambda: None),
        (Wanted(), lambda: made(by=between())),
    ],
    ids=[
        "short",
        "reversed",
        "other",
        "servers",
        "authority",
        "agreement",
        "late",
        "early",
        "unknown",
        "itself",
        "portal",
    ],
)
def test_it_refuses_what_no_authority_gave_to_this_portal(
    given: RelyingParty, bram: Party, wanted: Wanted, giver: object
) -> None:
    assert callable(giver)
    by = giver()
    theirs = made(wanted, by=by)
    chain = ", ".join(one.header for one in (by, between()) if one is not None)
    assert is_refused(send(given, given.code(bram), header=theirs.header, chain=chain))


def test_it_refuses_everybody_when_no_authority_is_known(
    given: RelyingParty, bram: Party, settings: Settings, tmp_path: Path
) -> None:
    theirs = made(by=root())
    assert send(given, given.code(bram), header=theirs.header).status_code == 200
    for name in ("nothing.pem", "empty.pem"):
        settings.CLIENT_CERTIFICATE_ROOTS = tmp_path / name
        (tmp_path / "empty.pem").write_text("", encoding="utf-8")
        assert is_refused(send(given, given.code(bram), header=theirs.header))


def test_it_reads_a_chain_or_nothing() -> None:
    assert len(certificates.read(MINE.header, chain=f"{root().header}, {between().header}").chain) == 2
    with pytest.raises(BadCertificate):
        certificates.read(MINE.header, chain=f"{root().header}, x")


def bound_token(own: RelyingParty, bram: Party) -> str:
    return str(send(own, own.code(bram), header=MINE.header).json()["access_token"])


def userinfo(token: str, *, header: str = "", address: str = PROXY, scheme: str = "Bearer") -> Answer:
    headers = {"Authorization": f"{scheme} {token}", **({"ClientCert": header} if header else {})}
    return Client(REMOTE_ADDR=address).get("/openid/userinfo", headers=headers)


def test_it_binds_tokens_to_the_certificate(own: RelyingParty, bram: Party) -> None:
    token = bound_token(own, bram)
    assert read(token)["cnf"] == {"x5t#S256": certificates.read(MINE.header).thumbprint}
    assert userinfo(token, header=MINE.header).status_code == 200


def test_it_says_at_introspection_what_a_token_is_bound_to(own: RelyingParty, bram: Party) -> None:
    """RFC 8705 3.2."""
    token = bound_token(own, bram)
    asked = {"client_id": "eigen", "token": token}
    client = Client(REMOTE_ADDR=PROXY)
    said = client.post("/openid/introspect", asked, headers={"ClientCert": MINE.header}).json()
    assert (said["active"], said["cnf"]) == (True, read(token)["cnf"])


@pytest.mark.parametrize(
    ("header", "address", "scheme"),
    [
        ("", PROXY, "Bearer"),
        (made().header, PROXY, "Bearer"),
        (MINE.header, "127.0.0.1", "Bearer"),
        (MINE.header, PROXY, "DPoP"),
    ],
    ids=["none", "another", "not through the proxy", "another scheme"],
)
def test_it_refuses_a_stolen_token_without_the_certificate(
    own: RelyingParty, bram: Party, header: str, address: str, scheme: str
) -> None:
    answer = userinfo(bound_token(own, bram), header=header, address=address, scheme=scheme)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_token")


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_binds_to_a_certificate_beside_an_assertion(bram: Party) -> None:
    portal = registered(replace(terms_of("beide"), token_binding=Binding.CERTIFICATE))
    form = portal.form(portal.code(bram))
    refused = Client(REMOTE_ADDR=PROXY).post("/openid/token", form)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_request")
    answer = Client(REMOTE_ADDR=PROXY).post(
        "/openid/token", portal.form(form["code"]), headers={"ClientCert": MINE.header}
    )
    assert answer.status_code == 200
    assert read(answer.json()["access_token"])["cnf"].keys() == {"x5t#S256"}


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_gives_a_fapi_portal_nothing_without_a_certificate() -> None:
    terms = replace(
        terms_of("streng"), profile=Profile.FAPI, token_binding=Binding.CERTIFICATE, id_token_algorithm="PS256"
    )
    answer = registered(terms).exchange("x")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_it_says_in_discovery_that_it_takes_certificates(own: RelyingParty, settings: Settings) -> None:
    methods = {"tls_client_auth", "self_signed_tls_client_auth"}
    with_proxy = own.browser.get("/.well-known/openid-configuration").json()
    assert methods <= set(with_proxy["token_endpoint_auth_methods_supported"])
    assert with_proxy["tls_client_certificate_bound_access_tokens"] is True
    settings.CLIENT_CERTIFICATE_PROXIES = []
    without = own.browser.get("/.well-known/openid-configuration").json()
    assert not methods & set(without["token_endpoint_auth_methods_supported"])
    assert without["tls_client_certificate_bound_access_tokens"] is False
