"""A portal takes a token back: the whole login is over, for that portal only."""

from datetime import timedelta

import pytest
from django.test import Client

from namens.grants.models import Family
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.services.models import Portal, Status
from tests.openid.relying import Answer, RelyingParty, forged, header_of, registered
from tests.openid.renewing import (
    DECISIONS,
    has_error,
    lasting_terms,
    machine_terms,
    machine_token,
    proof,
    refresh,
    revoke,
)
from tests.people import NOW


def is_taken(response: Answer) -> bool:
    assert response["Cache-Control"] == "no-store"
    return (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_it_ends_the_login_of_the_token(lasting: RelyingParty, bram: Party, which: str) -> None:
    tokens = lasting.tokens(bram)
    assert is_taken(revoke(lasting, tokens[which]))
    family = Family.objects.get()
    assert (family.ended_by, family.ended_at) == ("revoked", NOW)
    assert lasting.userinfo(tokens["access_token"]).status_code == 401
    assert has_error(refresh(lasting, tokens["refresh_token"]), "invalid_grant")
    ended = JournalEntry.objects.get(event=Event.TOKENS_ENDED)
    assert (ended.result, ended.actor, ended.portal) == ("revoked", bram.id, lasting.portal.id)


def test_it_does_not_tell_the_portal_what_it_asked_for_itself(lasting: RelyingParty, bram: Party) -> None:
    revoke(lasting, lasting.tokens(bram)["refresh_token"])
    assert not OutboxRow.objects.filter(kind=Kind.BACK_CHANNEL_LOGOUT).exists()


def test_it_does_nothing_the_second_time(lasting: RelyingParty, bram: Party) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    assert all(is_taken(revoke(lasting, token)) for _ in range(2))
    assert JournalEntry.objects.filter(event=Event.TOKENS_ENDED).count() == 1


def test_it_ends_the_login_of_a_token_that_is_too_old(lasting: RelyingParty, bram: Party) -> None:
    token = lasting.tokens(bram)["access_token"]
    with clock.frozen(NOW + timedelta(hours=5)):
        assert is_taken(revoke(lasting, token))
    assert Family.objects.get().ended_by == "revoked"


def test_it_ends_the_login_of_a_refresh_token_that_was_rotated(lasting: RelyingParty, bram: Party) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    fresh = refresh(lasting, token).json()["refresh_token"]
    assert is_taken(revoke(lasting, token))
    assert has_error(refresh(lasting, fresh), "invalid_grant")
    assert Family.objects.get().ended_by == "revoked"


@pytest.mark.parametrize("which", ["access_token", "refresh_token", "id_token"])
def test_it_ends_nothing_of_another_portal(lasting: RelyingParty, dirk: Party, which: str) -> None:
    thief = registered(lasting_terms("dief"))
    tokens = lasting.tokens(dirk)
    assert is_taken(revoke(thief, tokens[which]))
    assert Family.objects.get().ended_at is None
    assert refresh(lasting, tokens["refresh_token"]).status_code == 200


def test_it_leaves_the_other_logins_of_the_same_person_alone(lasting: RelyingParty, bram: Party) -> None:
    one, other = lasting.tokens(bram), lasting.tokens(bram)
    revoke(lasting, one["access_token"])
    assert lasting.userinfo(other["access_token"]).status_code == 200


def test_it_takes_no_id_token(lasting: RelyingParty, bram: Party) -> None:
    assert is_taken(revoke(lasting, lasting.tokens(bram)["id_token"]))
    assert Family.objects.get().ended_at is None


@pytest.mark.parametrize("token", ["x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "é" * 43, "x" * 5000])
def test_it_says_nothing_about_what_is_no_token(lasting: RelyingParty, token: str) -> None:
    assert is_taken(revoke(lasting, token))


def test_it_ends_nothing_for_a_token_that_nobody_signed(lasting: RelyingParty, bram: Party) -> None:
    header = header_of(lasting.tokens(bram)["access_token"])
    assert is_taken(revoke(lasting, forged(header, {"sid": str(Family.objects.get().id)})))
    assert Family.objects.get().ended_at is None


def test_it_says_that_a_machine_token_ends_by_itself(machine: RelyingParty) -> None:
    token = machine_token(machine).json()["access_token"]
    assert has_error(revoke(machine, token), "unsupported_token_type")
    with clock.frozen(NOW + timedelta(minutes=5)):
        assert is_taken(revoke(machine, token))


def test_it_says_nothing_about_the_machine_token_of_another_portal(machine: RelyingParty) -> None:
    curious = registered(machine_terms("nieuwsgierig", DECISIONS))
    assert is_taken(revoke(curious, machine_token(machine).json()["access_token"]))


def test_it_reads_past_what_the_portal_thinks_that_it_is(lasting: RelyingParty, bram: Party) -> None:
    for hint in ("access_token", "refresh_token", "something"):
        assert is_taken(revoke(lasting, lasting.tokens(bram)["refresh_token"], token_type_hint=hint))
    assert not Family.objects.filter(ended_at__isnull=True).exists()


def test_it_needs_a_proof_of_who_asks(lasting: RelyingParty, bram: Party) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    bare: dict[str, None] = dict.fromkeys(proof(lasting))
    assert has_error(revoke(lasting, token, **bare), "invalid_client", status=401)
    assert has_error(revoke(lasting, token, **bare, client_id="blijvend"), "invalid_client", status=401)
    assert Family.objects.get().ended_at is None


def test_it_refuses_a_portal_that_was_withdrawn(lasting: RelyingParty, bram: Party) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    Portal.objects.update(status=Status.WITHDRAWN)
    assert has_error(revoke(lasting, token), "invalid_client", status=401)


def test_it_asks_for_a_token_in_the_body(lasting: RelyingParty) -> None:
    assert has_error(revoke(lasting, None), "invalid_request")
    assert Client().get("/openid/revoke").status_code == 405
    assert has_error(Client().post("/openid/revoke?token=x", proof(lasting)), "invalid_request")
