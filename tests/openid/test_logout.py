"""Logging out at the portal's wish: the login there ends, and the session here too."""

import base64
import re
import zlib
from datetime import timedelta

import pytest
from django.test import Client

from namens.grants.models import Family
from namens.lib import clock
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.services.models import Portal, Status
from namens.signin import session
from tests.openid.relying import Answer, Changes, RelyingParty, answer_in, forged, registered, terms_of
from tests.people import NOW, person

AFTER = "https://mijn-overheid.example/uitgelogd"


def leave(portal: RelyingParty, **parameters: Changes) -> Answer:
    """Send the browser to the logout endpoint, and one step further when it is one of ours."""
    given = {name: value for name, value in parameters.items() if value is not None}
    return followed(portal, portal.browser.get("/openid/logout", given))


def followed(portal: RelyingParty, response: Answer) -> Answer:
    return portal.browser.get(response["Location"]) if response.status_code == 303 else response


def is_logged_in(portal: RelyingParty) -> bool:
    return session.PARTY in portal.browser.session


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_ends_both_and_goes_back_to_the_portal(portal: RelyingParty, bram: Party, method: str) -> None:
    tokens = portal.tokens(bram)
    assert is_logged_in(portal)
    asked = {
        "id_token_hint": tokens["id_token"],
        "client_id": "mijn-overheid",
        "post_logout_redirect_uri": AFTER,
        "state": "a b&c",
    }
    send = portal.browser.post if method == "post" else portal.browser.get
    response = followed(portal, send("/openid/logout", asked))
    assert (response.status_code, response["Location"]) == (303, f"{AFTER}?state=a+b%26c")
    assert not is_logged_in(portal)
    assert portal.userinfo(tokens["access_token"]).status_code == 401
    assert Family.objects.get().ended_by == "logged-out"


def test_it_does_not_tell_the_portal_what_it_asked_for_itself(portal: RelyingParty, bram: Party) -> None:
    leave(portal, id_token_hint=portal.tokens(bram)["id_token"])
    assert not OutboxRow.objects.filter(kind=Kind.BACK_CHANNEL_LOGOUT).exists()


def test_it_says_that_somebody_is_logged_out_when_there_is_no_address(portal: RelyingParty, bram: Party) -> None:
    response = leave(portal, id_token_hint=portal.tokens(bram)["id_token"])
    assert response.status_code == 200
    assert "U bent uitgelogd" in response.content.decode()


def test_it_takes_an_id_token_of_long_ago(portal: RelyingParty, bram: Party) -> None:
    tokens = portal.tokens(bram)
    with clock.frozen(NOW + timedelta(hours=1)):
        leave(portal, id_token_hint=tokens["id_token"])
    assert Family.objects.get().ended_by == "logged-out"


def test_it_leaves_the_session_of_somebody_else_alone(portal: RelyingParty, bram: Party) -> None:
    tokens = portal.tokens(bram)
    portal.log_in(person("carla"))
    leave(portal, id_token_hint=tokens["id_token"])
    assert Family.objects.get().ended_by == "logged-out"
    assert is_logged_in(portal)


@pytest.mark.parametrize("hint", [None, "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "ImFsZyI.e30.AA"])
def test_it_asks_the_person_when_nothing_is_proven(portal: RelyingParty, bram: Party, hint: str | None) -> None:
    portal.tokens(bram)
    response = leave(portal, id_token_hint=hint, client_id="mijn-overheid", post_logout_redirect_uri=AFTER)
    assert response.status_code == 200
    assert "Wilt u uitloggen?" in response.content.decode()
    assert "form-action 'self' https://mijn-overheid.example" in response["Content-Security-Policy"]
    assert is_logged_in(portal)
    assert Family.objects.get().ended_at is None


def test_it_logs_out_who_says_yes(portal: RelyingParty, bram: Party) -> None:
    portal.tokens(bram)
    kept = {"client_id": "mijn-overheid", "post_logout_redirect_uri": AFTER, "state": "s"}
    response = portal.browser.post("/openid/logout/confirm", kept)
    assert response["Location"] == f"{AFTER}?state=s"
    assert not is_logged_in(portal)


@pytest.mark.usefixtures("portal", "bram")
def test_it_takes_a_yes_only_from_its_own_page() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/openid/logout/confirm").status_code == 403
    assert strict.post("/openid/logout").status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"post_logout_redirect_uri": "https://attacker.example/"},
        {"post_logout_redirect_uri": AFTER + "/"},
        {"client_id": "another"},
        {"client_id": "ander"},
    ],
)
def test_it_sends_nobody_to_an_address_that_is_not_registered(
    portal: RelyingParty, bram: Party, changes: dict[str, Changes]
) -> None:
    registered(terms_of("ander"))
    good: dict[str, Changes] = {"id_token_hint": portal.tokens(bram)["id_token"], "client_id": "mijn-overheid"}
    response = leave(portal, **{**good, "post_logout_redirect_uri": AFTER, **changes})
    assert response.status_code == 400
    assert "Location" not in response
    assert Family.objects.get().ended_at is None


