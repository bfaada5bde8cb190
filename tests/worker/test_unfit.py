"""One row or one person that nothing can be done with: the others go on, and it comes to an end."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from namens.grants import logout
from namens.grants.actions import make_keys
from namens.grants.models import Family
from namens.lib import clock
from namens.lib.ids import new_id
from namens.lib.keyring import UnknownKey
from namens.lib.sealing import BrokenSeal
from namens.mandates.models import Mandate
from namens.outbox.actions import GIVE_UP_AFTER
from namens.outbox.models import Kind, OutboxRow
from namens.parties import vault
from namens.parties.identifiers import Bsn
from namens.parties.models import Party, Person
from namens.population import actions as population
from namens.population.answers import Answer, Found
from namens.services.models import Portal
from namens.worker import Worker
from tests.people import NOW, active
from tests.worker.portals import Receiver, logged_in, must_be_told, put, waiting
from tests.worker.working import work

ADDRESSES = ["https://a..nl/x", f"https://{'a' * 64}.nl/x", "https://a.nl:99999/x", "https://a.nl:abc/x", "https://[x/"]
HOUR = timedelta(hours=1)


class Unforeseen(Exception):
    """Nothing that anybody has thought of."""


@pytest.fixture
def bad(belasting: Portal, bram: Party) -> Family:
    """A login at a portal that cannot be told anything."""
    make_keys(now=NOW)
    return logged_in(belasting, bram)


@pytest.fixture
def good(toeslagen: Portal, bram: Party, receiver: Receiver) -> Family:
    """A login at a portal that listens."""
    make_keys(now=NOW)
    Portal.objects.filter(id=toeslagen.id).update(back_channel_logout_uri=receiver.address)
    return logged_in(toeslagen, bram)


def at(address: str) -> None:
    Portal.objects.filter(client_id="inkomstenbelasting-portaal").update(back_channel_logout_uri=address)


def rows() -> dict[str, OutboxRow]:
    return {row.payload.get("family", ""): row for row in OutboxRow.objects.all()}


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_goes_on_past_an_address_that_cannot_be(
    worker: Worker, bad: Family, good: Family, receiver: Receiver, address: str
) -> None:
    at(address)
    must_be_told(bad)
    must_be_told(good)
    work(worker)
    assert (len(receiver.tokens), len(waiting())) == (1, 1)
    assert rows()[str(bad.id)].due_at == NOW + timedelta(seconds=2)


def test_it_gives_up_after_three_days_what_can_never_be_sent(worker: Worker, bad: Family) -> None:
    at("https://a..nl/x")
    must_be_told(bad)
    for hours in (0, 1, 24, 71, 72, 73):
        worker.upkeep_due = NOW
        work(worker, at=NOW + hours * HOUR)
    row = rows()[str(bad.id)]
    assert (row.attempts, row.given_up_at, row.last_problem) == (4, NOW + GIVE_UP_AFTER, "UnicodeError")


@pytest.mark.parametrize("payload", [{}, {"family": "no-id"}, {"family": ""}])
def test_it_goes_on_past_a_row_that_says_nothing(
    worker: Worker, good: Family, receiver: Receiver, payload: dict[str, str]
) -> None:
    put(Kind.BACK_CHANNEL_LOGOUT, **payload)
    put(Kind.ACCESS_ENDED, **payload)
    must_be_told(good)
    work(worker)
    assert (len(receiver.tokens), len(waiting())) == (1, 2)


def test_it_goes_on_past_what_goes_wrong_outside(worker: Worker, good: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise Unforeseen("a secret")

    monkeypatch.setattr(logout, "post", fail)
    must_be_told(good)
    with capture_logs() as logs:
        work(worker)
    assert rows()[str(good.id)].last_problem == "Unforeseen"
    assert "secret" not in str(logs)


def test_it_is_not_ended_for_ever_by_a_row_that_nobody_foresaw(
    worker: Worker, good: Family, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise Unforeseen

    monkeypatch.setattr("namens.grants.actions.end_access", fail)
    row = put(Kind.ACCESS_ENDED, mandate=str(new_id()))
    other = must_be_told(good)
    with pytest.raises(Unforeseen):
        worker.turn()
    again = Worker(upkeep_due=worker.upkeep_due, register_due=worker.register_due)
    work(again)
    assert len(receiver.tokens) == 1
    assert OutboxRow.objects.get(id=other.id).settled_at is not None
    row.refresh_from_db()
    assert (row.attempts, row.settled_at) == (1, None)


@pytest.mark.parametrize("sealed", ["onbekend:AAAA", "test:AAAA", "no seal"])
def test_it_goes_on_past_a_portal_whose_key_is_gone(
    worker: Worker, good: Family, monkeypatch: pytest.MonkeyPatch, sealed: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise (UnknownKey(sealed) if "onbekend" in sealed else BrokenSeal(sealed))

    monkeypatch.setattr(logout, "logout_token", fail)
    must_be_told(good)
    work(worker)
    assert rows()[str(good.id)].last_problem in {"UnknownKey", "BrokenSeal"}


@pytest.fixture
def mandate(anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """A mandate of Anna, whose turn it is at the register, and then Bram's."""
    mandate = active(anna, bram)
    Person.objects.filter(party=anna).update(ask_again_at=NOW - 2 * HOUR)
    Person.objects.filter(party=bram).update(ask_again_at=NOW - HOUR)
    return mandate


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, anna: Party) -> list[Bsn]:
    """About whom a register was asked that says of everybody what it said of Anna; of Anna herself nothing good."""
    asked: list[Bsn] = []
    facts, own = anna.person.facts, vault.open_(anna.person.bsn_sealed)

    def ask(*, bsn: Bsn) -> Answer:
        asked.append(bsn)
        if bsn == own:
            raise Unforeseen("a secret")
        return Found(facts)

    monkeypatch.setattr(population, "ask", ask)
    return asked


@pytest.mark.parametrize("sealed", ["onbekend:AAAA", "test:AAAA", "no seal"])
@pytest.mark.usefixtures("mandate")
def test_it_goes_on_past_a_person_who_cannot_be_opened(
    worker: Worker, anna: Party, bram: Party, asked: list[Bsn], sealed: str
) -> None:
    Person.objects.filter(party=anna).update(bsn_sealed=sealed)
    worker.register_due = NOW
    work(worker)
    assert asked == [vault.open_(bram.person.bsn_sealed)]


@pytest.mark.usefixtures("mandate")
def test_it_goes_on_past_a_question_that_goes_wrong(worker: Worker, asked: list[Bsn]) -> None:
    worker.register_due = NOW
    with capture_logs() as logs:
        work(worker)
        work(worker, at=NOW + timedelta(minutes=1))
    assert len(asked) == 2
    assert "secret" not in str(logs)


def test_it_goes_on_past_house_keeping_that_goes_wrong(
    worker: Worker, good: Family, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise ValueError

    monkeypatch.setattr("namens.codes.actions.forget_stale", fail)
    worker.upkeep_due = clock.now()
    must_be_told(good)
    work(worker)
    assert len(receiver.tokens) == 1
