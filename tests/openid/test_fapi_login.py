"""A whole login by FAPI 2.0: pushed, answered, redeemed and gone on with, each time with the key of the portal."""

from dataclasses import replace

import pytest

from namens.grants.models import RefreshToken
from namens.parties.models import Party
from tests.openid.proving import proof
from tests.openid.relying import RelyingParty, answer_in, fapi_terms, header_of, key, read, registered
from tests.openid.renewing import form, has_error, refresh
from tests.people import active


@pytest.fixture
def enduring(catalogue: None, signing_keys: None) -> RelyingParty:  # noqa: ARG001 - asked for their effect
    """A portal of the `fapi` profile whose logins go on."""
    return registered(replace(fapi_terms("streng-en-lang"), refresh_tokens=True))


def code(portal: RelyingParty, party: Party, *, whom: Party | None = None) -> str:
    portal.come(portal.pushed())
    portal.log_in(party)
    return answer_in(portal.choose(portal.asked_at, whom))["code"]


def test_it_says_who_acts_for_whom_with_tokens_that_are_bound(strict: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    tokens = strict.exchange(code(strict, bram, whom=anna)).json()
    assert tokens["token_type"] == "DPoP"
    assert {header_of(tokens[name])["alg"] for name in ("id_token", "access_token")} == {"PS256"}
    assert read(tokens["access_token"])["cnf"] == {"jkt": key("EC", 9).thumbprint()}
    told = strict.userinfo(tokens["access_token"]).json()
    assert told["represents"] == read(tokens["id_token"])["represents"]


def test_it_keeps_dirk_and_everybody_without_the_key_out(strict: RelyingParty, dirk: Party) -> None:
    form = strict.form(code(strict, dirk))
    for made in ("", proof(key("EC", 8), address="https://evil.example/openid/token")):
        assert strict.send(form, proof=made).json()["error"] == "invalid_dpop_proof"


def test_it_gives_the_same_refresh_token_as_often_as_it_is_used(enduring: RelyingParty, bram: Party) -> None:
    """FAPI 2.0 5.3.2.1: no rotation, so that an answer which got lost costs nobody the login."""
    first = enduring.exchange(code(enduring, bram)).json()["refresh_token"]
    for _ in range(3):
        answer = refresh(enduring, first)
        assert answer.status_code == 200
        assert answer.json()["refresh_token"] == first
        assert answer.json()["token_type"] == "DPoP"
    assert RefreshToken.objects.count() == 1


def test_it_goes_on_for_nobody_without_a_key(enduring: RelyingParty, bram: Party) -> None:
    token = enduring.exchange(code(enduring, bram)).json()["refresh_token"]
    asked = form(enduring, grant_type="refresh_token", refresh_token=token)
    assert has_error(enduring.send(asked, proof=""), "invalid_dpop_proof")
    assert refresh(enduring, token).status_code == 200