def test_it_knows_no_address_without_a_portal(portal: RelyingParty) -> None:
    assert leave(portal, post_logout_redirect_uri=AFTER).status_code == 400


def test_it_takes_parameters_that_it_does_not_know(portal: RelyingParty, bram: Party) -> None:
    hint = portal.tokens(bram)["id_token"]
    response = leave(portal, id_token_hint=hint, ui_locales="tlh fy", logout_hint="bram", extra="1")
    assert "U bent uitgelogd" in response.content.decode()
    assert not is_logged_in(portal)


def test_it_refuses_a_parameter_that_comes_twice(portal: RelyingParty) -> None:
    assert portal.browser.get("/openid/logout?client_id=a&client_id=b").status_code == 400


@pytest.mark.parametrize("ticket", ["", "x", "e30:1abc:def", "new:AAAA", "new:é", "gone:AAAA"])
def test_it_follows_no_ticket_that_it_did_not_make(portal: RelyingParty, ticket: str) -> None:
    assert portal.browser.get("/openid/logout/done", {"ticket": ticket}).status_code == 400


def test_it_follows_a_ticket_for_one_minute(portal: RelyingParty, bram: Party) -> None:
    hint = portal.tokens(bram)["id_token"]
    response = portal.browser.get("/openid/logout", {"id_token_hint": hint})
    with clock.frozen(NOW + timedelta(minutes=1)):
        assert followed(portal, response).status_code == 400
    assert is_logged_in(portal)


def test_it_gives_the_portal_nothing_to_read_in_a_ticket(portal: RelyingParty, bram: Party) -> None:
    asked = {"id_token_hint": portal.tokens(bram)["id_token"], "post_logout_redirect_uri": AFTER}
    ticket = answer_in(Client().post("/openid/logout", asked))["ticket"]
    seen = [ticket, *(decoded(part) for part in re.split(r"[:.]", ticket))]
    assert not [text for text in seen for secret in (str(bram.id), bram.id.hex, AFTER) if secret in text]


def decoded(part: str) -> str:
    """Give what base64 in either alphabet hides, opened where it was packed."""
    plain = base64.b64decode(part.replace("-", "+").replace("_", "/") + "=" * (-len(part) % 4))
    try:
        return zlib.decompress(plain).decode(errors="replace")
    except zlib.error:
        return plain.decode(errors="replace")


def test_it_keeps_who_leaves_a_withdrawn_portal_on_its_own_page(portal: RelyingParty, bram: Party) -> None:
    hint = portal.tokens(bram)["id_token"]
    Portal.objects.update(status=Status.WITHDRAWN)
    response = leave(portal, id_token_hint=hint, post_logout_redirect_uri=AFTER)
    assert (response.status_code, "Location" in response) == (200, False)
    assert "U bent uitgelogd" in response.content.decode()
    assert not is_logged_in(portal)
    assert Family.objects.get().ended_by == "logged-out"


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.WITHDRAWN])
@pytest.mark.parametrize("path", ["/openid/logout", "/openid/logout/confirm"])
def test_it_knows_no_portal_that_is_not_approved(portal: RelyingParty, status: Status, path: str) -> None:
    Portal.objects.update(status=status)
    asked = {"client_id": "mijn-overheid", "post_logout_redirect_uri": AFTER}
    response = portal.browser.post(path, asked)
    assert (response.status_code, "Location" in response) == (400, False)


@pytest.mark.parametrize("state", ["x" * 2049, "\N{GRINNING FACE}" * 171])
def test_it_goes_nowhere_with_a_state_that_no_address_can_hold(portal: RelyingParty, bram: Party, state: str) -> None:
    hint = portal.tokens(bram)["id_token"]
    response = leave(portal, id_token_hint=hint, post_logout_redirect_uri=AFTER, state=state)
    assert (response.status_code, "Location" in response) == (400, False)
    assert Family.objects.get().ended_at is None


@pytest.mark.parametrize("state", ["x" * 2048, "\N{GRINNING FACE}" * 170])
def test_it_gives_back_the_longest_state(portal: RelyingParty, bram: Party, state: str) -> None:
    hint = portal.tokens(bram)["id_token"]
    response = leave(portal, id_token_hint=hint, post_logout_redirect_uri=AFTER, state=state)
    assert answer_in(response)["state"] == state


@pytest.mark.parametrize("kid", ["\0", "a b", "\ud800", "x" * 65])
def test_it_proves_nothing_with_a_key_that_cannot_be_ours(portal: RelyingParty, kid: str) -> None:
    response = leave(portal, id_token_hint=forged({"alg": "RS256", "kid": kid, "typ": "JWT"}))
    assert "Wilt u uitloggen?" in response.content.decode()
