"""Registering portals."""

from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from namens.journal.models import JournalEntry
from namens.services.actions import PortalTerms, approve_portal, propose_portal
from namens.services.actions.portals import secret_digests
from namens.services.models import Portal, Service, Status
from namens.services.profiles import Authentication, Profile
from namens.services.refusals import ServiceReason, ServiceRefused
from tests.people import NOW, PUBLIC_KEY, portal, portal_terms

pytestmark = pytest.mark.usefixtures("catalogue")
SECRET = "s" * 32
COMPAT: dict[str, Any] = {
    "profile": Profile.COMPAT,
    "authentication": Authentication.SECRET,
    "secret": SECRET,
    "jwks": {},
}


def changed(**changes: Any) -> PortalTerms:  # noqa: ANN401 - any field
    return replace(portal_terms(), **changes)


def refusal(terms: PortalTerms) -> ServiceReason:
    with pytest.raises(ServiceRefused) as refused:
        propose_portal(terms=terms, by="olga", now=NOW)
    assert not Portal.objects.exists()
    return refused.value.reason


def test_it_keeps_the_terms() -> None:
    made = propose_portal(terms=portal_terms("samen", "mijn-toeslagen", "inkomstenbelasting"), by="olga", now=NOW)
    kept = Portal.objects.get(id=made.id)
    assert (kept.status, kept.client_id, kept.jwks) == (Status.PROPOSED, "samen", {"keys": [PUBLIC_KEY]})
    assert len(kept.service_ids()) == 2


def test_it_is_open_after_the_second_operator() -> None:
    assert portal().status == Status.APPROVED


def test_it_refuses_the_operator_who_proposed_it() -> None:
    propose_portal(terms=portal_terms(), by="olga", now=NOW)
    with pytest.raises(ServiceRefused, match=ServiceReason.SECOND_OPERATOR):
        approve_portal(client_id="mijn-toeslagen-portaal", by="olga", now=NOW)
    assert Portal.objects.get().status == Status.PROPOSED


@pytest.mark.parametrize("client_id", ["mijn-toeslagen-portaal", "onbekend"])
def test_it_refuses_to_approve_what_is_not_proposed(client_id: str) -> None:
    portal()
    with pytest.raises(ServiceRefused, match=ServiceReason.NOT_PROPOSED):
        approve_portal(client_id=client_id, by="otto", now=NOW)


def test_it_refuses_a_client_id_that_is_taken() -> None:
    portal()
    with pytest.raises(ServiceRefused, match=ServiceReason.CLIENT_ID_TAKEN):
        propose_portal(terms=portal_terms(), by="olga", now=NOW)
    assert Portal.objects.count() == 1


@pytest.mark.parametrize("keys", [("onbekend",), ("mijn-toeslagen", "onbekend")])
def test_it_refuses_a_service_that_is_not_in_the_catalogue(keys: tuple[str, ...]) -> None:
    assert refusal(changed(services=keys)) is ServiceReason.UNKNOWN_SERVICE


def test_it_refuses_a_portal_without_services() -> None:
    assert refusal(changed(services=())) is ServiceReason.UNKNOWN_SERVICE


def test_it_refuses_a_service_that_was_taken_out() -> None:
    Service.objects.filter(key="mijn-toeslagen").update(active=False)
    assert refusal(portal_terms()) is ServiceReason.UNKNOWN_SERVICE


WRONG_ADDRESSES = [
    "http://portaal.example/terug",
    "https://portaal.example/terug#deel",
    "https://*.example/terug",
    "https://",
    "//portaal.example/terug",
    "javascript:alert(1)",
    "https://portaal.example/te rug",
    "https://portaal.example/terug\n",
    "https://portaal.example\\@kwaad.example/",
    "https://gebruiker:geheim@portaal.example/terug",
    "https://[onzin/terug",
    "https://portaal.example/" + "x" * 500,
    "http://localhost.kwaad.example/terug",
    "http://127.0.0.1.kwaad.example/",
    "https://p\u043ertaal.example/terug",
]


