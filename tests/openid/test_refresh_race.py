"""Many ask with one refresh token at one moment, and what it costs to ask."""

from dataclasses import replace
from functools import partial

import pytest
from django.test import Client

from namens.grants import actions
from namens.grants.clients import Proven
from namens.grants.confirmation import Confirmation
from namens.grants.models import EndedBy, Family, RefreshToken
from namens.grants.plain import PlainRefreshToken
from namens.grants.refusals import GrantRefusal
from namens.journal.events import Channel
from namens.services.models import Portal
from namens.services.profiles import Profile
from tests.openid.proving import proof
from tests.openid.relying import RelyingParty, key, registered
from tests.openid.renewing import TWO, form, lasting_terms, refresh
from tests.openid.test_statements import counted
from tests.parallel import at_once
from tests.people import NOW, active, person

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


def asking(portal: RelyingParty, token: str) -> dict[str, str]:
    return form(portal, grant_type="refresh_token", refresh_token=token)


def status(path: str, asked: dict[str, str]) -> int:
    return Client().post(path, asked).status_code


def test_it_lets_one_win_however_many_rotate_a_token_at_once_and_then_ends_the_login(lasting: RelyingParty) -> None:
    token = lasting.tokens(person("bram"))["refresh_token"]
    forms = [asking(lasting, token) for _ in range(AT_ONCE)]
    answers = at_once([partial(status, "/openid/token", one) for one in forms])
    assert sorted(answers) == [200] + [400] * (AT_ONCE - 1)
    assert Family.objects.get().ended_by == "refresh-replayed"
    assert RefreshToken.objects.filter(used_at__isnull=True).count() == 1


def test_it_keeps_one_token_for_all_where_it_is_not_rotated(lasting: RelyingParty) -> None:
    token = lasting.tokens(person("bram"))["refresh_token"]
    strict = Portal.objects.get(id=lasting.portal.id)
    strict.profile = Profile.FAPI
    shown = Proven(strict, confirmation=Confirmation(key="k" * 43))
    ask = partial(actions.refresh, token=PlainRefreshToken(token), by=shown, scope="", now=NOW)
    outcomes = at_once([ask] * AT_ONCE)
    assert [one.token.text for one in outcomes if not isinstance(one, GrantRefusal)] == [token] * AT_ONCE
    assert (RefreshToken.objects.count(), Family.objects.get().ended_at) == (1, None)


def test_it_lets_nothing_live_when_a_login_ends_while_it_is_refreshed(lasting: RelyingParty) -> None:
    tokens = lasting.tokens(person("bram"))
    asked, taken_back = asking(lasting, tokens["refresh_token"]), form(lasting, token=tokens["access_token"])
    ask, end = (partial(Client().post, path) for path in ("/openid/token", "/openid/revoke"))
    refreshed, revoked = at_once([partial(ask, asked), partial(end, taken_back)])
    assert (revoked.status_code, Family.objects.get().ended_by) == (200, "revoked")
    if refreshed.status_code == 200:
        assert lasting.userinfo(refreshed.json()["access_token"]).status_code == 401
        assert refresh(lasting, refreshed.json()["refresh_token"]).status_code == 400


def test_it_ends_a_login_once_however_many_take_it_back_at_once(lasting: RelyingParty) -> None:
    lasting.tokens(person("bram"))
    family = Family.objects.select_related("portal").get()
    end = partial(actions.end_family, family, by=EndedBy.REVOKED, channel=Channel.PORTAL, now=NOW)
    assert sorted(at_once([end] * 4)) == [False, False, False, True]


def test_it_refreshes_with_at_most_eight_statements(lasting: RelyingParty) -> None:
    anna, bram = person("anna"), person("bram")
    active(anna, bram)
    asked = asking(lasting, lasting.tokens(bram, whom=anna)["refresh_token"])
    statements: list[str] = []
    with counted(statements):
        assert status("/openid/token", asked) == 200
    assert len(statements) <= 8


def test_it_refreshes_with_at_most_eight_statements_where_a_proof_is_spent_too(lasting: RelyingParty) -> None:
    bram = person("bram")
    asked = asking(lasting, lasting.tokens(bram)["refresh_token"])
    made = proof(key("EC", 9))
    statements: list[str] = []
    with counted(statements):
        assert lasting.send(asked, proof=made).json()["token_type"] == "DPoP"
    assert len(statements) <= 8


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_it_introspects_with_at_most_four_statements(lasting: RelyingParty, which: str) -> None:
    anna, bram = person("anna"), person("bram")
    active(anna, bram)
    asked = form(lasting, token=lasting.tokens(bram, whom=anna)[which])
    statements: list[str] = []
    with counted(statements):
        assert status("/openid/introspect", asked) == 200
    assert len(statements) <= 4


def test_it_asks_a_door_for_machines_one_statement(machine: RelyingParty) -> None:
    asked = form(machine, grant_type="client_credentials", scope="urn:namens:1.0:scope:decisions")
    statements: list[str] = []
    with counted(statements):
        assert status("/openid/token", asked) == 200
    assert len(statements) <= 3


def test_it_takes_the_same_statements_for_a_token_of_another_portal_as_for_none(lasting: RelyingParty) -> None:
    curious = registered(replace(lasting_terms("nieuwsgierig", *TWO), sector="elders"))
    tokens = lasting.tokens(person("dirk"))
    counts = []
    for token in (tokens["refresh_token"], "x" * 43):
        statements: list[str] = []
        with counted(statements):
            assert refresh(curious, token).status_code == 400
        counts.append(len(statements))
    assert counts[0] == counts[1]
