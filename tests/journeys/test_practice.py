"""Somebody learns to help: test people of one's own, an exercise that ticks each step, a trainer who sees it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from rehearsal.practice.book import Book
from rehearsal.practice.browsers import COOKIE
from rehearsal.practice.casts import Cast
from rehearsal.practice.environment import BANNER, Environment
from tests.journeys.conftest import computer
from tests.journeys.eye import ClosedEye, Eye
from tests.journeys.person import Person
from tools import places
from tools.practice import Ports
from tools.programs import Programs

pytestmark = pytest.mark.journey

SOON = 15_000


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Environment]:
    """A practice environment that runs, on ports and in a folder of its own."""
    made = Environment.at(tmp_path_factory.mktemp("oefenen"), ports=Ports.free())
    for _, prepare in made.preparations():
        prepare()
    with Programs(made.programs(), logs=places.logs() / "practice-journey"):
        yield made


@pytest.fixture
def trainee(environment: Environment, chromium: Browser, eye: Eye) -> Iterator[Person]:
    """Somebody who begins, with the practice page before them."""
    context = computer(chromium)
    person = Person(name="Trainee", bsn="", page=context.new_page(), practice=environment, eye=eye)
    person.opens(environment.rehearsal_address)
    person.clicks("Beginnen")
    person.sees_heading("Kies een oefening")
    yield person
    context.close()


def cast_of(trainee: Person) -> Cast:
    """Give with whom somebody practises."""
    book = Book(trainee.practice.folder)
    [token] = [one["value"] for one in trainee.page.context.cookies() if one["name"] == COOKIE]
    visitor = book.visitor(token)
    found = book.cast_of(visitor) if visitor else None
    assert found
    return found


def sees_done(trainee: Person, *, steps: int) -> None:
    """See that so many steps are ticked, without touching the page."""
    expect(trainee.page.locator(".steps .done")).to_have_count(steps, timeout=SOON)
    trainee.looks()


def as_somebody(trainee: Person, name: str) -> Person:
    """Be one of the own test people, in another tab; the pages of Namens themselves were seen in other journeys."""
    return Person(
        name=name,
        bsn="",
        page=trainee.page.context.new_page(),
        practice=trainee.practice,
        eye=ClosedEye(journey="practice", seen=set()),
    )


def test_it_ticks_each_step_of_an_exercise_by_itself(trainee: Person) -> None:
    cast = cast_of(trainee)
    trainee.clicks("Uw cliënt stopt een machtiging")
    trainee.clicks("Begin deze oefening")
    sees_done(trainee, steps=0)
    client = as_somebody(trainee, cast.client.name)
    client.logs_in()
    client.sees(BANNER)
    assert client.page.title().startswith("Oefenomgeving ·")
    sees_done(trainee, steps=1)
    client.opens("/mijn-machtigingen")
    client.clicks(cast.helper.name)
    client.clicks("Stoppen")
    client.chooses("Alles")
    client.clicks("Ja, stop nu")
    sees_done(trainee, steps=2)
    client.logs_out()
    client.name = cast.helper.name
    client.logs_in()
    sees_done(trainee, steps=3)
    trainee.sees("Gelukt", "Een reden hoefde zij niet te geven.")
