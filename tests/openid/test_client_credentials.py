"""A portal's own machine gets a token for one door, in which no person stands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from namens.grants import machine_tokens
from namens.grants.addresses import audience_of, issuer
from namens.grants.clients import Proven
from namens.grants.confirmation import Confirmation
from namens.grants.machine_tokens import MachineToken
from namens.grants.models import Family, RefreshToken, SigningKey, UsedProof
from namens.grants.signing import NotOurs
from namens.grants.tokens import Tokens
from namens.journal.models import JournalEntry
from namens.openid.granting import Asking, TokenRefused
from namens.openid.machine_grant import for_machine
from namens.openid.parameters import Parameters
from namens.parties.models import Party
from namens.services.models import Portal, Status
from namens.services.profiles import Binding, MachineScope, Profile
from namens.services.refusals import ServiceRefused
from tests.openid.relying import RelyingParty, answer_in, compat_terms, header_of, read, registered, seconds, terms_of
from tests.openid.renewing import DECISIONS, PORTALS, has_error, machine_terms, machine_token, proof
from tests.people import NOW

DOORS = {DECISIONS: "http://localhost:8000/access/v1", PORTALS: "http://localhost:8000/v1"}
THUMBPRINT = "c" * 43


def token_of(portal: RelyingParty, scope: str = DECISIONS) -> str:
    response = machine_token(portal, scope)
    assert response.status_code == 200, response.content
    return str(response.json()["access_token"])


def is_let_in(token: str, scope: str = DECISIONS, *, certificate: str = "", later: timedelta = timedelta(0)) -> bool:
    try:
        machine_tokens.check(token, audience=DOORS[scope], certificate=certificate, now=NOW + later)
    except NotOurs:
        return False
    return True


@pytest.mark.parametrize("scope", [DECISIONS, PORTALS])
def test_it_gives_a_token_of_five_minutes_for_one_door(machine: RelyingParty, scope: str) -> None:
    response = machine_token(machine, scope)
    answer, second = response.json(), int(NOW.timestamp())
    assert answer.keys() == {"access_token", "token_type", "expires_in", "scope"}
    assert (answer["token_type"], answer["expires_in"], answer["scope"]) == ("Bearer", 300, scope)
    claims = read(answer["access_token"])
    assert {name: claims[name] for name in ("iat", "nbf", "exp")} == {
        "iat": second,
        "nbf": second,
        "exp": second + seconds(minutes=5),
    }
    assert claims["sub"] == claims["client_id"] == claims["azp"] == machine.portal.client_id
    assert (claims["iss"], claims["aud"], claims["scope"]) == (issuer(), DOORS[scope], scope)
    assert len(claims["jti"]) >= 22
    assert {"sid", "cnf", "acr", "auth_time"}.isdisjoint(claims)
    assert header_of(answer["access_token"])["typ"] == "at+jwt"
    assert response["Cache-Control"] == "no-store"


def test_it_says_at_the_door_whose_token_it_is(machine: RelyingParty) -> None:
    found = machine_tokens.check(token_of(machine), audience=DOORS[DECISIONS], now=NOW)
    expires = NOW + timedelta(minutes=5)
    assert found == MachineToken(portal="machine", scope=MachineScope.DECISIONS, expires=expires)


def test_it_keeps_no_trace_but_the_proof(machine: RelyingParty) -> None:
    entries = JournalEntry.objects.count()
    token_of(machine)
    assert (Family.objects.count(), RefreshToken.objects.count(), UsedProof.objects.count()) == (0, 0, 1)
    assert JournalEntry.objects.count() == entries


@pytest.mark.parametrize(
    "scope", ["openid", f"{DECISIONS} {PORTALS}", f"{DECISIONS} openid", f" {DECISIONS}", DECISIONS.upper(), "x"]
)
def test_it_refuses_any_other_scope(machine: RelyingParty, scope: str) -> None:
    assert has_error(machine_token(machine, scope), "invalid_scope")
    assert not UsedProof.objects.exists()


def test_it_asks_for_a_scope(machine: RelyingParty) -> None:
    assert has_error(machine_token(machine, None), "invalid_request")


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_gives_no_scope_that_the_portal_is_not_registered_for() -> None:
    portal = registered(machine_terms("half", PORTALS))
    assert has_error(machine_token(portal, DECISIONS), "invalid_scope")
    assert machine_token(portal, PORTALS).status_code == 200


def test_it_refuses_a_portal_that_is_not_registered_for_it(portal: RelyingParty, stock: RelyingParty) -> None:
    for one in (portal, stock):
        assert has_error(machine_token(one), "unauthorized_client")


def test_it_refuses_a_scope_that_the_table_does_not_know_any_more(machine: RelyingParty) -> None:
    Portal.objects.update(machine_scopes=["urn:namens:1.0:scope:everything"])
    assert has_error(machine_token(machine, "urn:namens:1.0:scope:everything"), "invalid_scope")


def test_it_refuses_a_portal_that_is_withdrawn(machine: RelyingParty) -> None:
    Portal.objects.update(status=Status.WITHDRAWN)
    assert has_error(machine_token(machine), "invalid_client", status=401)


def test_it_needs_a_proof_of_who_asks(machine: RelyingParty) -> None:
    bare: dict[str, None] = dict.fromkeys(proof(machine))
    assert has_error(machine_token(machine, **bare, client_id="machine"), "invalid_client", status=401)
    shown = proof(machine)
    assert machine_token(machine, **shown).status_code == 200
    assert has_error(machine_token(machine, **shown), "invalid_client", status=401)


def test_it_loses_no_proof_when_nothing_can_be_signed(machine: RelyingParty) -> None:
    shown = proof(machine)
    SigningKey.objects.update(retired_at=NOW)
    assert has_error(machine_token(machine, **shown), "temporarily_unavailable", status=503)
    SigningKey.objects.update(retired_at=None)
    assert machine_token(machine, **shown).status_code == 200


def test_it_opens_one_door_and_no_other(machine: RelyingParty) -> None:
    for scope, other in ((DECISIONS, PORTALS), (PORTALS, DECISIONS)):
        token = token_of(machine, scope)
        assert is_let_in(token, scope)
        assert not is_let_in(token, other)


def test_it_opens_no_door_for_people(machine: RelyingParty) -> None:
    assert machine.userinfo(token_of(machine)).status_code == 401


def test_it_lets_no_token_of_a_person_in(machine: RelyingParty, bram: Party) -> None:
    tokens = machine.tokens(bram)
    for token in (tokens["access_token"], tokens["id_token"]):
        assert not is_let_in(token)
        assert not is_let_in(token, PORTALS)


def test_it_gives_no_such_scope_to_a_login(machine: RelyingParty, stock: RelyingParty, bram: Party) -> None:
    refused = machine.authorize(scope=f"{machine.scope} {DECISIONS}")
    assert answer_in(refused)["error"] == "invalid_scope"
    code = stock.code(bram, scope=f"openid {DECISIONS}")
    tokens = stock.exchange(code).json()
    assert tokens["scope"] == "openid"
    assert not is_let_in(tokens["access_token"])


def test_it_ends_after_five_minutes_to_the_second(machine: RelyingParty) -> None:
    token = token_of(machine)
    assert is_let_in(token, later=timedelta(minutes=5, seconds=-1))
    assert not is_let_in(token, later=timedelta(minutes=5))
    assert not is_let_in(token, later=timedelta(seconds=-1))


@pytest.mark.parametrize("part", [0, 1, 2])
def test_it_lets_no_token_in_with_a_part_of_another(machine: RelyingParty, bram: Party, part: int) -> None:
    parts, others = token_of(machine).split("."), machine.tokens(bram)["id_token"].split(".")
    parts[part] = others[part]
    assert not is_let_in(".".join(parts))


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "\ud800.x.y"])
@pytest.mark.usefixtures("signing_keys")
def test_it_lets_nothing_in_that_is_no_token(token: str) -> None:
    assert not is_let_in(token)


def test_it_lets_no_token_in_when_its_key_was_withdrawn(machine: RelyingParty) -> None:
    token = token_of(machine)
    SigningKey.objects.all().delete()
    assert not is_let_in(token)


def granted(portal: Portal, confirmation: Confirmation) -> Tokens:
    """Ask a token at the door, having shown this key or certificate."""
    asked = Parameters(values={"scope": DECISIONS}, malformed=frozenset())
    return for_machine(Asking(asked, proven=Proven(portal, confirmation=confirmation), now=NOW))


def test_it_is_bound_to_the_certificate_that_was_shown(machine: RelyingParty) -> None:
    tokens = granted(machine.portal, Confirmation(certificate=THUMBPRINT))
    assert read(tokens.access_token)["cnf"] == {"x5t#S256": THUMBPRINT}
    assert is_let_in(tokens.access_token, certificate=THUMBPRINT)
    assert not is_let_in(tokens.access_token)
    assert not is_let_in(tokens.access_token, certificate="d" * 43)


def test_it_is_not_bound_to_a_proof_which_no_door_for_machines_takes(machine: RelyingParty) -> None:
    tokens = granted(machine.portal, Confirmation(key="k" * 43))
    assert tokens.token_type == "Bearer"
    assert "cnf" not in read(tokens.access_token)


def test_it_gives_a_fapi_portal_no_bearer_token(machine: RelyingParty) -> None:
    strict = Portal.objects.get(id=machine.portal.id)
    strict.profile = Profile.FAPI
    for shown in (Confirmation(), Confirmation(key="k" * 43)):
        with pytest.raises(TokenRefused, match="unauthorized_client"):
            granted(strict, shown)
    assert header_of(granted(strict, Confirmation(certificate=THUMBPRINT)).access_token)["alg"] == "PS256"


def test_it_names_a_door_for_every_scope() -> None:
    assert {scope.value: audience_of(scope) for scope in MachineScope} == DOORS


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    "changes",
    [
        {"machine_scopes": ("urn:namens:1.0:scope:everything",)},
        {"machine_scopes": (DECISIONS, "")},
        {"machine_scopes": (DECISIONS,), "profile": Profile.FAPI, "token_binding": Binding.PROOF},
    ],
)
def test_it_registers_no_portal_for_what_it_could_not_get(changes: dict[str, object]) -> None:
    good = replace(terms_of("machine"), id_token_algorithm="PS256")
    with pytest.raises(ServiceRefused, match="machine-scope-wrong"):
        registered(replace(good, **changes))  # type: ignore[arg-type] # each value fits its field


@pytest.mark.usefixtures("catalogue")
def test_it_registers_no_stock_client_for_a_machine() -> None:
    with pytest.raises(ServiceRefused, match="machine-scope-wrong"):
        registered(replace(compat_terms("formulieren"), machine_scopes=(DECISIONS,)))
