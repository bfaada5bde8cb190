"""The `claims` parameter (OpenID Connect Core 5.5): what is asked for by name, and what of it is kept."""

import json

import pytest

from namens.grants.claims_asked import BSN, ID_TOKEN, NAME, USERINFO, ClaimsAsked, MalformedClaims
from namens.grants.models import AuthorizationRequest, Family
from namens.parties.models import Party
from tests.openid.relying import RelyingParty, answer_in

MALFORMED = [
    "no json",
    "[]",
    '"name"',
    '{"id_token": []}',
    '{"id_token": "name"}',
    '{"id_token": {"name": true}}',
    '{"userinfo": {"name": []}}',
    '{"userinfo": {"name": {"essential": "yes"}}}',
    '{"userinfo": {"name": {"values": "yes"}}}',
    '{"userinfo": {"name": null, "name": null}}',
    '{"userinfo": {"auth_time": {"value": NaN}}}',
    '{"id_token": ' * 400,
    json.dumps({"id_token": {"x" * 4096: None}}),
    json.dumps({"id_token": {"ü" * 2048: None}}, ensure_ascii=False),
]


def asked(**places: object) -> str:
    """Write the parameter."""
    return json.dumps(places)


def kept(portal: RelyingParty, claims: str) -> dict[str, dict[str, bool]]:
    """Ask with this parameter, and give what is kept of it."""
    portal.ask(claims=claims)
    return dict(AuthorizationRequest.objects.latest("made_at", "id").claims)


def test_it_keeps_what_is_asked_for_by_name_in_each_place(portal: RelyingParty) -> None:
    claims = asked(id_token={NAME: None, BSN: {"essential": True}}, userinfo={BSN: None})
    assert kept(portal, claims) == {ID_TOKEN: {NAME: False, BSN: True}, USERINFO: {BSN: False}}


def test_it_reads_past_claims_and_members_that_it_does_not_know(portal: RelyingParty) -> None:
    claims = asked(
        id_token={"shoe_size": {"essential": True, "purpose": "new shoes"}}, elsewhere={"x": 1}, userinfo=None
    )
    assert kept(portal, claims) == {ID_TOKEN: {}, USERINFO: {}}


def test_it_keeps_no_value_that_a_portal_writes_beside_a_claim(portal: RelyingParty) -> None:
    kept(portal, asked(userinfo={BSN: {"value": "999990019"}, NAME: {"values": ["Anna de Vries"]}}))
    stored = AuthorizationRequest.objects.values().get()
    assert "999990019" not in str(stored)
    assert "Anna" not in str(stored)


def test_it_hands_what_was_asked_to_the_login(portal: RelyingParty, bram: Party) -> None:
    portal.code(bram, claims=asked(userinfo={BSN: None}))
    login = ClaimsAsked.of(Family.objects.get().claims_asked)
    assert (login.asks(BSN, USERINFO), login.asks(BSN, ID_TOKEN)) == (True, False)
    assert login.asked_in(USERINFO) == {BSN}


@pytest.mark.parametrize("claims", MALFORMED)
def test_it_refuses_what_is_no_such_parameter(portal: RelyingParty, claims: str) -> None:
    response = portal.browser.post("/openid/authorize", portal.question(claims=claims))
    assert answer_in(response)["error"] == "invalid_request"
    assert not AuthorizationRequest.objects.exists()


@pytest.mark.parametrize("claims", MALFORMED)
def test_it_does_not_say_what_stood_in_a_wrong_parameter(claims: str) -> None:
    with pytest.raises(MalformedClaims) as wrong:
        ClaimsAsked.read(claims)
    assert len(str(wrong.value)) < 80


@pytest.mark.parametrize("claims", ["no json", asked(userinfo={BSN: None})])
def test_it_reads_past_the_parameter_of_a_compat_portal(stock: RelyingParty, claims: str) -> None:
    assert kept(stock, claims) == {}


def test_it_lets_a_portal_without_the_parameter_have_names_and_no_bsn() -> None:
    nothing = ClaimsAsked.read("")
    assert nothing.names_people_in(ID_TOKEN)
    assert not nothing.asks(BSN, ID_TOKEN)
    assert nothing.kept == {}


def test_it_lets_a_portal_with_the_parameter_have_names_only_where_it_asks() -> None:
    read = ClaimsAsked.of(ClaimsAsked.read(asked(userinfo={NAME: None})).kept)
    assert (read.names_people_in(USERINFO), read.names_people_in(ID_TOKEN)) == (True, False)
    assert not ClaimsAsked.of(ClaimsAsked.read("{}").kept).names_people_in(USERINFO)
