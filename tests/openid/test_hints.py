"""Hints of a portal: whom it expects, how they log in, whom they come for, and with which key it will come back."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pytest_django import Settings

from namens.grants.actions import allow
from namens.grants.actions.allow import Choice
from namens.grants.models import AuthorizationCode, AuthorizationRequest, SigningKey
from namens.grants.pairwise import pairwise_id
from namens.grants.refusals import GrantReason, GrantRefusal
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.organisations.models import Member
from namens.parties.models import Party
from namens.services.models import Portal, Representation
from tests.openid.conftest import BROKERS
from tests.openid.relying import Answer, Changes, RelyingParty, answer_in, forged, registered, terms_of
from tests.openid.test_which import AT_WORK
from tests.people import NOW

THUMBPRINT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
LOW, SUBSTANTIAL, HIGH = (f"http://eidas.europa.eu/LoA/{level}" for level in ("low", "substantial", "high"))


@pytest.fixture
def both(settings: Settings, tmp_path: Path) -> None:
    """Brokers for persons and for members."""
    settings.BROKERS_FILE = tmp_path / "brokers.yaml"
    settings.BROKERS_FILE.write_text(f"{BROKERS.rstrip()}{AT_WORK}", encoding="utf-8")


def asked_of(**claims: object) -> str:
    """Write a `claims` parameter about the ID token."""
    return json.dumps({"id_token": claims})


def sub_of(portal: RelyingParty, party: Party) -> str:
    return pairwise_id(party.id, sector=portal.portal.sector)


def error_of(portal: RelyingParty, **changes: Changes) -> str:
    response = portal.authorize(**changes)
    assert response["Location"].startswith(portal.redirect_uri)
    assert not AuthorizationRequest.objects.filter(used_at=None).exists()
    return answer_in(response)["error"]


def who_comes(portal: RelyingParty, party: Party, **changes: Changes) -> Answer:
    """Let somebody log in for a question with these hints, and give the page For whom."""
    address = portal.ask(**changes)
    portal.log_in(party)
    return portal.browser.get(address)


def test_it_lets_in_whom_the_hint_names(portal: RelyingParty, bram: Party) -> None:
    hint = portal.tokens(bram)["id_token"]
    assert who_comes(portal, bram, id_token_hint=hint).status_code == 200
    assert "code" in answer_in(portal.choose(portal.asked_at, None))


def test_it_sends_back_whom_the_hint_does_not_name(portal: RelyingParty, bram: Party, dirk: Party) -> None:
    hint = portal.tokens(bram)["id_token"]
    response = who_comes(portal, dirk, id_token_hint=hint)
    assert response["Location"].startswith(portal.redirect_uri)
    assert answer_in(response)["error"] == "login_required"
    assert answer_in(portal.choose(portal.asked_at, None))["error"] == "login_required"
    assert AuthorizationCode.objects.count() == 1


def test_it_sends_back_somebody_else_who_answers_at_once(portal: RelyingParty, bram: Party, dirk: Party) -> None:
    portal.ask(id_token_hint=portal.tokens(bram)["id_token"])
    portal.log_in(dirk)
    assert answer_in(portal.choose(portal.asked_at, None))["error"] == "login_required"


def test_it_gives_nobody_else_a_code_whatever_the_page_says(portal: RelyingParty, bram: Party, dirk: Party) -> None:
    portal.ask(id_token_hint=portal.tokens(bram)["id_token"])
    asked = AuthorizationRequest.objects.latest("id")
    choice = Choice(dirk, level=AssuranceLevel.HIGH, auth_time=NOW, representee=None)
    assert allow(asked, choice=choice, now=NOW) == GrantRefusal(GrantReason.OTHER_PERSON)


def test_it_knows_the_same_person_at_home_and_at_work_apart(portal: RelyingParty, sam: Member, bram: Party) -> None:
    at_work = {"sub": {"value": sub_of(portal, sam.party)}}
    assert answer_in(who_comes(portal, bram, claims=asked_of(**at_work)))["error"] == "login_required"
    assert who_comes(portal, sam.party, claims=asked_of(**at_work)).status_code == 200


def test_it_takes_a_hint_that_expired_as_long_as_its_key_is_published(portal: RelyingParty, bram: Party) -> None:
    hint = portal.tokens(bram)["id_token"]
    with clock.frozen(NOW + timedelta(days=300)):
        assert portal.authorize(id_token_hint=hint)["Location"].startswith("/signin/digid?")
    AuthorizationRequest.objects.all().delete()
    SigningKey.objects.update(retired_at=NOW)
    with clock.frozen(NOW + timedelta(days=2)):
        assert error_of(portal, id_token_hint=hint) == "invalid_request"


def test_it_refuses_a_hint_that_is_none_of_ours(portal: RelyingParty, bram: Party) -> None:
    tokens = portal.tokens(bram)
    stranger = forged({"alg": "none", "typ": "JWT"}, {"aud": "mijn-overheid", "sub": sub_of(portal, bram)})
    changed = tokens["id_token"].rpartition(".")[0] + ".AAAA"
    for hint in (tokens["access_token"], stranger, changed, "x", "..", "a.b.c.d.e", "\N{GRINNING FACE}"):
        assert error_of(portal, id_token_hint=hint) == "invalid_request"


def test_it_refuses_a_hint_from_another_portal_of_the_same_sector(portal: RelyingParty, bram: Party) -> None:
    other = registered(terms_of("ander"))
    Portal.objects.filter(client_id="ander").update(sector=portal.portal.sector)
    assert error_of(portal, id_token_hint=other.tokens(bram)["id_token"]) == "invalid_request"


@pytest.mark.parametrize("sub", ["x", "x" * 43, "", 5, None, {"a": 1}, "\ud800" * 43])
def test_it_refuses_a_person_whom_it_never_named(portal: RelyingParty, sub: object) -> None:
    assert error_of(portal, claims=asked_of(sub={"value": sub})) == "invalid_request"


def test_it_refuses_a_person_of_another_sector(portal: RelyingParty, bram: Party) -> None:
    stranger = pairwise_id(bram.id, sector="ander")
    assert error_of(portal, claims=asked_of(sub={"value": stranger})) == "invalid_request"


def test_it_refuses_to_expect_two_people_at_once(portal: RelyingParty, anna: Party, bram: Party) -> None:
    both = asked_of(sub={"values": [sub_of(portal, anna), sub_of(portal, bram)]})
    assert error_of(portal, claims=both) == "invalid_request"
    hint = portal.tokens(bram)["id_token"]
    anna_only = asked_of(sub={"value": sub_of(portal, anna)})
    assert error_of(portal, id_token_hint=hint, claims=anna_only) == "invalid_request"


def test_it_lets_the_one_in_whom_claims_name(portal: RelyingParty, bram: Party, dirk: Party) -> None:
    claims = asked_of(sub={"essential": True, "value": sub_of(portal, bram)})
    assert who_comes(portal, bram, claims=claims).status_code == 200
    assert answer_in(who_comes(portal, dirk, claims=claims))["error"] == "login_required"


def test_it_reads_past_a_sub_without_a_value(portal: RelyingParty, dirk: Party) -> None:
    assert who_comes(portal, dirk, claims=asked_of(sub={"essential": True})).status_code == 200


@pytest.mark.parametrize(
    ("values", "acr_values", "level"),
    [
        ([SUBSTANTIAL], None, "substantial"),
        ([HIGH, SUBSTANTIAL], None, "substantial"),
        (["urn:example:gold", HIGH], None, "high"),
        ([LOW], HIGH, "high"),
        ([HIGH], LOW, "high"),
    ],
)
@pytest.mark.parametrize("essential", [True, False])
def test_it_asks_for_a_login_as_strong_as_claims_want(
    portal: RelyingParty, values: Sequence[str], acr_values: str | None, level: str, *, essential: bool
) -> None:
    claims = asked_of(acr={"essential": essential, "values": values})
    assert answer_in(portal.authorize(claims=claims, acr_values=acr_values))["level"] == level
    assert AuthorizationRequest.objects.get().minimum_level == level


def test_it_sends_back_who_logs_in_weaker_than_claims_want(portal: RelyingParty, bram: Party) -> None:
    response = who_comes(portal, bram, claims=asked_of(acr={"essential": True, "value": HIGH}))
    assert answer_in(response)["error"] == "unmet_authentication_requirements"


@pytest.mark.parametrize("wish", [{"value": "urn:example:gold"}, {"values": [5, None]}])
def test_it_refuses_a_level_that_it_does_not_know_only_when_it_is_essential(
    portal: RelyingParty, wish: dict[str, object]
) -> None:
    claims = asked_of(acr={"essential": True, **wish})
    assert error_of(portal, claims=claims) == "unmet_authentication_requirements"
    assert portal.authorize(claims=asked_of(acr=wish))["Location"].startswith("/signin/")


def test_it_gives_a_login_from_after_the_question_whatever_its_age_may_be(portal: RelyingParty, bram: Party) -> None:
    portal.ask(max_age="86400", claims=asked_of(auth_time={"essential": True}))
    portal.log_in(bram, at=NOW - timedelta(seconds=1))
    assert portal.choose(portal.asked_at, None).status_code == 403


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize(
    ("hint", "path"),
    [
        ("person", "/signin/digid"),
        ("organisation", "/signin/eherkenning"),
        ("", "/signin/which"),
        ("bram@example.nl", "/signin/which"),
        ("999990019", "/signin/which"),
        ("member", "/signin/which"),
    ],
)
def test_it_skips_the_page_that_asks_how_when_the_portal_knows(portal: RelyingParty, hint: str, path: str) -> None:
    assert urlsplit(portal.authorize(login_hint=hint)["Location"]).path == path
    assert urlsplit(portal.come(portal.pushed(login_hint=hint))["Location"]).path == path
    assert urlsplit(portal.browser.get(portal.asked_at)["Location"]).path == path


@pytest.mark.usefixtures("both")
def test_it_keeps_no_hint_that_says_who_somebody_is(portal: RelyingParty) -> None:
    portal.ask(login_hint="999990019")
    assert "999990019" not in str(AuthorizationRequest.objects.values().get())


@pytest.mark.usefixtures("both")
def test_it_leads_nobody_to_a_login_for_organisations_that_the_portal_does_not_take(portal: RelyingParty) -> None:
    Portal.objects.update(representation=Representation.SELF)
    assert portal.authorize(login_hint="organisation")["Location"].startswith("/signin/digid?")


def test_it_leads_to_the_broker_for_persons_where_there_is_no_other(portal: RelyingParty) -> None:
    assert portal.authorize(login_hint="organisation")["Location"].startswith("/signin/digid?")


def test_it_keeps_the_key_that_the_code_is_bound_to(portal: RelyingParty) -> None:
    portal.come(portal.pushed(dpop_jkt=THUMBPRINT))
    assert AuthorizationRequest.objects.get().key_thumbprint == THUMBPRINT


@pytest.mark.parametrize("thumbprint", ["x", THUMBPRINT + "A", THUMBPRINT[:-1] + "=", "ü" * 43])
def test_it_refuses_what_is_no_thumbprint(portal: RelyingParty, thumbprint: str) -> None:
    assert error_of(portal, dpop_jkt=thumbprint) == "invalid_request"


def test_it_reads_past_a_thumbprint_where_tokens_are_never_bound(stock: RelyingParty) -> None:
    stock.ask(dpop_jkt="x")
    assert not AuthorizationRequest.objects.get().key_thumbprint
