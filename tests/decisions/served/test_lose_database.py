"""PostgreSQL is away, cut off, locked or too busy: errors only while it lasts, and right at once afterwards."""

import os
import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from namens.lib import clock
from namens.mandates.actions import stop
from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.databases import CHOICE
from tests.decisions.machine import Heard, Machine
from tests.decisions.served.proxying import Wire, wire
from tests.decisions.served.serving import Served, serving
from tests.openid.relying import forged

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.environ.get(CHOICE) != "postgresql", reason="about a server"),
]
MANY, FEW = 24, 4


@pytest.fixture
def question(portal: Machine, given: Mandate, anna: Party, bram: Party) -> dict[str, object]:
    """A question whose answer is yes."""
    assert given.id is not None
    return portal.question(bram, anna)


@pytest.fixture
def laid(address: str) -> Iterator[Wire]:
    """A wire to the database."""
    assert address
    with wire(Path(connection.settings_dict["HOST"])) as laid:
        yield laid


def through(laid: Wire) -> str:
    return f"postgresql://postgres@127.0.0.1:{laid.port}/{connection.settings_dict['NAME']}"


@contextmanager
def locked(address: str) -> Iterator[None]:
    """Let somebody hold all mandates: whoever reads one waits."""
    with psycopg.connect(address) as other:
        other.execute("LOCK TABLE mandates_mandate IN ACCESS EXCLUSIVE MODE")
        yield


def timed(served: Served, question: dict[str, object], token: str) -> tuple[Heard, float]:
    began = time.monotonic()
    return served.ask(question, token=token), time.monotonic() - began


def is_told_to_come_again(heard: Heard) -> bool:
    return heard.status == 503 and heard.headers["retry-after"] == "1"


def test_it_says_within_about_a_second_that_it_cannot_say_and_is_right_at_once_afterwards(
    served: Served, portal: Machine, address: str, question: dict[str, object]
) -> None:
    """Everybody waits for a lock, on all connections of the door."""
    assert served.ask(question, token=portal.token).decision is True
    with locked(address), ThreadPoolExecutor(MANY) as pool:
        heard = list(pool.map(lambda _: timed(served, question, portal.token), range(MANY)))
    assert all(is_told_to_come_again(answer) for answer, _ in heard)
    assert max(seconds for _, seconds in heard) < 3
    assert served.ask(question, token=portal.token).decision is True


def test_it_sends_away_at_once_who_comes_when_too_many_wait(
    portal: Machine, address: str, question: dict[str, object]
) -> None:
    with serving(address, NAMENS_DECISIONS_WAITING=str(FEW), NAMENS_DECISIONS_CONNECTIONS="1") as served:
        assert served.ask(question, token=portal.token).decision is True
        with locked(address), ThreadPoolExecutor(MANY) as pool:
            heard = list(pool.map(lambda _: timed(served, question, portal.token), range(MANY)))
        told = [seconds for answer, seconds in heard if b"too many" in answer.body]
        assert all(is_told_to_come_again(answer) for answer, _ in heard)
        assert len(told) > FEW
        assert served.ask(question, token=portal.token).decision is True


def test_it_answers_the_very_first_question_after_its_connections_were_cut_while_nobody_asked(
    served: Served, portal: Machine, address: str, question: dict[str, object]
) -> None:
    assert served.ask(question, token=portal.token).decision is True
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'namens-d%'")
    assert served.ask(question, token=portal.token).decision is True


def test_it_begins_without_a_database_and_answers_when_there_is_one(
    portal: Machine, address: str, laid: Wire, question: dict[str, object]
) -> None:
    laid.is_cut = True
    with serving(address, NAMENS_DECISIONS_DATABASE_URLS=through(laid)) as served:
        assert is_told_to_come_again(served.ask(question, token=portal.token))
        laid.is_cut = False
        assert served.ask(question, token=portal.token).decision is True


def test_it_never_takes_half_an_answer_for_an_answer(
    portal: Machine, address: str, laid: Wire, question: dict[str, object], given: Mandate, anna: Party
) -> None:
    """Each connection breaks at some byte of what the database says, again and again."""
    with serving(address, NAMENS_DECISIONS_DATABASE_URLS=through(laid)) as served:
        assert served.ask(question, token=portal.token).decision is True
        laid.at_most = 12_000
        laid.cut()
        assert set(asked_often(served, question, portal.token)) <= {"yes", "503"}
        stop(mandate=given.id, by=anna, now=clock.now())
        assert set(asked_often(served, question, portal.token)) <= {"no", "503"}
        laid.at_most = 0
        laid.cut()
        assert served.ask(question, token=portal.token).decision is False


def test_it_asks_the_database_no_more_because_of_tokens_that_nobody_signed(
    served: Served, portal: Machine, address: str, question: dict[str, object]
) -> None:
    """Whoever may do nothing names a new key in each token: that may not cost a connection each."""
    assert served.ask(question, token=portal.token).decision is True
    before = sessions(address)
    for _ in range(200):
        made = forged({"alg": "RS256", "kid": secrets.token_hex(8), "typ": "at+jwt"}, {"client_id": "machine"})
        assert served.ask(question, token=made).status == 401
    assert sessions(address) - before < 100


def asked_often(served: Served, question: dict[str, object], token: str) -> list[str]:
    """Ask sixty times, six at once."""

    def ask(_: int) -> str:
        heard = served.ask(question, token=token)
        if heard.status == 200:
            return "yes" if heard.decision else "no"
        return str(heard.status)

    with ThreadPoolExecutor(6) as pool:
        return list(pool.map(ask, range(60)))


def sessions(address: str) -> int:
    """Give how many connections were ever made to this database."""
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("SELECT pg_stat_force_next_flush()")
        row = other.execute("SELECT sessions FROM pg_stat_database WHERE datname = current_database()").fetchone()
    assert row is not None
    return int(row[0])
