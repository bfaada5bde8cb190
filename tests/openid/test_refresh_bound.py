"""A refresh token helps nobody to more than its login was bound to: a key, a certificate, a visit."""

from dataclasses import replace
from datetime import timedelta

import pytest

from namens.grants import actions
from namens.grants.clients import Proven
from namens.grants.confirmation import Confirmation
from namens.grants.models import Family, RefreshToken
from namens.grants.refusals import GrantReason, GrantRefusal
from namens.lib import clock
from namens.parties.models import Party
from namens.services.profiles import Binding
from namens.signin.models import Visit
from tests.openid.proving import proof
from tests.openid.relying import RelyingParty, fapi_terms, key, read, registered
from tests.openid.renewing import DECISIONS, has_error, introspect, lasting_terms, machine_token, refresh
from tests.openid.test_visit import IDLE, tokens
from tests.people import NOW

OTHER = key("EC", 8)
pytestmark = pytest.mark.usefixtures("catalogue", "signing_keys")


@pytest.fixture
def held(catalogue: None, signing_keys: None) -> RelyingParty:  # noqa: ARG001 - asked for their effect
    """A portal of the `nlgov` profile whose logins go on, bound to a key."""
    terms = replace(lasting_terms("gebonden"), token_binding=Binding.PROOF, machine_scopes=(DECISIONS,))
    return registered(terms)


@pytest.fixture
def strict_lasting(catalogue: None, signing_keys: None) -> RelyingParty:  # noqa: ARG001 - asked for their effect
    """A portal of the `fapi` profile whose logins go on."""
    return registered(replace(fapi_terms("streng"), refresh_tokens=True))


def test_it_gives_bound_tokens_again(held: RelyingParty, bram: Party) -> None:
    first = held.tokens(bram)
    second = refresh(held, first["refresh_token"]).json()
    assert second["token_type"] == "DPoP"
    assert read(second["access_token"])["cnf"] == read(first["access_token"])["cnf"]
    assert held.userinfo(second["access_token"]).status_code == 200


def test_it_uses_nothing_up_without_a_proof(held: RelyingParty, bram: Party) -> None:
    token = held.tokens(bram)["refresh_token"]
    assert has_error(refresh(held, token, shown=""), "invalid_dpop_proof")
    assert refresh(held, token).status_code == 200


def test_it_takes_a_proof_once(held: RelyingParty, bram: Party) -> None:
    made = proof(held.proof_key)
    fresh = refresh(held, held.tokens(bram)["refresh_token"], shown=made).json()["refresh_token"]
    assert has_error(refresh(held, fresh, shown=made), "invalid_dpop_proof")
    assert refresh(held, fresh).status_code == 200


def test_it_takes_a_new_key_of_the_portal(held: RelyingParty, bram: Party) -> None:
    second = refresh(held, held.tokens(bram)["refresh_token"], shown=proof(OTHER)).json()
    assert read(second["access_token"])["cnf"] == {"jkt": OTHER.thumbprint()}


def test_it_gives_no_bearer_token_where_a_proof_was_shown_once(lasting: RelyingParty, bram: Party) -> None:
    code = lasting.code(bram)
    token = lasting.send(lasting.form(code), proof=proof(OTHER)).json()["refresh_token"]
    assert has_error(refresh(lasting, token), "invalid_grant")
    assert Family.objects.get().ended_at is None
    fresh = refresh(lasting, token, shown=proof(OTHER)).json()
    assert fresh["token_type"] == "DPoP"
    assert has_error(refresh(lasting, fresh["refresh_token"]), "invalid_grant")


def test_it_binds_from_the_moment_that_a_proof_is_shown(lasting: RelyingParty, bram: Party) -> None:
    fresh = refresh(lasting, lasting.tokens(bram)["refresh_token"], shown=proof(OTHER)).json()
    assert fresh["token_type"] == "DPoP"
    assert has_error(refresh(lasting, fresh["refresh_token"]), "invalid_grant")


