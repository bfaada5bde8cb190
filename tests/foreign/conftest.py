"""Namens as `make run` starts it, a foreign client's site beside it, and Anna and Bram, each with an own browser.

The foreign client works on PostgreSQL only: the one of `--database postgresql`, or one that is started here.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.foreign import apache_site, environment, flask_site, node_site
from tests.foreign.environment import NotHere
from tests.foreign.registered_site import Site
from tests.foreign.stock_site import Maker, StockSite
from tests.journeys.clean import empty
from tests.journeys.eye import Eye
from tests.journeys.person import Person
from tools import browser, places, postgresql
from tools.practice import Practice
from tools.practice_portals import Ports
from tools.programs import Programs
from tools.suite import in_ci

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 10_000
NEEDED = {"rehearsal", "pages"}
# How its operator set it up: as the library is by default, and with all that it can do more strictly.
WAYS: dict[str, tuple[str, ...]] = {"by-default": (), "strictly": ("SITE_USES_PKCE", "SITE_USES_BASIC")}
CLIENTS: dict[str, Maker] = {
    "flask-nlgov": flask_site.nlgov,
    "node-nlgov": node_site.nlgov,
    "node-fapi": node_site.fapi,
    "node-with-bsn": node_site.with_bsn,
    "apache-nlgov": apache_site.nlgov,
    "apache-compat": apache_site.compat,
}

Had = TypeVar("Had")
Municipality = Callable[..., Site]
Sit = Callable[..., Person]


class ClosedEye(Eye):
    """The pages of Namens are looked at in the journeys."""

    def watch(self, page: Page) -> None:
        """Look away."""

    def look(self, page: Page, *, what: str, scripts: bool = True) -> None:
        """Look away."""


def had(what: str, get: Callable[[], Had]) -> Had:
    """Give what can be had here; else skip in words. In the gate that is a failure, unless it cannot be expected."""
    try:
        return get()
    except NotHere as missing:
        if in_ci() and not missing.excused:
            raise
        pytest.skip(f"LEFT OUT: {what}. {missing}")


@pytest.fixture(scope="session")
def server(database_server: postgresql.Server | None) -> Iterator[postgresql.Server]:
    """The PostgreSQL of this run, or one for the site alone."""
    if database_server is not None:
        yield database_server
        return
    with postgresql.running() as own:
        yield own


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory, database_server: postgresql.Server | None) -> Iterator[Practice]:
    """Namens and the rehearsal DigiD; their logs stay in `<var>/log/foreign`."""
    folder = tmp_path_factory.mktemp("foreign")
    url = f"sqlite:///{folder / 'namens.sqlite3'}"
    if database_server is not None:
        url = database_server.create_database(f"foreign_{secrets.token_hex(4)}")
    installation = Practice(folder=folder, ports=Ports.free(), database_url=url)
    for _, prepare in installation.preparations():
        prepare()
    needed = [program for program in installation.programs() if program.name in NEEDED]
    with Programs(needed, logs=places.logs() / "foreign"):
        yield installation


@pytest.fixture(scope="session")
def foreign_python() -> Path:
    """The Python of the foreign client."""
    return had("django-digid-eherkenning", lambda: environment.python("digid_eherkenning"))


@pytest.fixture(scope="session", params=CLIENTS)
def portal(request: pytest.FixtureRequest, practice: Practice) -> Iterator[StockSite]:
    """The site of a stock client, let in by Namens."""
    make = CLIENTS[request.param]
    made = had(request.param, lambda: make(practice))
    with Programs([made.program], logs=places.logs() / "foreign"):
        made.register()
        yield made


@pytest.fixture(scope="session")
def municipality(foreign_python: Path, practice: Practice, server: postgresql.Server) -> Iterator[Municipality]:
    """Start a site of a municipality, let in by Namens."""
    with ExitStack() as running:

        def starts(
            name: str,
            *,
            kind: str = "digid-machtigen",
            options: tuple[str, ...] = (),
            terms: tuple[str, ...] = ("--representation", "others"),
        ) -> Site:
            made = Site(
                name=name,
                python=foreign_python,
                practice=practice,
                server=server,
                kind=kind,
                options=options,
                terms=terms,
            )
            made.register()
            made.prepare()
            running.enter_context(Programs([made.program()], logs=places.logs() / "foreign"))
            return made

        yield starts


@pytest.fixture(scope="session", params=WAYS)
def site(request: pytest.FixtureRequest, municipality: Municipality) -> Site:
    """The site of a municipality for DigiD Machtigen, set up in one of the WAYS."""
    return municipality(f"gemeente-{request.param}", options=WAYS[request.param])


@pytest.fixture(scope="session")
def site_for_oneself(municipality: Municipality) -> Site:
    """A site where people log in with DigiD, for themselves."""
    return municipality("gemeente-digid", kind="digid", terms=("--representation", "self"))


@pytest.fixture(scope="session")
def site_at_work(municipality: Municipality) -> Site:
    """A site where people log in with eHerkenning, for a client of their organisation."""
    return municipality("gemeente-at-work", kind="eherkenning-bewindvoering")


@pytest.fixture(scope="session")
def site_for_organisations(municipality: Municipality) -> Site:
    """A site where people log in with eHerkenning, for their organisation itself."""
    terms = ("--representation", "self", "--organisations-themselves")
    return municipality("gemeente-organisations", kind="eherkenning", terms=terms)


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


@pytest.fixture
def sit(practice: Practice, chromium: Browser) -> Iterator[Sit]:
    """Let somebody sit down at a computer of their own; everything before is forgotten."""
    empty(practice)
    contexts: list[BrowserContext] = []

    def sits_down(name: str, *, bsn: str) -> Person:
        context = chromium.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam")
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Person(
            name=name, bsn=bsn, page=context.new_page(), practice=practice, eye=ClosedEye(journey="foreign", seen=set())
        )

    yield sits_down
    for context in contexts:
        context.close()


@pytest.fixture
def anna(sit: Sit) -> Person:
    """Anna de Vries, client."""
    return sit("Anna Maria de Vries", bsn="999990019")


@pytest.fixture
def marijke(sit: Sit) -> Person:
    """Marijke Blom, manager of Stichting Samen Sterk."""
    return sit("Marijke Blom", bsn="")


@pytest.fixture
def fatima(sit: Sit) -> Person:
    """Fatima Amrani, volunteer of Stichting Samen Sterk."""
    return sit("Fatima Amrani", bsn="999990159")


@pytest.fixture
def bram(sit: Sit) -> Person:
    """Bram Bakker, helper."""
    return sit("Bram Bakker", bsn="999990032")


@pytest.fixture
def dirk(sit: Sit) -> Person:
    """Dirk Smit, nobody."""
    return sit("Dirk Smit", bsn="999990081")
