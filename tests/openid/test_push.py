"""Pushed requests: what a portal asks from its own machine, and who may come for it (RFC 9126)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from namens.grants.models import AuthorizationCode, AuthorizationRequest
from namens.lib import clock
from namens.parties.models import Party
from namens.services.models import Portal, Status
from tests.openid.relying import (
    SECRET,
    STATE,
    Changes,
    RelyingParty,
    answer_in,
    key,
    registered,
    terms_of,
)
from tests.people import NOW, active

ADDRESS = re.compile(r"urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}", re.ASCII)


@pytest.fixture
def other(portal: RelyingParty) -> RelyingParty:
    """Another portal, at the same browser."""
    stranger = registered(terms_of("ander"))
    stranger.browser = portal.browser
    return stranger


def error_of(portal: RelyingParty, **changes: Changes) -> str:
    response = portal.push(**changes)
    assert response.status_code == 400, response.content
    assert not AuthorizationRequest.objects.exists()
    return str(response.json()["error"])


def is_turned_away(portal: RelyingParty, request_uri: str, **others: str) -> bool:
    """Say whether whoever comes with this address gets our own page and is sent nowhere."""
    response = portal.come(request_uri, **others)
    return response.status_code == 400 and "Location" not in response


def test_it_gives_an_address_for_a_minute_to_a_portal_that_proves_itself(portal: RelyingParty) -> None:
    response = portal.push()
    assert (response.status_code, response["Cache-Control"]) == (201, "no-store")
    assert response.json().keys() == {"request_uri", "expires_in"}
    assert ADDRESS.fullmatch(response.json()["request_uri"])
    assert response.json()["expires_in"] == 60


def test_it_keeps_a_digest_of_the_address_and_not_the_address(portal: RelyingParty) -> None:
    reference = portal.pushed().rpartition(":")[2]
    kept = AuthorizationRequest.objects.values().get()
    assert kept["reference"]
    assert reference not in str(kept)


def test_it_leads_from_the_address_to_the_login_and_back_with_a_code(
    portal: RelyingParty, anna: Party, bram: Party
) -> None:
    active(anna, bram)
    response = portal.come(portal.pushed())
    assert (response.status_code, response["Cache-Control"]) == (303, "no-store")
    assert response["Location"].startswith("/signin/digid?")
    portal.log_in(bram)
    answer = answer_in(portal.choose(portal.asked_at, anna))
    assert answer["state"] == STATE
    assert portal.exchange(answer["code"]).status_code == 200


def test_it_takes_the_address_by_post_too(portal: RelyingParty) -> None:
    asked = {"client_id": portal.portal.client_id, "request_uri": portal.pushed()}
    assert portal.browser.post("/openid/authorize", asked)["Location"].startswith("/signin/digid?")


def test_it_asks_the_broker_for_the_level_that_was_pushed(portal: RelyingParty) -> None:
    asked = portal.pushed(acr_values="http://eidas.europa.eu/LoA/high")
    assert answer_in(portal.come(asked, acr_values="http://eidas.europa.eu/LoA/low"))["level"] == "high"


def test_it_reads_past_everything_in_the_address_but_portal_and_reference(portal: RelyingParty, bram: Party) -> None:
    smuggled = {"state": "another-state-of-somebody", "redirect_uri": "https://attacker.example/", "scope": "openid"}
    portal.come(portal.pushed(), request="e30.e30.e30", **smuggled)
    portal.log_in(bram)
    answer = portal.choose(portal.asked_at, None)
    assert answer["Location"].startswith(portal.redirect_uri)
    assert answer_in(answer)["state"] == STATE


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_id": None}, "invalid_request"),
        ({"client_id": "formulieren"}, "invalid_client"),
        ({"redirect_uri": None}, "invalid_request"),
        ({"redirect_uri": "https://attacker.example/"}, "invalid_request"),
        ({"request_uri": "https://mijn-overheid.example/request"}, "invalid_request"),
        ({"request_uri": "urn:ietf:params:oauth:request_uri:x"}, "invalid_request"),
        ({"state": "x" * 2049}, "invalid_request"),
        ({"state": None}, "invalid_request"),
        ({"nonce": None}, "invalid_request"),
        ({"nonce": "with-\0-in-the-middle-of-it"}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "openid urn:uuid:91f4c6aa-7e15-4d29-b3c8-0d2e8f6a1b05"}, "invalid_scope"),
        ({"claims": "no json"}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
        ({"registration": "{}"}, "registration_not_supported"),
        ({"acr_values": "urn:example:gold"}, "unmet_authentication_requirements"),
    ],
)
def test_it_says_at_once_what_is_wrong(portal: RelyingParty, changes: dict[str, Changes], error: str) -> None:
    response = portal.push(**changes)
    assert response.json()["error"] == error
    assert response.status_code == (401 if error == "invalid_client" else 400)
    assert not AuthorizationRequest.objects.exists()


def test_it_refuses_a_parameter_that_comes_twice(portal: RelyingParty) -> None:
    assertion = {"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}
    form = {**portal.question(), **assertion, "client_assertion": portal.assertion(), "scope": ["openid", "openid"]}
    assert Client().post("/openid/par", form).json()["error"] == "invalid_request"


def test_it_refuses_who_does_not_prove_to_be_a_portal(portal: RelyingParty) -> None:
    forged = portal.assertion(signed_by=key("EC", 1))
    for changes in ({"client_assertion": forged}, {"client_assertion": None}, {"client_assertion": "x"}):
        response = portal.push(**changes)
        assert (response.status_code, response.json()["error"]) == (401, "invalid_client")
    assert not AuthorizationRequest.objects.exists()


def test_it_takes_an_assertion_once_here_and_at_the_token_endpoint(portal: RelyingParty, bram: Party) -> None:
    assertion = portal.assertion()
    assert portal.push(client_assertion=assertion).status_code == 201
    assert portal.push(client_assertion=assertion).status_code == 401
    taken = {"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}
    response = portal.exchange(portal.code(bram), client_assertion=assertion, **taken)
    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")


def test_it_takes_an_assertion_once_although_the_question_was_refused(portal: RelyingParty) -> None:
    assertion = portal.assertion()
    assert portal.push(client_assertion=assertion, scope="openid").status_code == 400
    assert portal.push(client_assertion=assertion).status_code == 401
    assert not AuthorizationRequest.objects.exists()


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.WITHDRAWN])
def test_it_takes_nothing_from_a_portal_that_is_not_approved(portal: RelyingParty, status: Status) -> None:
    Portal.objects.update(status=status)
    assert portal.push().status_code == 401


def test_it_turns_away_who_comes_for_a_portal_that_was_withdrawn_meanwhile(portal: RelyingParty) -> None:
    asked = portal.pushed()
    Portal.objects.update(status=Status.WITHDRAWN)
    assert is_turned_away(portal, asked)


def test_it_takes_pushed_requests_of_a_compat_portal(stock: RelyingParty, bram: Party) -> None:
    stock.come(stock.pushed())
    stock.log_in(bram)
    assert "code" in answer_in(stock.choose(stock.asked_at, None))
    assert stock.push(client_secret=f"{SECRET}x").status_code == 401


def test_it_turns_away_another_portal_with_the_address(portal: RelyingParty, other: RelyingParty) -> None:
    asked = portal.pushed()
    assert is_turned_away(other, asked)
    assert is_turned_away(portal, asked, client_id="nobody")
    assert portal.come(asked).status_code == 303


def test_it_turns_away_who_names_no_portal(portal: RelyingParty) -> None:
    response = portal.browser.get("/openid/authorize", {"request_uri": portal.pushed()})
    assert (response.status_code, "Location" in response) == (400, False)


@pytest.mark.parametrize("reference", ["", "x", "x" * 43, "x" * 5000, "%00", "ü" * 43])
def test_it_turns_away_who_guesses_an_address(portal: RelyingParty, reference: str) -> None:
    portal.pushed()
    assert is_turned_away(portal, f"urn:ietf:params:oauth:request_uri:{reference}")


def test_it_turns_away_who_comes_with_the_number_of_the_request(portal: RelyingParty) -> None:
    portal.pushed()
    asked = AuthorizationRequest.objects.get()
    for guess in (asked.id, asked.reference):
        assert is_turned_away(portal, f"urn:ietf:params:oauth:request_uri:{guess}")


def test_it_turns_away_who_comes_after_a_minute_and_sends_nobody_on(portal: RelyingParty) -> None:
    asked = portal.pushed()
    with clock.frozen(NOW + timedelta(seconds=59)):
        assert portal.come(asked).status_code == 303
    with clock.frozen(NOW + timedelta(seconds=60)):
        assert is_turned_away(portal, asked)


def test_it_lets_who_came_in_time_take_a_quarter_of_an_hour(portal: RelyingParty, bram: Party) -> None:
    portal.come(portal.pushed())
    with clock.frozen(NOW + timedelta(minutes=14)):
        portal.log_in(bram)
        assert "code" in answer_in(portal.choose(portal.asked_at, None))


def test_it_leads_to_the_same_question_after_a_reload(portal: RelyingParty) -> None:
    asked = portal.pushed()
    assert portal.come(asked)["Location"] == portal.come(asked)["Location"]
    assert AuthorizationRequest.objects.count() == 1


def test_it_answers_a_pushed_question_once(portal: RelyingParty, bram: Party) -> None:
    asked = portal.pushed()
    portal.come(asked)
    portal.log_in(bram)
    assert "code" in answer_in(portal.choose(portal.asked_at, None))
    response = portal.come(asked)
    assert (response.status_code, "Location" in response) == (400, False)
    assert portal.portal.name in response.content.decode()


def test_it_opens_the_pushed_question_to_no_login_but_its_own(portal: RelyingParty, bram: Party) -> None:
    """Somebody else's address (a swapped link) gives the one who follows it nothing without a login for it."""
    portal.ask()
    portal.log_in(bram)
    portal.come(portal.pushed())
    assert portal.choose(portal.asked_at, None).status_code == 403
    assert not AuthorizationCode.objects.exists()


def test_it_opens_the_pushed_question_to_no_login_from_before(portal: RelyingParty, bram: Party) -> None:
    portal.come(portal.pushed())
    portal.log_in(bram, at=NOW - timedelta(seconds=1))
    assert portal.choose(portal.asked_at, None).status_code == 403


def test_it_refuses_dirk_whom_nobody_mandated(portal: RelyingParty, anna: Party, dirk: Party) -> None:
    portal.come(portal.pushed())
    portal.log_in(dirk)
    assert portal.choose(portal.asked_at, anna).status_code == 400
    assert not AuthorizationCode.objects.exists()