def test_it_leaves_the_token_of_a_fapi_portal_as_it_is(strict_lasting: RelyingParty, bram: Party) -> None:
    first = strict_lasting.tokens(bram)
    answers = [refresh(strict_lasting, first["refresh_token"]).json() for _ in range(3)]
    assert {answer["refresh_token"] for answer in answers} == {first["refresh_token"]}
    assert {answer["token_type"] for answer in answers} == {"DPoP"}
    assert len({answer["access_token"] for answer in answers}) == 3
    assert (RefreshToken.objects.count(), Family.objects.get().ended_at) == (1, None)


def test_it_lengthens_the_life_of_a_token_that_stays(strict_lasting: RelyingParty, bram: Party) -> None:
    token = strict_lasting.tokens(bram)["refresh_token"]
    for hours, status in ((5, 200), (10, 200), (16, 400)):
        with clock.frozen(NOW + timedelta(hours=hours)):
            assert refresh(strict_lasting, token).status_code == status


def test_it_needs_the_key_and_the_portal_for_a_token_that_stays(strict_lasting: RelyingParty, dirk: Party) -> None:
    thief = registered(replace(fapi_terms("dief"), refresh_tokens=True))
    token = strict_lasting.tokens(dirk)["refresh_token"]
    assert has_error(refresh(strict_lasting, token, shown=""), "invalid_dpop_proof")
    assert has_error(refresh(thief, token), "invalid_grant")
    assert Family.objects.get().ended_at is None


def test_it_says_of_a_bound_token_to_what(held: RelyingParty, bram: Party) -> None:
    answer = introspect(held, held.tokens(bram)["access_token"]).json()
    assert (answer["token_type"], answer["cnf"]) == ("DPoP", {"jkt": held.proof_key.thumbprint()})


def test_it_gives_the_machine_of_a_bound_portal_what_its_door_can_take(held: RelyingParty) -> None:
    answer = machine_token(held).json()
    assert answer["token_type"] == "Bearer"
    assert "cnf" not in read(answer["access_token"])


def proven(portal: RelyingParty, *, key: str = "", certificate: str = "") -> Proven:
    return Proven(portal.portal, confirmation=Confirmation(key=key, certificate=certificate))


@pytest.mark.parametrize("bound", [{"key": "k" * 43}, {"certificate": "c" * 43}])
def test_it_takes_no_key_for_a_certificate_and_none_for_a_key(
    lasting: RelyingParty, bram: Party, bound: dict[str, str]
) -> None:
    lasting.tokens(bram)
    given = actions.issue_refresh_token(Family.objects.get(), confirmation=Confirmation(**bound), now=NOW)
    other = {"certificate": "c" * 43} if "key" in bound else {"key": "k" * 43}
    for shown in ({}, other):
        outcome = actions.refresh(token=given, by=proven(lasting, **shown), scope="", now=NOW)
        assert outcome == GrantRefusal(GrantReason.REFRESH_NOT_ACCEPTED)
    assert not isinstance(actions.refresh(token=given, by=proven(lasting, **bound), scope="", now=NOW), GrantRefusal)


def test_it_ends_with_the_visit(lasting: RelyingParty, bram: Party) -> None:
    token = tokens(lasting, bram)["refresh_token"]
    Visit.objects.update(ended_at=NOW)
    assert has_error(refresh(lasting, token), "invalid_grant")
    assert Family.objects.get().ended_by == "visit-ended"


def test_it_keeps_no_visit_alive(lasting: RelyingParty, bram: Party) -> None:
    token = tokens(lasting, bram)["refresh_token"]
    with clock.frozen(NOW + IDLE - timedelta(minutes=1)):
        second = refresh(lasting, token).json()
        assert introspect(lasting, second["access_token"]).json()["active"]
    with clock.frozen(NOW + IDLE):
        assert not introspect(lasting, second["access_token"]).json()["active"]
        assert has_error(refresh(lasting, second["refresh_token"]), "invalid_grant")
    assert Family.objects.get().ended_by == "visit-ended"