@pytest.mark.parametrize("address", WRONG_ADDRESSES)
def test_it_refuses_a_redirect_address_that_is_not_plain(address: str) -> None:
    assert refusal(changed(redirect_uris=(address,))) is ServiceReason.REDIRECT_URI_WRONG


@pytest.mark.parametrize("query", ["code=x", "taal=nl&iss=https://attacker.example", "state", "%63ode=x", "error="])
def test_it_refuses_an_address_that_brings_an_answer_already(query: str) -> None:
    address = f"https://portaal.example/terug?{query}"
    assert refusal(changed(redirect_uris=(address,))) is ServiceReason.REDIRECT_URI_WRONG
    assert refusal(changed(post_logout_redirect_uris=(address,))) is ServiceReason.REDIRECT_URI_WRONG


IMPOSSIBLE = [
    "https://a..nl/x",
    "https://.a.nl/x",
    "https://a.nl./x",
    f"https://{'a' * 64}.nl/x",
    f"https://{'.'.join(['a' * 63] * 4)}.nl/x",
    "https://-a.nl/x",
    "https://a-.nl/x",
    "https://a_b.nl/x",
    "https://a%2enl/x",
    "https://a.nl:99999/x",
    "https://a.nl:abc/x",
    "https://a.nl:/x",
    "https://a.nl:0/x",
    "https://a.nl:-1/x",
    "https://[::1/x",
    "https://[v1.x]/x",
    "https://[fe80::1%25eth0]/x",
]


@pytest.mark.parametrize("address", IMPOSSIBLE)
def test_it_refuses_an_address_that_nothing_can_be_sent_to(address: str) -> None:
    assert refusal(changed(back_channel_logout_uri=address)) is ServiceReason.REDIRECT_URI_WRONG
    assert refusal(changed(redirect_uris=(address,))) is ServiceReason.REDIRECT_URI_WRONG


@pytest.mark.parametrize(
    "address",
    [
        "https://a.nl",
        "https://Portaal-1.Example.NL:8443/uit?bron=namens",
        f"https://{'a' * 63}.nl/x",
        "https://xn--hllo-bpa.nl/x",
        "https://192.0.2.7/x",
        "https://[2001:db8::7]/x",
        "https://[2001:db8::7]:8443/x",
        "https://intern/x",
    ],
)
def test_it_takes_an_address_that_can_be(address: str) -> None:
    portal = propose_portal(terms=changed(back_channel_logout_uri=address), by="olga", now=NOW)
    assert portal.back_channel_logout_uri == address


@pytest.mark.parametrize("field", ["post_logout_redirect_uris", "back_channel_logout_uri"])
def test_it_looks_at_every_address(field: str) -> None:
    address = "http://portaal.example/uit"
    value = address if field == "back_channel_logout_uri" else (address,)
    assert refusal(changed(**{field: value})) is ServiceReason.REDIRECT_URI_WRONG


def test_it_refuses_a_portal_without_a_way_back() -> None:
    assert refusal(changed(redirect_uris=())) is ServiceReason.REDIRECT_URI_WRONG


def test_it_takes_this_machine_for_practice() -> None:
    terms = changed(redirect_uris=("http://localhost:8003/inloggen/terug", "http://127.0.0.1:8003/terug"))
    assert propose_portal(terms=terms, by="olga", now=NOW).redirect_uris[0] == "http://localhost:8003/inloggen/terug"


@pytest.mark.parametrize("field", ["redirect_uris", "post_logout_redirect_uris", "back_channel_logout_uri"])
@pytest.mark.parametrize("address", ["http://localhost:8003/terug", "http://127.0.0.1:8003/terug"])
def test_it_takes_this_machine_in_practice_only(settings: Settings, field: str, address: str) -> None:
    settings.IS_PRACTICE = False
    value = address if field == "back_channel_logout_uri" else (address,)
    assert refusal(changed(**{field: value})) is ServiceReason.REDIRECT_URI_WRONG


