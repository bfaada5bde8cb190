"""What a portal may know at this moment, and when the answer becomes no."""

from datetime import timedelta

import pytest
from django.test import Client

from namens.grants.models import Family
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.lib.ids import new_id
from namens.mandates.actions import shorten, stop
from namens.outbox.models import Kind, OutboxRow
from namens.parties.facts import StopSignal
from namens.parties.models import Party
from namens.services.models import Portal, Service, Status
from tests.openid.relying import RelyingParty, forged, header_of, read
from tests.people import NOW, TODAY, active, person, terms, told


def is_refused(portal: RelyingParty, token: str) -> bool:
    response = portal.userinfo(token)
    challenge = response.headers.get("WWW-Authenticate", "")
    return response.status_code == 401 and 'error="invalid_token"' in challenge


def test_it_gives_the_claims_of_the_id_token(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    tokens = portal.tokens(bram, whom=anna)
    response = portal.userinfo(tokens["access_token"])
    claims = read(tokens["id_token"])
    assert response.json().items() <= claims.items()
    assert {"sub", "name", "represents", "urn:namens:1.0:left-out"} <= response.json().keys()
    assert "nonce" not in response.json()
    assert response["Cache-Control"] == "no-store"


def test_it_takes_post_too(portal: RelyingParty, bram: Party) -> None:
    token = portal.tokens(bram)["access_token"]
    response = Client().post("/openid/userinfo", headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 200


def test_it_says_what_holds_now(portal: RelyingParty, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    token = portal.tokens(bram, whom=anna)["access_token"]
    shorten(mandate=mandate.id, by=anna, last_day=TODAY, now=NOW)
    assert portal.userinfo(token).json()["urn:namens:1.0:last-day"] == TODAY.isoformat()
    stop(mandate=mandate.id, by=anna, now=NOW, service="inkomstenbelasting")
    assert portal.userinfo(token).json()["urn:namens:1.0:services"] == ["mijn-toeslagen"]


def test_it_never_gives_a_service_that_was_not_granted(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    token = portal.tokens(bram, whom=anna)["access_token"]
    active(anna, bram, what=terms("inkomstenbelasting"))
    assert portal.userinfo(token).json()["urn:namens:1.0:services"] == ["mijn-toeslagen"]


def test_it_refuses_after_a_stop(portal: RelyingParty, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    token = portal.tokens(bram, whom=anna)["access_token"]
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert is_refused(portal, token)


def test_it_gives_no_tokens_after_a_stop(portal: RelyingParty, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    code = portal.code(bram, whom=anna)
    stop(mandate=mandate.id, by=anna, now=NOW)
    response = portal.exchange(code)
    assert (response.status_code, response.json()["error"]) == (400, "invalid_grant")
    refused = JournalEntry.objects.get(event=Event.USE_REFUSED)
    assert (refused.result, refused.actor, refused.subject) == ("access-gone", bram.id, anna.id)
    assert refused.details == {"services": ["inkomstenbelasting", "mijn-toeslagen"]}


def test_it_refuses_after_the_last_day(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram, what=terms(last_day=TODAY))
    midnight = clock.end_of(TODAY)
    with clock.frozen(midnight - timedelta(minutes=5)):
        token = portal.tokens(bram, whom=anna)["access_token"]
        assert portal.userinfo(token).status_code == 200
    with clock.frozen(midnight):
        assert is_refused(portal, token)


def test_it_refuses_after_a_quarter_of_an_hour(portal: RelyingParty, bram: Party) -> None:
    token = portal.tokens(bram)["access_token"]
    with clock.frozen(NOW + timedelta(minutes=15)):
        assert is_refused(portal, token)


def test_it_refuses_when_the_portal_was_withdrawn(portal: RelyingParty, bram: Party) -> None:
    token = portal.tokens(bram)["access_token"]
    Portal.objects.update(status=Status.WITHDRAWN)
    assert is_refused(portal, token)


def test_it_refuses_when_the_service_ended(portal: RelyingParty, bram: Party) -> None:
    token = portal.tokens(bram)["access_token"]
    Service.objects.update(active=False)
    assert is_refused(portal, token)


@pytest.mark.parametrize("signal", [StopSignal.DECEASED, StopSignal.GUARDIANSHIP, StopSignal.ERRONEOUS])
def test_it_refuses_as_soon_as_the_register_stops_the_client(
    portal: RelyingParty, anna: Party, bram: Party, signal: StopSignal
) -> None:
    active(anna, bram)
    token = portal.tokens(bram, whom=anna)["access_token"]
    told(anna, signals=[signal])
    assert is_refused(portal, token)


def test_it_refuses_as_soon_as_the_register_stops_who_is_at_the_keyboard(portal: RelyingParty, bram: Party) -> None:
    token = portal.tokens(bram)["access_token"]
    told(bram, signals=[StopSignal.DECEASED])
    assert is_refused(portal, token)


def test_it_ends_the_login_and_tells_the_portal_once(portal: RelyingParty, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    token = portal.tokens(bram, whom=anna)["access_token"]
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert is_refused(portal, token)
    assert is_refused(portal, token)
    family = Family.objects.get()
    assert family.ended_by == "access-ended"
    told_portal = OutboxRow.objects.filter(kind=Kind.BACK_CHANNEL_LOGOUT)
    assert [row.payload for row in told_portal] == [{"family": str(family.id)}]


def test_it_takes_no_id_token_for_an_access_token(portal: RelyingParty, bram: Party) -> None:
    assert is_refused(portal, portal.tokens(bram)["id_token"])


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "ImFsZyI.e30.AA"])
def test_it_refuses_what_is_no_token(portal: RelyingParty, token: str) -> None:
    assert is_refused(portal, token)


@pytest.mark.parametrize("kid", ["\0", "a b", "\ud800", "x" * 65, "", 1, None, ["x"]])
def test_it_refuses_a_key_that_cannot_be_ours(portal: RelyingParty, kid: object) -> None:
    assert is_refused(portal, forged({"alg": "RS256", "kid": kid, "typ": "at+jwt"}, {"sid": str(new_id())}))


@pytest.mark.parametrize("alg", ["\0", "\ud800", "none", "HS256", 1, None])
def test_it_refuses_an_algorithm_that_is_not_ours(portal: RelyingParty, alg: object) -> None:
    header = header_of(portal.tokens(person("dirk"))["access_token"])
    assert is_refused(portal, forged({**header, "alg": alg}, {"sid": str(Family.objects.get().id)}))


@pytest.mark.parametrize("sid", ["\0", "\ud800", "x", "", 1, None, ["x"]])
def test_it_refuses_a_login_that_cannot_be_ours(portal: RelyingParty, sid: object) -> None:
    header = header_of(portal.tokens(person("dirk"))["access_token"])
    assert is_refused(portal, forged(header, {"sid": sid}))


def test_it_refuses_a_token_that_names_the_login_of_another(portal: RelyingParty, anna: Party, bram: Party) -> None:
    own, other = (portal.tokens(one)["access_token"] for one in (bram, anna))
    _, claims, _ = other.split(".")
    head, _, signature = own.split(".")
    assert is_refused(portal, f"{head}.{claims}.{signature}")


def test_it_refuses_a_token_that_was_changed(portal: RelyingParty, bram: Party) -> None:
    head, body, signature = portal.tokens(bram)["access_token"].split(".")
    assert is_refused(portal, f"{head}.{body}.{signature[::-1]}")
    assert is_refused(portal, f"{head}.{body[:-2]}.{signature}")


def test_it_asks_for_a_token_when_there_is_none(portal: RelyingParty) -> None:
    response = portal.browser.get("/openid/userinfo")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="namens", DPoP realm="namens", algs="RS256 PS256 ES256"'


def test_it_takes_no_token_from_an_address_or_a_form(portal: RelyingParty, bram: Party) -> None:
    token = portal.tokens(bram)["access_token"]
    for response in (
        Client().get("/openid/userinfo", {"access_token": token}),
        Client().post("/openid/userinfo", {"access_token": token}),
    ):
        assert response.status_code == 400
        assert 'error="invalid_request"' in response["WWW-Authenticate"]


def test_it_knows_nobody_by_the_token_of_a_forgotten_login(portal: RelyingParty) -> None:
    token = portal.tokens(person("dirk"))["access_token"]
    Family.objects.all().delete()
    assert is_refused(portal, token)
