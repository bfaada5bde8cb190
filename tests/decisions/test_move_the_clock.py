"""Somebody moves the clock of the door: no yes after a stop, and nothing lives longer because of it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from namens.decisions import keys, tokens
from namens.grants.models import SigningKey
from namens.lib import clock
from namens.mandates.actions import stop
from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.decisions.machine import Machine
from tests.openid.relying import forged
from tests.people import NOW

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
BEFORE, LATER = NOW - HOUR, NOW + HOUR


@contextmanager
def at_once(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the door look at our keys at each request."""
    with patch.context() as patched:
        patched.setattr(keys, "KEPT_SECONDS", 0.0)
        yield


@pytest.mark.parametrize("moved", [BEFORE, NOW, NOW + MINUTE], ids=["an hour back", "right", "a minute on"])
def test_it_says_no_after_a_stop_whatever_its_clock_says(
    asking: Machine, anna: Party, bram: Party, running: Mandate, moved: datetime
) -> None:
    assert asking.ask(asking.question(bram, anna)).decision is True
    stop(mandate=running.id, by=anna, now=NOW)
    with clock.frozen(moved):
        heard = asking.ask(asking.question(bram, anna))
    assert heard.status == 401 or heard.decision is False


def test_it_is_right_again_as_soon_as_the_clock_is(asking: Machine, anna: Party, bram: Party, running: Mandate) -> None:
    """An hour on the token is spent; an hour back the mandate is not there yet. Both are errors while it lasts."""
    assert running.id is not None
    question = asking.question(bram, anna)
    assert asking.ask(question).decision is True
    with clock.frozen(LATER):
        assert asking.ask(question).status == 401
    with clock.frozen(BEFORE):
        assert asking.ask(question).decision is False
    assert asking.ask(question).decision is True


def test_it_takes_no_token_that_is_not_there_yet(asking: Machine, anna: Party, bram: Party, running: Mandate) -> None:
    """A door that never saw the token, with a clock that is an hour behind."""
    assert running.id is not None
    asking.log_in()
    with clock.frozen(BEFORE):
        assert asking.ask(asking.question(bram, anna)).status == 401


def test_it_lets_no_token_live_longer_than_its_minutes_by_the_clock_that_nobody_moves(
    asking: Machine, anna: Party, bram: Party, running: Mandate, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert running.id is not None
    monkeypatch.setattr(tokens, "KEPT_SECONDS", 0.5)
    question = asking.question(bram, anna)
    assert asking.ask(question).decision is True
    time.sleep(0.6)
    for moved in (NOW, NOW + MINUTE, BEFORE):
        with clock.frozen(moved):
            assert asking.ask(question).status == 401


def test_it_takes_no_token_of_a_key_that_was_withdrawn_meanwhile(
    asking: Machine, anna: Party, bram: Party, running: Mandate, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert running.id is not None
    question = asking.question(bram, anna)
    assert asking.ask(question).decision is True
    SigningKey.objects.update(withdrawn_at=NOW)
    with at_once(monkeypatch):
        assert asking.ask(question).status == 401


def test_it_refuses_to_look_ahead_when_its_clock_is_behind(
    asking: Machine, anna: Party, bram: Party, running: Mandate
) -> None:
    assert running.id is not None
    question = asking.question(bram, anna, context={"assurance": "low", "time": NOW.isoformat()})
    assert asking.ask(question).status == 200
    with clock.frozen(BEFORE):
        heard = asking.ask(question)
    assert (heard.status, "future" in heard.json["detail"]) == (400, True)


def test_it_looks_for_a_key_that_it_does_not_know_at_most_once_a_second(
    asking: Machine, anna: Party, bram: Party, running: Mandate
) -> None:
    """Whoever may do nothing can name keys without end: the database hears nothing of them."""
    assert running.id is not None
    question = asking.question(bram, anna)
    assert asking.ask(question).decision is True
    before = asking.reader.statements
    for number in range(20):
        asking.token = forged({"alg": "RS256", "kid": f"key-{number}", "typ": "at+jwt"}, {"client_id": "machine"})
        assert asking.ask(question).status == 401
    assert asking.reader.statements - before <= 2