@pytest.mark.parametrize(
    "jwks",
    [
        {},
        {"keys": []},
        {"keys": "x"},
        {"keys": ["x"]},
        {"keys": [{"kty": "oct", "k": "AAAA"}]},
        {"keys": [{**PUBLIC_KEY, "d": "AAAA"}]},
        {"keys": [PUBLIC_KEY, {"kty": "oct", "k": "AAAA"}]},
    ],
)
def test_it_wants_public_keys_only(jwks: dict[str, Any]) -> None:
    assert refusal(changed(jwks=jwks)) is ServiceReason.CREDENTIAL_WRONG


@pytest.mark.parametrize(
    "act",
    [
        {"key": "", "name": "Inkomen"},
        {"key": "Inkomen", "name": "Inkomen"},
        {"key": "inkomen wijzigen", "name": "Inkomen"},
        {"key": "inkomen\n", "name": "Inkomen"},
        {"key": "-inkomen", "name": "Inkomen"},
        {"key": "i" * 61, "name": "Inkomen"},
        {"key": "inkomen", "name": ""},
        {"key": "inkomen", "name": "x" * 65},
        {"key": "inkomen", "name": "In\nkomen"},
    ],
)
def test_it_refuses_an_act_that_nobody_could_read(act: dict[str, str]) -> None:
    assert refusal(changed(acts=(act,))) is ServiceReason.ACT_WRONG


@pytest.mark.parametrize("subject", ["", "portaal", "CN=portaal, O=x", "CN", "=x", "XX=portaal", "CN=a,,C=NL"])
def test_it_wants_a_subject_that_can_be_read(subject: str) -> None:
    by_authority = changed(authentication=Authentication.AUTHORITY_CERTIFICATE, certificate_subject=subject)
    assert refusal(by_authority) is ServiceReason.CREDENTIAL_WRONG
    propose_portal(terms=replace(by_authority, certificate_subject="CN=portaal,C=NL"), by="olga", now=NOW)


def test_it_wants_the_certificate_itself_of_who_shows_its_own() -> None:
    own = changed(authentication=Authentication.OWN_CERTIFICATE)
    assert refusal(own) is ServiceReason.CREDENTIAL_WRONG
    propose_portal(terms=replace(own, jwks={"keys": [{**PUBLIC_KEY, "x5c": ["AA=="]}]}), by="olga", now=NOW)


def test_it_refuses_a_secret_outside_compat() -> None:
    assert refusal(changed(secret=SECRET)) is ServiceReason.SECRET_NOT_ALLOWED


def test_it_refuses_a_short_secret() -> None:
    assert refusal(changed(**COMPAT | {"secret": "s" * 31})) is ServiceReason.CREDENTIAL_WRONG


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("algorithm", ["none", "HS256", "EdDSA"])
def test_it_refuses_an_algorithm_that_the_profile_has_not(profile: Profile, algorithm: str) -> None:
    terms = changed(**COMPAT, id_token_algorithm=algorithm) if profile is Profile.COMPAT else portal_terms()
    assert refusal(replace(terms, id_token_algorithm=algorithm)) is ServiceReason.CREDENTIAL_WRONG


def test_it_keeps_a_secret_as_a_digest_only() -> None:
    made = propose_portal(terms=changed(**COMPAT), by="olga", now=NOW)
    assert made.secret_digest in secret_digests(SECRET)
    assert SECRET not in f"{made.secret_digest} {changed(**COMPAT)}"


def test_it_gives_a_bsn_to_compat_portals_only() -> None:
    assert refusal(changed(bsn_legal_basis="Awir 1")) is ServiceReason.PLAIN_BSN_NEEDS_COMPAT


def test_it_gives_no_bsn_without_a_legal_basis() -> None:
    assert not propose_portal(terms=changed(**COMPAT), by="olga", now=NOW).may_receive_bsn


def test_it_gives_a_bsn_with_a_legal_basis() -> None:
    terms = changed(**COMPAT, bsn_legal_basis="Awir artikel 1")
    assert propose_portal(terms=terms, by="olga", now=NOW).may_receive_bsn


def test_it_writes_who_proposed_and_who_approved() -> None:
    made = portal()
    entries = JournalEntry.objects.filter(portal=made.id).order_by("id")
    assert [entry.details["operator"] for entry in entries] == ["olga", "otto"]
