"""Somebody learns to help: test people of one's own, an exercise that ticks each step, a trainer who sees it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from rehearsal.practice.book import Book
from rehearsal.practice.browsers import COOKIE
from rehearsal.practice.casts import Cast
from rehearsal.practice.environment import BANNER, Environment
from tests.journeys.conftest import computer
from tests.journeys.eye import ClosedEye, Eye
from tests.journeys.person import Person
from tests.journeys.stories import helper_number_of
from tools import places, postgresql
from tools.practice_portals import Ports
from tools.programs import Programs

pytestmark = pytest.mark.journey

SOON = 15_000


@pytest.fixture(scope="module")
def environment(
    tmp_path_factory: pytest.TempPathFactory, database_server: postgresql.Server | None
) -> Iterator[Environment]:
    """A practice environment that runs, on ports and in a folder of its own."""
    if database_server is not None:
        pytest.skip("a practice environment always runs on SQLite")
    made = Environment.at(tmp_path_factory.mktemp("oefenen"), ports=Ports.free())
    for _, prepare in made.preparations():
        prepare()
    # Nobody goes to the other portal here.
    needed = [one for one in made.programs() if one.name != "portal-tax"]
    with Programs(needed, logs=places.logs() / "practice-journey"):
        yield made


Sit = Callable[..., Person]


@pytest.fixture
def sit(environment: Environment, chromium: Browser, eye: Eye) -> Iterator[Sit]:
    """Let somebody sit down at a browser of their own, at the first page."""
    contexts: list[BrowserContext] = []

    def sits_down(name: str, *, scripts: bool = True) -> Person:
        context = computer(chromium, scripts=scripts)
        contexts.append(context)
        person = Person(name=name, bsn="", page=context.new_page(), practice=environment, eye=eye, scripts=scripts)
        person.opens(environment.rehearsal_address)
        return person

    yield sits_down
    for context in contexts:
        context.close()


@pytest.fixture
def trainee(sit: Sit) -> Person:
    """Somebody who begins, with the exercises before them."""
    person = sit("Trainee")
    person.clicks("Beginnen")
    person.sees_heading("Kies een oefening")
    return person


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


@pytest.mark.slow
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


@pytest.mark.slow
def test_it_shows_a_trainer_how_far_a_group_is(sit: Sit) -> None:
    trainer = sit("Trainer")
    trainer.clicks("Voor trainers")
    trainer.clicks("Maak een groep")
    trainer.sees("Er doet nog niemand mee")
    code = trainer.page.locator("main .code").inner_text()
    trainee = sit("Trainee")
    trainee.opens(f"{trainee.practice.rehearsal_address}/?groep={code}")
    trainee.clicks("Beginnen")
    trainee.sees(f"U oefent in groep {code}")
    expect(trainer.page.locator("tbody tr")).to_have_count(1, timeout=SOON)
    trainer.sees("deelnemer 1")
    trainer.does_not_see(cast_of(trainee).client.name)
    trainee.clicks("Uw cliënt stopt een machtiging")
    trainee.clicks("Begin deze oefening")
    as_somebody(trainee, cast_of(trainee).client.name).logs_in()
    expect(trainer.page.locator("tbody")).to_contain_text("1 van 3", timeout=SOON)
    trainer.looks()
    trainer.clicks("Alle oefeningen op papier")
    trainer.sees("1. Uw cliënt logt zelf in", "8. U werkt voor een organisatie", "De helper")
    trainer.prints()


@pytest.mark.slow
def test_it_says_that_a_group_code_is_wrong(sit: Sit) -> None:
    trainee = sit("Trainee")
    trainee.fills("Groepscode (mag leeg blijven)", "333-333")
    trainee.clicks("Beginnen")
    trainee.sees("Deze groepscode is er niet.")
    assert trainee.page.title().startswith("Fout:")
    expect(trainee.page.locator(".summary")).to_be_focused()


@pytest.mark.slow
def test_it_works_without_scripts_and_in_english(sit: Sit) -> None:
    trainee = sit("Trainee", scripts=False)
    trainee.clicks("English")
    trainee.clicks("Begin")
    trainee.clicks("Your client stops a mandate")
    trainee.clicks("Begin this exercise")
    trainee.sees("This page also looks by itself")
    tab = as_somebody(trainee, cast_of(trainee).client.name)
    tab.logs_in()
    trainee.clicks("See how far I am")
    expect(trainee.page.locator(".steps .done")).to_have_count(1)
    trainee.looks()


@pytest.mark.slow
def test_it_lets_a_phone_join_on_the_way_to_a_login(trainee: Person, sit: Sit) -> None:
    code = trainee.page.locator("main .code").inner_text()
    phone = sit("Phone")
    phone.opens("/")
    phone.clicks("Inloggen met DigiD")
    phone.sees_heading("Typ uw oefencode")
    phone.fills("Oefencode", "33333-33333")
    phone.clicks("Verder")
    phone.sees("Deze oefencode is er niet.")
    phone.fills("Oefencode", code.lower())
    phone.clicks("Verder")
    phone.name = cast_of(trainee).helper.name
    phone.chooses_oneself_at_digid()
    phone.sees("Ingelogd als", cast_of(trainee).helper.name)


@pytest.mark.slow
def test_it_plays_the_helpdesk_and_shows_the_letter(trainee: Person) -> None:
    cast = cast_of(trainee)
    trainee.clicks("Uw cliënt heeft geen DigiD en belt de helpdesk")
    trainee.clicks("Begin deze oefening")
    trainee.fills("Helpernummer dat uw cliënt voorleest", "onzin")
    trainee.clicks("Bel de helpdesk")
    trainee.sees("De helpdesk kent dit helpernummer niet.")
    helper = as_somebody(trainee, cast.helper.name)
    helper.logs_in()
    number = helper_number_of(helper)
    trainee.fills("Helpernummer dat uw cliënt voorleest", number)
    trainee.clicks("Bel de helpdesk")
    sees_done(trainee, steps=3)
    letters = as_somebody(trainee, cast.elder.name)
    letters.opens_until_it_says(f"{trainee.practice.rehearsal_address}/brievenbus", "Brief met code")
    letters.sees(cast.elder.family_name)


@pytest.mark.slow
def test_it_says_what_went_otherwise_and_lets_begin_again(trainee: Person) -> None:
    cast = cast_of(trainee)
    trainee.clicks("Uw cliënt stopt een machtiging")
    trainee.clicks("Begin deze oefening")
    helper = as_somebody(trainee, cast.helper.name)
    helper.logs_in()
    expect(trainee.page.locator(".astray")).to_contain_text("U logde in als de helper.", timeout=SOON)
    trainee.looks()
    trainee.clicks("Opnieuw beginnen")
    expect(trainee.page.locator(".astray")).to_have_count(0)
    assert cast_of(trainee).id != cast.id
