"""What a token is worth, told to the portal that it was made for, and to nobody else."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from namens.grants.models import Family, RefreshToken, UsedProof
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.mandates.actions import stop
from namens.organisations.models import Member
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.services.models import Portal, Status
from tests.faults import contents
from tests.openid.relying import RelyingParty, forged, header_of, read, registered
from tests.openid.renewing import (
    DECISIONS,
    has_error,
    introspect,
    machine_terms,
    machine_token,
    proof,
    refresh,
)
from tests.people import BSNS, NAMES, NOW, TODAY, active, terms

INACTIVE = b'{"active": false}'


def said(portal: RelyingParty, token: str) -> dict[str, object]:
    response = introspect(portal, token)
    assert response.status_code == 200, response.content
    assert response["Cache-Control"] == "no-store"
    return dict(json.loads(response.content))


def is_inactive(portal: RelyingParty, token: str) -> bool:
    response = introspect(portal, token)
    return response.status_code == 200 and response.content == INACTIVE


def test_it_says_what_an_access_token_is_worth(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    tokens = portal.tokens(bram, whom=anna)
    claims, answer = read(tokens["access_token"]), said(portal, tokens["access_token"])
    kept = ("iss", "sub", "aud", "client_id", "scope", "iat", "nbf", "exp", "jti", "acr", "auth_time")
    shown = read(tokens["id_token"])["represents"]
    assert answer == {
        "active": True,
        "token_type": "Bearer",
        **{name: claims[name] for name in kept},
        "represents": {name: shown[name] for name in ("iss", "sub", "sub_id_type")},
    }


def test_it_says_the_chain_by_ids_alone(portal: RelyingParty, anna: Party, sam: Member) -> None:
    tokens = portal.tokens(sam.party, whom=anna)
    answer = said(portal, tokens["access_token"])
    full = read(tokens["id_token"])["represents"]
    link = ("iss", "sub", "sub_id_type")
    assert answer["represents"] == {
        **{name: full[name] for name in link},
        "represents": {name: full["represents"][name] for name in link},
    }


def test_it_names_nobody(portal: RelyingParty, lasting: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    answers = introspect(portal, portal.tokens(bram, whom=anna)["access_token"]).content.decode()
    answers += introspect(lasting, lasting.tokens(bram, whom=anna)["refresh_token"]).content.decode()
    hidden = [*(bsn.digits for bsn in BSNS.values()), NAMES["anna"].surname, NAMES["bram"].surname, "name"]
    assert not [word for word in hidden if word in answers]
    assert str(anna.id) not in answers


def test_it_says_what_a_refresh_token_is_worth(lasting: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    tokens = lasting.tokens(bram, whom=anna)
    second = int(NOW.timestamp())
    answer = said(lasting, tokens["refresh_token"])
    identity = read(tokens["id_token"])
    assert answer == {
        "active": True,
        "client_id": "blijvend",
        "scope": tokens["scope"],
        "iat": second,
        "exp": second + 6 * 60 * 60,
        **{name: identity[name] for name in ("iss", "sub", "acr", "auth_time")},
        "represents": {name: identity["represents"][name] for name in ("iss", "sub", "sub_id_type")},
    }


def test_it_never_says_that_a_refresh_token_outlives_a_day(lasting: RelyingParty, bram: Party) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    for hours in (5, 10, 15, 20):
        with clock.frozen(NOW + timedelta(hours=hours)):
            token = refresh(lasting, token).json()["refresh_token"]
    with clock.frozen(NOW + timedelta(hours=23)):
        assert said(lasting, token)["exp"] == int((NOW + timedelta(hours=24)).timestamp())
    with clock.frozen(NOW + timedelta(hours=24)):
        assert is_inactive(lasting, token)


def test_it_says_what_a_machine_token_is_worth(machine: RelyingParty) -> None:
    token = machine_token(machine).json()["access_token"]
    answer = said(machine, token)
    assert (answer["active"], answer["sub"], answer["scope"]) == (True, "machine", DECISIONS)
    assert answer["aud"] == "http://localhost:8000/access/v1"
    assert {"represents", "acr"}.isdisjoint(answer)
    with clock.frozen(NOW + timedelta(minutes=5)):
        assert is_inactive(machine, token)


def test_it_says_no_when_the_machine_may_not_come_any_more(machine: RelyingParty) -> None:
    token = machine_token(machine).json()["access_token"]
    Portal.objects.update(machine_scopes=[])
    assert is_inactive(machine, token)


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_says_nothing_about_the_tokens_of_another_portal(lasting: RelyingParty, dirk: Party) -> None:
    curious = registered(machine_terms("nieuwsgierig", DECISIONS))
    tokens, mine = lasting.tokens(dirk), machine_token(curious).json()["access_token"]
    before = contents()
    for token in (tokens["access_token"], tokens["refresh_token"], tokens["id_token"]):
        assert is_inactive(curious, token)
    assert is_inactive(lasting, mine)
    assert [model for model, rows in contents().items() if rows != before[model]] == [UsedProof]


def test_it_ends_no_login_of_another_portal_that_nothing_holds_up(
    portal: RelyingParty, lasting: RelyingParty, anna: Party, bram: Party
) -> None:
    mandate = active(anna, bram)
    tokens = lasting.tokens(bram, whom=anna)
    stop(mandate=mandate.id, by=anna, now=NOW)
    for token in (tokens["access_token"], tokens["refresh_token"]):
        assert is_inactive(portal, token)
    assert Family.objects.get().ended_at is None


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_it_says_no_after_a_stop_and_ends_the_login(
    lasting: RelyingParty, anna: Party, bram: Party, which: str
) -> None:
    mandate = active(anna, bram)
    token = lasting.tokens(bram, whom=anna)[which]
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert is_inactive(lasting, token)
    assert Family.objects.get().ended_by == "access-ended"
    assert OutboxRow.objects.filter(kind=Kind.BACK_CHANNEL_LOGOUT).count() == 1


def test_it_says_no_after_the_last_day(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram, what=terms(last_day=TODAY))
    midnight = clock.end_of(TODAY)
    with clock.frozen(midnight - timedelta(minutes=5)):
        token = portal.tokens(bram, whom=anna)["access_token"]
        assert said(portal, token)["active"]
    with clock.frozen(midnight):
        assert is_inactive(portal, token)


def test_it_says_no_after_a_quarter_of_an_hour(lasting: RelyingParty, bram: Party) -> None:
    token = lasting.tokens(bram)["access_token"]
    with clock.frozen(NOW + timedelta(minutes=15)):
        assert is_inactive(lasting, token)
    assert Family.objects.get().ended_at is None


def test_it_says_no_to_a_rotated_token_and_ends_nothing(lasting: RelyingParty, bram: Party) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    fresh = refresh(lasting, token).json()["refresh_token"]
    assert is_inactive(lasting, token)
    assert said(lasting, fresh)["active"]
    assert RefreshToken.objects.filter(used_at__isnull=True).count() == 1


def test_it_says_no_when_the_portal_gets_no_refresh_tokens_any_more(lasting: RelyingParty, bram: Party) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    Portal.objects.update(refresh_tokens=False)
    assert is_inactive(lasting, token)


def test_it_changes_nothing_by_saying_yes(lasting: RelyingParty, bram: Party) -> None:
    tokens, entries = lasting.tokens(bram), JournalEntry.objects.count()
    for token in (tokens["access_token"], tokens["refresh_token"]):
        assert said(lasting, token)["active"]
    assert JournalEntry.objects.count() == entries
    assert refresh(lasting, tokens["refresh_token"]).status_code == 200


@pytest.mark.parametrize("token", ["x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "é" * 43, "x" * 5000])
def test_it_says_no_to_what_is_no_token(portal: RelyingParty, token: str) -> None:
    assert is_inactive(portal, token)


@pytest.mark.parametrize("claims", [{}, {"sid": "x"}, {"sid": None}, {"scope": DECISIONS}, {"scope": [DECISIONS]}])
def test_it_says_no_to_what_nobody_signed(portal: RelyingParty, bram: Party, claims: dict[str, object]) -> None:
    header = header_of(portal.tokens(bram)["access_token"])
    assert is_inactive(portal, forged(header, claims))


def test_it_reads_past_what_the_portal_thinks_that_it_is(lasting: RelyingParty, bram: Party) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    for hint in ("access_token", "refresh_token", "something"):
        assert introspect(lasting, token, token_type_hint=hint).json()["active"]


def test_it_needs_a_proof_of_who_asks(portal: RelyingParty, bram: Party) -> None:
    token = portal.tokens(bram)["access_token"]
    bare: dict[str, None] = dict.fromkeys(proof(portal))
    assert has_error(introspect(portal, token, **bare), "invalid_client", status=401)
    bearer = Client().post("/openid/introspect", {"token": token}, headers={"Authorization": f"Bearer {token}"})
    assert has_error(bearer, "invalid_client", status=401)
    shown = proof(portal)
    assert introspect(portal, token, **shown).status_code == 200
    assert has_error(introspect(portal, token, **shown), "invalid_client", status=401)


def test_it_refuses_a_portal_that_was_withdrawn(portal: RelyingParty, bram: Party) -> None:
    token = portal.tokens(bram)["access_token"]
    Portal.objects.update(status=Status.WITHDRAWN)
    assert has_error(introspect(portal, token), "invalid_client", status=401)


def test_it_takes_a_secret_of_a_stock_client(stock: RelyingParty, bram: Party) -> None:
    assert said(stock, stock.tokens(bram)["access_token"])["scope"] == "openid"


def test_it_asks_for_a_token_in_the_body(portal: RelyingParty) -> None:
    assert has_error(introspect(portal, None), "invalid_request")
    assert Client().get("/openid/introspect").status_code == 405
    assert has_error(Client().post("/openid/introspect?token=x", proof(portal)), "invalid_request")


@pytest.mark.parametrize("endpoint", ["introspection", "revocation"])
def test_it_says_in_discovery_that_a_portal_proves_itself_as_at_the_token_endpoint(
    portal: RelyingParty, endpoint: str
) -> None:
    document = portal.browser.get("/.well-known/oauth-authorization-server").json()
    assert document[f"{endpoint}_endpoint"].startswith(document["issuer"])
    for said in ("auth_methods_supported", "auth_signing_alg_values_supported"):
        assert document[f"{endpoint}_endpoint_{said}"] == document[f"token_endpoint_{said}"]
