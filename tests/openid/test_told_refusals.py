"""Operators can read what the door refused to a portal, and nothing of what was sent."""

from datetime import timedelta

import pytest
from django.test import Client

from namens.grants.actions import forget_stale, keep_told
from namens.grants.actions.told import MOST_A_MINUTE, MOST_KEPT, Told
from namens.grants.assertions import TYPE
from namens.grants.models import ToldRefusal
from namens.parties.models import Party
from namens.services.models import Portal, Status
from tests.openid.relying import RelyingParty
from tests.people import NOW

TOLD = Told(endpoint="token", error="invalid_client", reason="signature")


def kept() -> list[tuple[str, str, str]]:
    return list(ToldRefusal.objects.order_by("at", "id").values_list("endpoint", "error", "reason"))


def everything() -> str:
    return str(list(ToldRefusal.objects.values()))


def test_it_keeps_nothing_when_nothing_was_refused(portal: RelyingParty, anna: Party) -> None:
    portal.tokens(anna)
    assert kept() == []


def test_it_keeps_a_question_with_an_address_that_is_not_registered(portal: RelyingParty) -> None:
    portal.authorize(redirect_uri="https://kwaad.example/anna")
    assert kept() == [("authorize", "unanswerable", "redirect-uri-unknown")]
    assert "kwaad" not in everything()


def test_it_keeps_a_question_that_the_portal_hears_of(portal: RelyingParty) -> None:
    portal.authorize(response_type="token")
    assert kept() == [("authorize", "unsupported_response_type", "")]
    assert ToldRefusal.objects.get().description == "response_type must be code"


def test_it_keeps_which_check_of_an_assertion_failed(portal: RelyingParty, anna: Party) -> None:
    code = portal.code(anna)
    form = portal.form(code)
    signed, _, _ = form["client_assertion"].rpartition(".")
    portal.send({**form, "client_assertion": f"{signed}.AAAA"})
    assert kept() == [("token", "invalid_client", "signature")]
    assert not any(secret in everything() for secret in (code, form["client_assertion"], form["code_verifier"]))


FAULTS: list[tuple[dict[str, object], str]] = [
    ({"aud": "https://elders.example"}, "audience"),
    ({"iss": "iemand-anders"}, "names"),
    ({"iat": None}, "moments"),
    ({"exp": 1}, "not-in-time"),
    ({"exp": 9_999_999_999}, "too-long"),
    ({"jti": "kort"}, "number"),
]


@pytest.mark.parametrize(("changes", "fault"), FAULTS)
def test_it_tells_operators_more_than_the_portal_hears(
    portal: RelyingParty, changes: dict[str, object], fault: str
) -> None:
    answer = portal.send(portal.form("x", client_assertion=portal.assertion(changes), client_assertion_type=TYPE))
    assert (answer.status_code, b"invalid_client" in answer.content, fault.encode() in answer.content) == (
        401,
        True,
        False,
    )
    assert kept() == [("token", "invalid_client", fault)]


def test_it_keeps_that_an_assertion_is_called_something_else(portal: RelyingParty) -> None:
    portal.send(portal.form("x", client_assertion=portal.assertion(), client_assertion_type="jwt"))
    assert kept() == [("token", "invalid_client", "kind")]


def test_it_keeps_why_a_code_was_not_taken(portal: RelyingParty, anna: Party) -> None:
    code = portal.code(anna)
    portal.exchange(code)
    portal.exchange(code)
    assert kept() == [("token", "invalid_grant", "code-replayed")]


def test_it_keeps_the_number_of_the_request(portal: RelyingParty) -> None:
    answer = portal.authorize(response_type="token")
    assert ToldRefusal.objects.get().request_id == answer["X-Request-ID"]


@pytest.mark.parametrize("client_id", ["niemand", "", "x\0", "p\u043ertaal"])
def test_it_keeps_nothing_of_a_portal_that_is_not_there(portal: RelyingParty, client_id: str) -> None:
    assert portal.portal.status == Status.APPROVED
    Client().get("/openid/authorize", {"client_id": client_id})
    assert not keep_told(TOLD, client_id=client_id, request_id="x", now=NOW)
    assert kept() == []


def test_it_keeps_nothing_of_a_portal_that_was_stopped(portal: RelyingParty) -> None:
    Portal.objects.update(status=Status.WITHDRAWN)
    assert not keep_told(TOLD, client_id=portal.portal.client_id, request_id="x", now=NOW)


def test_it_keeps_no_more_in_a_minute_than_a_team_can_read(portal: RelyingParty) -> None:
    named = portal.portal.client_id
    told = [keep_told(TOLD, client_id=named, request_id="x", now=NOW) for _ in range(MOST_A_MINUTE + 5)]
    assert told.count(True) == ToldRefusal.objects.count() == MOST_A_MINUTE
    assert keep_told(TOLD, client_id=named, request_id="x", now=NOW + timedelta(minutes=1))


def test_it_keeps_the_newest_when_there_are_too_many(portal: RelyingParty) -> None:
    moments = [NOW + timedelta(minutes=number) for number in range(MOST_KEPT + 3)]
    for moment in moments:
        keep_told(TOLD, client_id=portal.portal.client_id, request_id="x", now=moment)
    assert list(ToldRefusal.objects.order_by("at").values_list("at", flat=True)) == moments[3:]


def test_it_forgets_them_after_a_week(portal: RelyingParty) -> None:
    keep_told(TOLD, client_id=portal.portal.client_id, request_id="x", now=NOW)
    forget_stale(now=NOW + timedelta(days=6))
    assert ToldRefusal.objects.count() == 1
    forget_stale(now=NOW + timedelta(days=7))
    assert ToldRefusal.objects.count() == 0
