"""From a request to paper: the worker compares, asks the address, makes the letter and hands it over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings
from structlog.testing import capture_logs

from namens.codes.models import ActivationCode
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.mandates.actions import decline, withdraw
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.states import EndReason, State
from namens.outbox.models import Kind, OutboxRow
from namens.parties.facts import StopSignal
from namens.parties.models import Party
from namens.population import actions as population
from namens.population.addresses import Addressed, Obstacle, Undeliverable
from namens.population.answers import Found, NotFound, Reason, Unavailable
from namens.post.models import Letter, Outcome
from namens.worker import Worker
from tests.asking import UNKNOWN, asks, requested, stated
from tests.people import BSNS, NOW, active, of
from tests.worker.post_office import HOME, Register, lives, printed
from tests.worker.working import work

pytestmark = pytest.mark.usefixtures("catalogue")
AWAY = Unavailable(Reason.CONNECTION)
HOUR = timedelta(hours=1)


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch, anna: Party, bram: Party) -> Iterator[Register]:
    people = {BSNS["anna"]: Found(anna.person.facts), BSNS["bram"]: Found(bram.person.facts)}
    stand_in = Register(people=people, address=lives(anna))
    stand_in.open.set()
    monkeypatch.setattr(population, "ask", stand_in.ask)
    monkeypatch.setattr(population, "ask_address", stand_in.ask_address)
    yield stand_in
    stand_in.open.set()


@pytest.fixture(autouse=True)
def house(settings: Settings, tmp_path: Path) -> Path:
    """The folder of the print house."""
    settings.PRINTER, settings.PRINTER_FOLDER = "folder", tmp_path
    return tmp_path


def waiting() -> list[str]:
    return sorted(
        OutboxRow.objects.filter(settled_at__isnull=True, due_at__lt=NOW + HOUR).values_list("kind", flat=True)
    )


def test_it_leads_from_a_request_to_paper(worker: Worker, register: Register, house: Path, bram: Party) -> None:
    asks(bram)
    work(worker)
    assert Mandate.objects.get().state == State.REQUESTED
    assert (printed(house), Letter.objects.get().outcome, waiting()) == (["code"], Outcome.POSTED, [])
    assert register.asked == ["facts", "address"]


def test_it_prints_nothing_for_a_number_that_nobody_has(
    worker: Worker, register: Register, house: Path, bram: Party
) -> None:
    asks(bram, stated(UNKNOWN))
    work(worker)
    assert (printed(house), waiting(), register.asked) == ([], [], ["facts"])


@pytest.mark.usefixtures("register")
def test_it_prints_the_confirmation_of_what_became_active(
    worker: Worker, house: Path, anna: Party, bram: Party
) -> None:
    active(anna, bram)
    work(worker)
    assert printed(house) == ["confirmation"]


@pytest.mark.parametrize("away", [AWAY, Unavailable(Reason.UNREADABLE)], ids=str)
def test_it_waits_for_a_register_that_is_away(
    worker: Worker, register: Register, house: Path, anna: Party, bram: Party, away: Unavailable
) -> None:
    register.people, register.address = {BSNS["anna"]: away}, away
    asks(bram)
    work(worker)
    assert (Mandate.objects.count(), waiting()) == (0, [Kind.REQUEST])
    register.people = {BSNS["anna"]: Found(anna.person.facts)}
    work(worker, at=NOW + HOUR)
    assert printed(house) == []
    register.address = lives(anna)
    work(worker, at=NOW + 2 * HOUR)
    assert printed(house) == ["code"]


@pytest.mark.parametrize(
    ("obstacle", "code_goes", "confirmation_goes"),
    [
        (Obstacle.DECEASED, False, False),
        (Obstacle.NO_KNOWN_ADDRESS, False, False),
        (Obstacle.NOT_LIVING_THERE, False, False),
        (Obstacle.ERRONEOUS_RECORD, False, True),
        (Obstacle.ABROAD, False, True),
        (Obstacle.POSTAL_ADDRESS, False, True),
        (Obstacle.UNDER_INVESTIGATION, False, True),
        (Obstacle.GUARDIANSHIP, False, True),
        (Obstacle.UNDER_AGE, False, True),
        (Obstacle.CONFIDENTIAL, True, True),
        (Obstacle.MOVED_RECENTLY, True, True),
    ],
)
def test_it_has_an_outcome_for_every_obstacle(
    worker: Worker,
    register: Register,
    house: Path,
    anna: Party,
    bram: Party,
    carla: Party,
    obstacle: Obstacle,
    code_goes: bool,  # noqa: FBT001 - a column of the table
    confirmation_goes: bool,  # noqa: FBT001 - as above
) -> None:
    gone = obstacle in {Obstacle.DECEASED, Obstacle.NO_KNOWN_ADDRESS, Obstacle.NOT_LIVING_THERE}
    register.address = lives(anna, at=Undeliverable(obstacle) if gone else HOME, obstacles=frozenset({obstacle}))
    requested(anna, bram)
    active(anna, carla)
    work(worker)
    expected = [*(["code"] if code_goes else []), *(["confirmation"] if confirmation_goes else [])]
    assert (printed(house), waiting()) == (expected, [])
    unsent = Letter.objects.filter(outcome=Outcome.NOWHERE_TO_SEND)
    assert set(unsent.values_list("obstacle", flat=True)) <= {obstacle.value}
    assert unsent.count() == 2 - len(expected)
    assert ActivationCode.objects.filter(issued_at=NOW, sealed="").exclude(redeemed_at=NOW).count() == code_goes


def test_it_ends_what_the_register_forbids_when_it_hears_of_it(
    worker: Worker, register: Register, house: Path, anna: Party, bram: Party
) -> None:
    mandate = requested(anna, bram)
    facts = replace(anna.person.facts, signals=frozenset({StopSignal.DECEASED}))
    nowhere = Undeliverable(Obstacle.DECEASED)
    obstacles = frozenset({Obstacle.DECEASED})
    register.address = Addressed(facts=facts, address=nowhere, postcode="", obstacles=obstacles)
    work(worker)
    assert (of(mandate).end_reason, printed(house)) == (EndReason.BLOCKED_DEATH, [])


def test_it_prints_nothing_for_who_is_not_in_the_register_any_more(
    worker: Worker, register: Register, house: Path, anna: Party, bram: Party
) -> None:
    register.address = NotFound()
    requested(anna, bram)
    work(worker)
    assert (printed(house), Letter.objects.get().obstacle) == ([], "not-found")


def test_it_keeps_a_letter_in_the_house_after_a_no(
    worker: Worker, register: Register, house: Path, settings: Settings, anna: Party, bram: Party
) -> None:
    settings.PRINTER_FOLDER = house / "not there"
    mandate = requested(anna, bram)
    work(worker)
    decline(mandate=mandate.id, by=anna, is_unknown=False, now=NOW)
    settings.PRINTER_FOLDER = house
    work(worker, at=NOW + HOUR)
    assert (printed(house), Letter.objects.get().outcome) == ([], Outcome.NOT_WANTED)
    assert register.asked == ["address"]


@pytest.mark.usefixtures("register")
def test_it_tries_a_printer_again_that_is_not_there_and_says_why(
    worker: Worker, house: Path, settings: Settings, anna: Party, bram: Party
) -> None:
    settings.PRINTER_FOLDER = house / "not there"
    requested(anna, bram)
    work(worker)
    assert OutboxRow.objects.get(kind=Kind.PRINT).last_problem == "folder-missing"
    (house / "not there").mkdir()
    work(worker, at=NOW + HOUR)
    assert (printed(house / "not there"), Letter.objects.get().outcome) == (["code"], Outcome.POSTED)


@pytest.mark.usefixtures("register")
def test_it_hands_the_same_letter_over_once_however_often_it_is_tried(
    worker: Worker, house: Path, anna: Party, bram: Party
) -> None:
    requested(anna, bram)
    work(worker)
    (house / "ready").rename(house / "elsewhere")
    (house / "elsewhere").rename(house / "taken")
    # As if the worker was killed between the printer's yes and the settling.
    OutboxRow.objects.filter(kind=Kind.PRINT).update(settled_at=None, leased_until=None, due_at=NOW)
    work(worker)
    assert (printed(house), JournalEntry.objects.filter(event=Event.LETTER_POSTED).count()) == ([], 1)


def test_it_ends_what_was_taken_back(worker: Worker, register: Register, house: Path, anna: Party, bram: Party) -> None:
    mandate = requested(anna, bram)
    withdraw(asked=MandateRequest.objects.get().id, by=bram, now=NOW)
    work(worker)
    assert (of(mandate).end_reason, printed(house), register.asked) == (EndReason.WITHDRAWN, [], [])


@pytest.mark.usefixtures("house")
def test_it_logs_no_number_code_or_name(worker: Worker, register: Register, anna: Party, bram: Party) -> None:
    register.address = lives(anna, obstacles=frozenset({Obstacle.ABROAD}))
    asks(bram)
    with capture_logs() as logs:
        work(worker)
    assert logs
    assert not any(secret in str(logs) for secret in (BSNS["anna"].digits, "Vries", "Lindenhof"))


@pytest.mark.usefixtures("register")
def test_it_prints_each_letter_once_when_two_workers_take_turns(
    worker: Worker, house: Path, anna: Party, bram: Party, carla: Party
) -> None:
    requested(anna, bram)
    active(anna, carla)
    other = Worker(upkeep_due=worker.upkeep_due, register_due=worker.register_due)
    for _ in range(50):
        worker.turn()
        other.turn()
    other.finish()
    work(worker)
    assert (printed(house), Letter.objects.filter(outcome=Outcome.POSTED).count()) == (["code", "confirmation"], 2)
    assert ActivationCode.objects.filter(redeemed_at=None).count() == 1


@pytest.mark.usefixtures("register")
def test_it_makes_nothing_without_its_fonts_and_goes_on_when_they_are_there(
    worker: Worker, house: Path, settings: Settings, tmp_path: Path, anna: Party, bram: Party
) -> None:
    there, settings.LETTER_FONTS = settings.LETTER_FONTS, tmp_path
    requested(anna, bram)
    with capture_logs() as logs:
        work(worker)
    assert (printed(house), Letter.objects.count(), ActivationCode.objects.count()) == ([], 0, 0)
    assert "TypefaceAbsent" in {line.get("problem") for line in logs}
    settings.LETTER_FONTS = there
    work(worker, at=NOW + HOUR)
    assert printed(house) == ["code"]


@pytest.mark.usefixtures("register")
def test_it_bears_a_clock_that_jumps_back(worker: Worker, house: Path, anna: Party, bram: Party) -> None:
    requested(anna, bram)
    work(worker, at=NOW - HOUR)
    assert printed(house) == []
    work(worker, at=NOW)
    work(worker, at=NOW - HOUR)
    assert (printed(house), Letter.objects.get().outcome) == (["code"], Outcome.POSTED)


def test_it_raises_the_alarm_when_a_letter_is_late(
    worker: Worker, register: Register, anna: Party, bram: Party
) -> None:
    register.address = AWAY
    requested(anna, bram)
    worker.upkeep_due = NOW
    for days, alarmed in ((7, False), (8, True)):
        with capture_logs() as logs:
            work(worker, at=NOW + timedelta(days=days))
        assert ("letters late" in {line["event"] for line in logs}) is alarmed


@pytest.mark.usefixtures("register")
def test_it_erases_a_letter_that_no_printer_took_for_six_weeks(
    worker: Worker, settings: Settings, tmp_path: Path, anna: Party, bram: Party
) -> None:
    settings.PRINTER_FOLDER = tmp_path / "not there"
    requested(anna, bram)
    work(worker)
    worker.upkeep_due = NOW
    work(worker, at=NOW + timedelta(days=43))
    letter = Letter.objects.get(kind="code")
    assert (letter.outcome, letter.sealed, letter.obstacle) == (Outcome.REFUSED, "", "folder-missing")
