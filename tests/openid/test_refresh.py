"""A login goes on at a portal that is registered for it: new tokens of the same login, rotated each time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from namens.grants.actions import forget_stale
from namens.grants.models import Family, RefreshToken, SigningKey, UsedProof
from namens.grants.plain import PlainRefreshToken
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.mandates.actions import stop
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.services.models import Service
from tests.openid.relying import RelyingParty, compat_terms, read, registered
from tests.openid.renewing import TWO, form, has_error, lasting_terms, proof, refresh
from tests.people import NOW, active, terms

pytestmark = pytest.mark.usefixtures("catalogue", "signing_keys")


def test_it_gives_no_refresh_token_to_a_portal_that_is_not_registered_for_it(portal: RelyingParty, bram: Party) -> None:
    assert "refresh_token" not in portal.tokens(bram)
    assert not RefreshToken.objects.exists()


def test_it_refuses_a_portal_that_is_not_registered_for_it(portal: RelyingParty, bram: Party) -> None:
    portal.tokens(bram)
    assert has_error(refresh(portal, "x"), "unauthorized_client")


def test_it_gives_new_tokens_of_the_same_login(lasting: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    first = lasting.tokens(bram, whom=anna)
    with clock.frozen(NOW + timedelta(hours=1)) as later:
        second = refresh(lasting, first["refresh_token"]).json()
        assert (second["token_type"], second["expires_in"]) == ("Bearer", 900)
        before, after = read(first["id_token"]), read(second["id_token"])
        assert lasting.userinfo(second["access_token"]).json()["represents"] == after["represents"]
        assert lasting.userinfo(first["access_token"]).status_code == 401
    assert after["iat"] == int(later.timestamp())
    assert "nonce" not in after
    same = ("iss", "sub", "aud", "sid", "auth_time", "acr", "represents")
    assert {name: before[name] for name in same} == {name: after[name] for name in same}
    assert second["scope"] == first["scope"]


def test_it_gives_another_refresh_token_each_time(lasting: RelyingParty, bram: Party) -> None:
    token, seen = lasting.tokens(bram)["refresh_token"], set()
    for _ in range(3):
        seen.add(token)
        token = refresh(lasting, token).json()["refresh_token"]
    assert len({*seen, token}) == 4


def test_it_keeps_a_refresh_token_as_a_digest_only(lasting: RelyingParty, bram: Party) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    assert len(token) == 43
    assert token not in str(RefreshToken.objects.values())
    assert token not in repr(PlainRefreshToken(token)) + f"{PlainRefreshToken(token)}"


def test_it_takes_no_code_for_a_refresh_token_and_none_for_a_code(lasting: RelyingParty, bram: Party) -> None:
    assert has_error(refresh(lasting, lasting.code(bram)), "invalid_grant")
    assert has_error(lasting.exchange(lasting.tokens(bram)["refresh_token"]), "invalid_grant")


@pytest.mark.parametrize("token", ["x", "é" * 43, "x" * 5000, "a.b.c"])
def test_it_refuses_what_is_no_refresh_token(lasting: RelyingParty, token: str) -> None:
    assert has_error(refresh(lasting, token), "invalid_grant")


def test_it_asks_for_a_refresh_token(lasting: RelyingParty) -> None:
    assert has_error(refresh(lasting, ""), "invalid_request")


def test_it_ends_the_login_when_a_rotated_token_comes_back(lasting: RelyingParty, bram: Party) -> None:
    stolen = lasting.tokens(bram)["refresh_token"]
    fresh = refresh(lasting, stolen).json()
    assert has_error(refresh(lasting, stolen), "invalid_grant")
    assert Family.objects.get().ended_by == "refresh-replayed"
    assert has_error(refresh(lasting, fresh["refresh_token"]), "invalid_grant")
    assert lasting.userinfo(fresh["access_token"]).status_code == 401
    ended = JournalEntry.objects.get(event=Event.TOKENS_ENDED)
    assert (ended.result, ended.actor, ended.portal) == ("refresh-replayed", bram.id, lasting.portal.id)
    assert OutboxRow.objects.filter(kind=Kind.BACK_CHANNEL_LOGOUT).count() == 1


def test_it_has_no_grace_for_an_answer_that_was_lost(lasting: RelyingParty, bram: Party) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    refresh(lasting, token)
    with clock.frozen(NOW + timedelta(seconds=1)):
        assert has_error(refresh(lasting, token), "invalid_grant")
    assert Family.objects.get().ended_by == "refresh-replayed"


def test_it_recognises_a_rotated_token_as_long_as_its_login_can_go_on(lasting: RelyingParty, bram: Party) -> None:
    stolen = lasting.tokens(bram)["refresh_token"]
    token = stolen
    for hours in (5, 10, 15, 20):
        with clock.frozen(NOW + timedelta(hours=hours)) as now:
            token = refresh(lasting, token).json()["refresh_token"]
            forget_stale(now=now)
    with clock.frozen(NOW + timedelta(hours=21)):
        assert has_error(refresh(lasting, stolen), "invalid_grant")
    assert Family.objects.get().ended_by == "refresh-replayed"


def test_it_changes_nothing_for_another_portal_that_shows_the_token(lasting: RelyingParty, dirk: Party) -> None:
    thief = registered(lasting_terms("dief", *TWO))
    token = lasting.tokens(dirk)["refresh_token"]
    assert has_error(refresh(thief, token), "invalid_grant")
    fresh = refresh(lasting, token)
    assert fresh.status_code == 200
    assert has_error(refresh(thief, token), "invalid_grant")
    assert Family.objects.get().ended_at is None
    assert refresh(lasting, fresh.json()["refresh_token"]).status_code == 200


def test_it_tells_another_portal_as_little_as_about_no_token_at_all(lasting: RelyingParty, dirk: Party) -> None:
    thief = registered(lasting_terms("dief"))
    token = lasting.tokens(dirk)["refresh_token"]
    assert refresh(thief, token).content == refresh(thief, "x").content


def test_it_needs_a_proof_of_who_asks(lasting: RelyingParty, bram: Party) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    bare: dict[str, None] = dict.fromkeys(proof(lasting))
    assert has_error(refresh(lasting, token, **bare), "invalid_client", status=401)
    assert has_error(refresh(lasting, token, **bare, client_id="blijvend"), "invalid_client", status=401)
    assert refresh(lasting, token).status_code == 200


def test_it_takes_an_assertion_once(lasting: RelyingParty, bram: Party) -> None:
    first, second = (lasting.tokens(bram)["refresh_token"] for _ in range(2))
    shown = proof(lasting)
    assert refresh(lasting, first, **shown).status_code == 200
    assert has_error(refresh(lasting, second, **shown), "invalid_client", status=401)
    assert refresh(lasting, second).status_code == 200


def test_it_says_what_is_left_of_the_scope(lasting: RelyingParty, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms(*TWO))
    first = lasting.tokens(bram, whom=anna)
    stop(mandate=mandate.id, by=anna, now=NOW, service="inkomstenbelasting")
    second = refresh(lasting, first["refresh_token"]).json()
    left = Service.objects.get(key="mijn-toeslagen").id
    assert second["scope"] == f"openid urn:uuid:{left}"
    assert read(second["id_token"])["urn:namens:1.0:services"] == ["mijn-toeslagen"]


def test_it_never_gives_a_service_that_was_not_granted_at_the_login(
    lasting: RelyingParty, anna: Party, bram: Party
) -> None:
    active(anna, bram)
    first = lasting.tokens(bram, whom=anna)
    active(anna, bram, what=terms(*TWO))
    second = refresh(lasting, first["refresh_token"]).json()
    assert second["scope"] == first["scope"]
    assert has_error(refresh(lasting, second["refresh_token"], scope=lasting.scope), "invalid_scope")


def test_it_refuses_another_scope_and_uses_nothing_up(lasting: RelyingParty, bram: Party) -> None:
    first = lasting.tokens(bram)
    spent = UsedProof.objects.count()
    for scope in ("openid", f"{first['scope']} offline_access", first["scope"].removeprefix("openid "), "x"):
        assert has_error(refresh(lasting, first["refresh_token"], scope=scope), "invalid_scope")
    assert UsedProof.objects.count() == spent
    turned = " ".join(reversed(first["scope"].split()))
    assert refresh(lasting, first["refresh_token"], scope=turned).status_code == 200


def test_it_reads_past_the_scope_of_a_stock_client(bram: Party) -> None:
    stock = registered(replace(compat_terms("formulieren"), refresh_tokens=True))
    first = stock.tokens(bram)
    second = refresh(stock, first["refresh_token"], scope="openid profile offline_access")
    assert (second.status_code, second.json()["scope"]) == (200, "openid")
    assert second.json()["refresh_token"] != first["refresh_token"]
    assert has_error(refresh(stock, first["refresh_token"]), "invalid_grant")
    assert Family.objects.get().ended_by == "refresh-replayed"


def test_it_loses_no_token_when_nothing_can_be_signed(lasting: RelyingParty, bram: Party) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    SigningKey.objects.update(retired_at=NOW)
    assert has_error(refresh(lasting, token), "temporarily_unavailable", status=503)
    SigningKey.objects.update(retired_at=None)
    assert refresh(lasting, token).status_code == 200


def test_it_writes_the_use_once_at_the_login(lasting: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    token = lasting.tokens(bram, whom=anna)["refresh_token"]
    before = JournalEntry.objects.count()
    refresh(lasting, token)
    assert JournalEntry.objects.count() == before


def test_it_says_why_in_the_log_without_the_token(
    lasting: RelyingParty, bram: Party, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    fresh = refresh(lasting, token).json()["refresh_token"]
    refresh(registered(lasting_terms("dief")), fresh)
    refresh(lasting, token)
    written = capsys.readouterr()
    logged = caplog.text + written.out + written.err
    assert "refresh-of-another" in logged
    assert "refresh-replayed" in logged
    assert not [secret for secret in (token, fresh) if secret in logged + str(list(JournalEntry.objects.values()))]


@pytest.mark.parametrize("given", [["refresh_token", "refresh_token"], ["scope", "scope"]])
def test_it_refuses_a_parameter_that_comes_twice(lasting: RelyingParty, bram: Party, given: list[str]) -> None:
    token = lasting.tokens(bram)["refresh_token"]
    asked: dict[str, object] = {
        **form(lasting, grant_type="refresh_token", refresh_token=token),
        given[0]: [token, token],
    }
    assert has_error(lasting.browser.post("/openid/token", asked), "invalid_request")
    assert RefreshToken.objects.get().used_at is None
