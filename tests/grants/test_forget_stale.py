"""What had its time is erased; what may still matter stays."""

from datetime import timedelta

from namens.grants.actions import forget_stale
from namens.grants.models import AuthorizationCode, AuthorizationRequest, Family, RefreshToken, UsedProof
from namens.parties.models import Party
from tests.openid.relying import RelyingParty
from tests.openid.renewing import refresh
from tests.people import NOW


def left() -> list[int]:
    kept = (UsedProof, AuthorizationCode, AuthorizationRequest, Family)
    return [model.objects.count() for model in kept]


def test_it_keeps_what_may_still_matter(portal: RelyingParty, bram: Party) -> None:
    portal.tokens(bram)
    assert forget_stale(now=NOW + timedelta(minutes=5)) == 0
    assert left() == [1, 1, 1, 1]


def test_it_forgets_assertions_first_and_logins_last(portal: RelyingParty, bram: Party) -> None:
    portal.tokens(bram)
    for later, kept in (
        (timedelta(minutes=7), [0, 1, 1, 1]),
        (timedelta(minutes=62), [0, 0, 1, 1]),
        (timedelta(minutes=76), [0, 0, 0, 1]),
        (timedelta(days=4), [0, 0, 0, 1]),
        (timedelta(days=5), [0, 0, 0, 0]),
    ):
        forget_stale(now=NOW + later)
        assert left() == kept


def test_it_still_recognises_a_replay_while_the_tokens_live(portal: RelyingParty, bram: Party) -> None:
    code = portal.code(bram)
    token = portal.exchange(code).json()["access_token"]
    forget_stale(now=NOW + timedelta(minutes=16))
    portal.exchange(code)
    assert portal.userinfo(token).status_code == 401


def test_it_forgets_refresh_tokens_once_no_token_of_their_login_can_live(lasting: RelyingParty, bram: Party) -> None:
    refresh(lasting, lasting.tokens(bram)["refresh_token"])
    for later, kept in (
        (timedelta(hours=23), 2),
        (timedelta(hours=24, minutes=14), 2),
        (timedelta(hours=24, minutes=15), 0),
    ):
        forget_stale(now=NOW + later)
        assert RefreshToken.objects.count() == kept
    assert Family.objects.count() == 1
