"""Our process is killed while a portal redeems its code: the code is good as long as nobody could have its tokens."""

from collections.abc import Callable

import pytest

from namens.grants.models import AuthorizationCode, Family, UsedProof
from namens.openid import code_grant, token
from namens.parties.models import Party
from tests.openid.relying import RelyingParty

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """The end of a process, which no handler of errors sees."""


def killed(*_: object, **__: object) -> None:
    raise Killed


def dying(ask: Callable[[], object]) -> None:
    """Ask, and be killed on the way."""
    with pytest.raises(Killed):
        ask()


def test_it_takes_the_code_again_when_it_was_killed_before_there_were_tokens(
    portal: RelyingParty, bram: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = portal.form(portal.code(bram))
    with monkeypatch.context() as patch:
        patch.setattr(code_grant, "tokens_for", killed)
        dying(lambda: portal.send(form))
    assert (AuthorizationCode.objects.get().used_at, UsedProof.objects.count()) == (None, 0)
    assert portal.send(form).status_code == 200
    assert Family.objects.get().ended_at is None


def test_it_ends_the_login_when_the_answer_was_lost_and_the_code_comes_again(
    portal: RelyingParty, bram: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can tell a portal whose answer was lost from a thief who was second: the person logs in again."""
    code = portal.code(bram)
    with monkeypatch.context() as patch:
        patch.setattr(token, "json_answer", killed)
        dying(lambda: portal.exchange(code))
    assert AuthorizationCode.objects.get().used_at is not None
    assert portal.exchange(code).json()["error"] == "invalid_grant"
    assert Family.objects.get().ended_by == "code-replayed"
    assert portal.tokens(bram)
