"""Against the rehearsal as a real server: what it gives and how it fails is what the client was made for."""

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta

import httpx2
import pytest

from namens.lib import clock
from namens.lib.partial_date import PartialDate
from namens.parties.facts import StopSignal
from namens.parties.identifiers import Bsn
from namens.population.answers import Answer, NotFound, Reason, Unavailable
from namens.population.client import RegisterClient
from namens.population.config import BrpSettings
from tests.population.asking import ANNA, facts
from tests.rehearsal.serving import free_port

Switch = Callable[[str], None]


def ask(register: BrpSettings, number: str = ANNA.digits) -> Answer:
    with closing(RegisterClient(register)) as client:
        return client.ask(bsn=Bsn(number))


@pytest.fixture
def switch(rehearsal_address: str) -> Iterator[Switch]:
    def turn(mood: str) -> None:
        wish = {"brp": mood, "seconds": 1}
        httpx2.post(f"{rehearsal_address}/control", json=wish, trust_env=False).raise_for_status()

    yield turn
    turn("ok")


def test_it_finds_anna(register: BrpSettings) -> None:
    found = facts(ask(register))
    assert (found.name.full, found.name.short) == ("Anna de Vries", "A.M. de Vries")
    assert (found.birth_date, found.signals) == (PartialDate(1951, 3, 27), frozenset())


@pytest.mark.parametrize(
    ("number", "signals"),
    [
        ("999990214", {StopSignal.DECEASED}),
        ("999990238", {StopSignal.DECEASED}),
        ("999990263", {StopSignal.GUARDIANSHIP}),
        ("999990299", set()),
        ("999990366", set()),
        ("999990378", set()),
    ],
    ids=["died", "suspended as died", "guardianship", "secret address", "moved abroad", "in an institution"],
)
def test_it_sees_the_stop_signals(register: BrpSettings, number: str, signals: set[StopSignal]) -> None:
    assert facts(ask(register, number)).signals == signals


@pytest.mark.parametrize(
    ("number", "date"),
    [("999990330", PartialDate(1962, 7)), ("999990342", PartialDate(1957)), ("999990354", None)],
    ids=["day unknown", "month unknown", "all unknown"],
)
def test_it_reads_birth_dates_as_far_as_known(register: BrpSettings, number: str, date: PartialDate | None) -> None:
    assert facts(ask(register, number)).birth_date == date


@pytest.mark.parametrize(
    ("number", "eighteen_from"),
    [("999990305", 150), ("999990317", 0), ("999990329", 1)],
    ids=["seventeen", "eighteen today", "eighteen tomorrow"],
)
def test_it_can_tell_who_is_of_age(register: BrpSettings, number: str, eighteen_from: int) -> None:
    born = facts(ask(register, number)).birth_date
    assert born is not None
    birthday = clock.today() + timedelta(days=eighteen_from)
    assert born.is_adult_on(birthday)
    assert not born.is_adult_on(birthday - timedelta(days=1))


def test_it_reads_the_most_hostile_name(register: BrpSettings) -> None:
    name = facts(ask(register, "999990391")).name
    assert name.given_names == 'Zoë <b>vet</b> "O\'Brien" 🎈'
    assert name.family_name.startswith("Lang & Langer-Langst-")


@pytest.mark.parametrize("number", ["999990421", "999990408"], ids=["unknown", "erroneous"])
def test_it_finds_nobody_whom_the_register_does_not_give(register: BrpSettings, number: str) -> None:
    assert ask(register, number) == NotFound()


def test_it_is_refused_with_a_wrong_key(register: BrpSettings) -> None:
    assert ask(dataclasses.replace(register, api_key="wrong")) == Unavailable(Reason.REFUSED)


def test_it_can_use_a_token_instead(register: BrpSettings) -> None:
    with_token = dataclasses.replace(
        register,
        api_key="",
        oauth_token_url=f"{register.url}/oauth/token",
        oauth_client_id="namens",
        oauth_client_secret="rehearsal-secret",
    )
    assert facts(ask(with_token)).name.family_name == "Vries"


@pytest.mark.parametrize(("mood", "reason"), [("down", Reason.FAILING), ("error", Reason.FAILING)])
def test_it_says_that_the_register_fails(register: BrpSettings, switch: Switch, mood: str, reason: Reason) -> None:
    switch(mood)
    assert ask(register) == Unavailable(reason)


def test_it_does_not_wait_for_a_slow_register(register: BrpSettings, switch: Switch) -> None:
    switch("slow")
    hasty = dataclasses.replace(register, timeout_seconds=0.2, total_seconds=0.8)
    assert ask(hasty) == Unavailable(Reason.TIMEOUT)


def test_it_says_that_nobody_is_there() -> None:
    nowhere = BrpSettings(url=f"http://127.0.0.1:{free_port()}/brp")
    assert ask(nowhere) == Unavailable(Reason.CONNECTION)
