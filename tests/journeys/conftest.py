"""The programs as `make run` starts them, with free ports, in a folder of their own, on the database of this run.

And the people of the journeys, each with a browser of their own: Anna (client), Bram (helper), Dirk (nobody).
"""

import secrets
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.journeys.clean import empty
from tests.journeys.eye import DESKTOP, HEIGHT, Eye, forget_pictures
from tests.journeys.person import Person
from tools import browser, places, postgresql
from tools.practice import Practice
from tools.practice_portals import Ports
from tools.programs import Programs

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 10_000
# What is looked for on a page is waited for as long as a page itself: on a busy machine five seconds are too few.
expect.set_options(timeout=PATIENCE)

Sit = Callable[..., Person]


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory, database_server: postgresql.Server | None) -> Practice:
    """A practice installation with nobody in it."""
    folder = tmp_path_factory.mktemp("practice")
    url = _database_url(folder, server=database_server)
    prepared = Practice(folder=folder, ports=Ports.free(), database_url=url)
    for _, prepare in prepared.preparations():
        prepare()
    return prepared


@pytest.fixture(scope="session")
def programs(installation: Practice, worker_id: str) -> Iterator[Programs]:
    """Its programs, running; gone at the end, but their logs stay in `<var>/log/journeys`, for each worker of tests."""
    with Programs(installation.programs(), logs=places.logs() / "journeys" / worker_id) as running:
        yield running


@pytest.fixture
def practice(installation: Practice, programs: Programs) -> Practice:
    """A running practice installation, as it was before anybody gave anything."""
    programs.refuse_dead()
    empty(installation)
    return installation


@pytest.fixture
def asleep(programs: Programs) -> Iterator[None]:
    """The worker does nothing: portals hear nothing from Namens, and have to ask."""
    worker = next(one.process for one in programs.running if one.program.name == "worker")
    worker.send_signal(signal.SIGSTOP)
    yield
    worker.send_signal(signal.SIGCONT)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = browser.find()
    if path is None:
        pytest.fail(f"There is no Chromium here. {browser.HOW}")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="session")
def seen() -> set[str]:
    """What was looked at before, in any journey: exactly the same page is looked at once."""
    return set()


@pytest.fixture(scope="module")
def story(request: pytest.FixtureRequest, seen: set[str]) -> Eye:
    """What is seen in the journey of this file."""
    name = request.path.stem.removeprefix("test_").replace("_", "-")
    forget_pictures(name)
    return Eye(journey=name, seen=seen)


@pytest.fixture
def eye(story: Eye) -> Iterator[Eye]:
    """The eye on this test. Fails it when there was something wrong to see."""
    story.complaints.clear()
    story.expected.clear()
    yield story
    if story.complaints:
        pytest.fail("Seen on the way:\n" + "\n".join(dict.fromkeys(story.complaints)), pytrace=False)


@pytest.fixture
def sit(practice: Practice, chromium: Browser, eye: Eye) -> Iterator[Sit]:
    """Let somebody sit down at a computer of their own."""
    contexts: list[BrowserContext] = []

    def sits_down(name: str, *, bsn: str, scripts: bool = True) -> Person:
        context = computer(chromium, scripts=scripts)
        contexts.append(context)
        return Person(name=name, bsn=bsn, page=context.new_page(), practice=practice, eye=eye, scripts=scripts)

    yield sits_down
    for context in contexts:
        context.close()


@pytest.fixture
def anna(sit: Sit) -> Person:
    """Anna de Vries, client."""
    return sit("Anna de Vries", bsn="999990019")


@pytest.fixture
def bram(sit: Sit) -> Person:
    """Bram Bakker, helper."""
    return sit("Bram Bakker", bsn="999990032")


@pytest.fixture
def dirk(sit: Sit) -> Person:
    """Dirk Smit, nobody."""
    return sit("Dirk Smit", bsn="999990081")


@pytest.fixture
def marijke(sit: Sit) -> Person:
    """Marijke Blom, manager of Stichting Samen Sterk, who only logs in at work."""
    return sit("Marijke Blom", bsn="")


def computer(chromium: Browser, *, scripts: bool = True) -> BrowserContext:
    """A browser that nobody used before."""
    context = chromium.new_context(
        viewport={"width": DESKTOP, "height": HEIGHT},
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        java_script_enabled=scripts,
    )
    context.set_default_timeout(PATIENCE)
    return context


def _database_url(folder: Path, *, server: postgresql.Server | None) -> str:
    if server is None:
        return f"sqlite:///{folder / 'namens.sqlite3'}"
    return server.create_database(f"journeys_{secrets.token_hex(4)}")
