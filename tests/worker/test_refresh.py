"""The worker asks the register about people with running mandates, and ends what it forbids."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.mandates.actions import stop
from namens.mandates.models import Mandate
from namens.mandates.states import EndReason, State
from namens.outbox.models import Kind
from namens.parties.facts import StopSignal
from namens.parties.identifiers import Bsn
from namens.parties.models import Party, Person
from namens.population import actions as population
from namens.population.answers import Answer, Found, NotFound, Reason, Unavailable
from namens.worker import Worker
from tests.people import BSNS, NOW, active, give, of, told, use_code
from tests.worker.portals import put, waiting
from tests.worker.working import work

TOMORROW = NOW + timedelta(hours=25)
NOBODY = NotFound()
UNREADABLE, REJECTED = Unavailable(Reason.UNREADABLE), Unavailable(Reason.REJECTED)
GENERAL = [Unavailable(reason) for reason in Reason if not Unavailable(reason).is_about_one]


@dataclass
class Register:
    """A register that knows Anna, Bram and Carla, unless told otherwise. It needs no database: others ask it."""

    answers: dict[str, Answer]
    asked: list[str] = field(default_factory=list)
    open: threading.Event = field(default_factory=threading.Event)

    def ask(self, *, bsn: Bsn) -> Answer:
        """Answer about one person."""
        self.open.wait(5)
        who = next(name for name, number in BSNS.items() if number == bsn)
        self.asked.append(who)
        return self.answers[who]


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch, anna: Party, bram: Party, carla: Party) -> Iterator[Register]:
    people = {"anna": anna, "bram": bram, "carla": carla}
    stand_in = Register({name: Found(party.person.facts) for name, party in people.items()})
    stand_in.open.set()
    monkeypatch.setattr(population, "ask", stand_in.ask)
    yield stand_in
    stand_in.open.set()


@pytest.fixture
def worker() -> Iterator[Worker]:
    """A worker that has to look at the register."""
    made = Worker(upkeep_due=NOW.replace(year=2099), register_due=NOW)
    yield made
    made.finish()


@pytest.fixture
def mandate(anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """A mandate that runs."""
    return active(anna, bram)


def first(party: Party) -> None:
    """Let this person be the one whose turn it is."""
    Person.objects.filter(party=party).update(ask_again_at=NOW - timedelta(days=9))


def dead(party: Party) -> Found:
    return Found(replace(party.person.facts, signals=frozenset({StopSignal.DECEASED})))


def due(party: Party) -> datetime:
    return Person.objects.get(party=party).ask_again_at


@pytest.mark.usefixtures("mandate")
def test_it_asks_about_everybody_once_a_day(worker: Worker, register: Register) -> None:
    for day in range(1, 4):
        work(worker, at=NOW + timedelta(days=day, hours=1))
        assert sorted(register.asked) == sorted(["anna", "bram"] * day)


@pytest.mark.usefixtures("mandate")
def test_it_asks_nothing_within_a_day(worker: Worker, register: Register) -> None:
    work(worker, at=NOW + timedelta(hours=23))
    assert register.asked == []


@pytest.mark.usefixtures("mandate")
def test_it_does_not_ask_whom_the_pages_asked_about(worker: Worker, register: Register, anna: Party) -> None:
    told(anna, now=TOMORROW - timedelta(hours=1))
    work(worker, at=TOMORROW)
    assert register.asked == ["bram"]


def test_it_ends_the_mandates_of_who_died(worker: Worker, mandate: Mandate, anna: Party, register: Register) -> None:
    register.answers["anna"] = dead(anna)
    work(worker, at=TOMORROW)
    assert of(mandate).end_reason == EndReason.BLOCKED_DEATH


@pytest.mark.parametrize("answer", [NOBODY, UNREADABLE, REJECTED], ids=str)
@pytest.mark.usefixtures("mandate")
def test_it_goes_on_past_somebody_whom_the_register_does_not_give(
    worker: Worker, anna: Party, bram: Party, carla: Party, register: Register, answer: Answer
) -> None:
    of_carla = use_code(give(carla, bram), bram, bsn=BSNS["carla"])
    register.answers |= {"anna": answer, "carla": dead(carla)}
    first(anna)
    work(worker, at=TOMORROW)
    assert register.asked[0] == "anna"
    assert of(of_carla).end_reason == EndReason.BLOCKED_DEATH


@pytest.mark.parametrize("whose", ["anna", "bram"])
def test_it_ends_the_mandates_of_whom_the_register_does_not_know_on_two_days(
    worker: Worker, mandate: Mandate, anna: Party, register: Register, whose: str
) -> None:
    register.answers[whose] = NOBODY
    work(worker, at=TOMORROW)
    assert of(mandate).state == State.ACTIVE
    work(worker, at=TOMORROW + timedelta(hours=25))
    assert of(mandate).end_reason == EndReason.BLOCKED_ERRONEOUS
    assert Person.objects.get(party=anna).name == anna.person.name


def test_it_leaves_the_mandates_of_others_when_somebody_is_not_known_any_more(
    worker: Worker, mandate: Mandate, anna: Party, carla: Party, register: Register
) -> None:
    other = active(anna, carla)
    register.answers["bram"] = NOBODY
    work(worker, at=TOMORROW)
    work(worker, at=TOMORROW + timedelta(hours=25))
    assert (of(mandate).state, of(other).state) == (State.ENDED, State.ACTIVE)


@pytest.mark.parametrize("answer", [UNREADABLE, REJECTED], ids=str)
def test_it_ends_nothing_of_somebody_who_cannot_be_read(
    worker: Worker, mandate: Mandate, anna: Party, register: Register, answer: Unavailable
) -> None:
    register.answers["anna"] = answer
    with capture_logs() as logs:
        work(worker, at=TOMORROW)
    assert of(mandate).state == State.ACTIVE
    assert Person.objects.get(party=anna).facts == anna.person.facts
    assert Person.objects.get(party=anna).refreshed_at == NOW
    told = [one for one in logs if "party" in one]
    assert [(one["event"], one["party"]) for one in told] == [("person not given", str(anna.id))]


@pytest.mark.parametrize(
    ("answer", "result"), [(NOBODY, "not-found"), (UNREADABLE, "unreadable"), (REJECTED, "rejected")]
)
def test_it_writes_that_the_register_gave_nothing(
    worker: Worker, mandate: Mandate, anna: Party, register: Register, answer: Answer, result: str
) -> None:
    assert mandate.state == State.ACTIVE
    register.answers["anna"] = answer
    work(worker, at=TOMORROW)
    entry = JournalEntry.objects.get(event=Event.REGISTER_CONSULTED, result=result)
    assert (entry.subject, entry.channel, entry.at) == (anna.id, "worker", TOMORROW)


@pytest.mark.parametrize("answer", [UNREADABLE, REJECTED], ids=str)
@pytest.mark.usefixtures("mandate")
def test_it_asks_again_tomorrow_about_somebody_who_cannot_be_read(
    worker: Worker, anna: Party, register: Register, answer: Answer
) -> None:
    register.answers["anna"] = answer
    work(worker, at=TOMORROW)
    assert due(anna) == TOMORROW + timedelta(days=1)


@pytest.mark.parametrize("answer", GENERAL, ids=str)
def test_it_concludes_nothing_from_a_register_that_is_away(
    worker: Worker, mandate: Mandate, register: Register, answer: Answer
) -> None:
    register.answers = dict.fromkeys(register.answers, answer)
    work(worker, at=TOMORROW)
    assert (len(register.asked), of(mandate).state) == (1, State.ACTIVE)
    assert not JournalEntry.objects.filter(event=Event.REGISTER_CONSULTED, channel="worker").exists()


@pytest.mark.usefixtures("mandate")
def test_it_tries_another_person_a_minute_after_the_register_was_away(
    worker: Worker, anna: Party, bram: Party, register: Register
) -> None:
    register.answers["anna"] = Unavailable(Reason.FAILING)
    first(anna)
    work(worker, at=TOMORROW)
    work(worker, at=TOMORROW + timedelta(minutes=1))
    assert register.asked == ["anna", "bram"]
    assert (due(anna), due(bram)) == (TOMORROW + timedelta(hours=1), TOMORROW + timedelta(days=1, minutes=1))


@pytest.mark.usefixtures("mandate")
def test_it_asks_once_when_two_workers_look(worker: Worker, register: Register) -> None:
    other = Worker(upkeep_due=worker.upkeep_due, register_due=NOW)
    register.open.clear()
    with clock.frozen(TOMORROW):
        assert (worker.turn(), other.turn()) == (True, True)
        register.open.set()
        worker.finish()
        other.finish()
    assert sorted(register.asked) == ["anna", "bram"]


def test_it_ends_access_while_the_register_thinks(worker: Worker, mandate: Mandate, register: Register) -> None:
    register.open.clear()
    with clock.frozen(TOMORROW):
        worker.turn()
        put(Kind.ACCESS_ENDED, mandate=str(mandate.id))
        worker.turn()
        assert (register.asked, waiting()) == ([], [])
        register.open.set()


@pytest.mark.usefixtures("register")
def test_it_asks_about_nobody_whose_mandates_are_over(worker: Worker, mandate: Mandate, anna: Party) -> None:
    stop(mandate=mandate.id, by=anna, now=NOW)
    work(worker, at=TOMORROW)
    assert due(anna) == NOW + timedelta(days=1)
