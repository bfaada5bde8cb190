"""The practice environment as it runs: every exercise through the real pages, and twenty visitors at once on SQLite."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from rehearsal.practice.environment import Environment
from tests.rehearsal.practising import BOTH, Trainee
from tools import places, postgresql
from tools.practice_portals import Ports
from tools.programs import Programs

pytestmark = pytest.mark.slow

TOGETHER = 20
LOCKED = ("database is locked", "database away", "Traceback")


@pytest.fixture(scope="module")
def environment(
    tmp_path_factory: pytest.TempPathFactory, database_server: postgresql.Server | None
) -> Iterator[Environment]:
    """A practice environment that runs."""
    if database_server is not None:
        pytest.skip("a practice environment always runs on SQLite")
    made = Environment.at(tmp_path_factory.mktemp("practise"), ports=Ports.free())
    for _, prepare in made.preparations():
        prepare()
    with Programs(made.programs(), logs=places.logs() / "practise"):
        yield made


def log_in_oneself(trainee: Trainee) -> None:
    trainee.logs_in_at_portal_oneself()


def call(trainee: Trainee) -> None:
    trainee.logs_in("helper")
    trainee.calls_the_helpdesk(trainee.helper_number())
    trainee.activates(trainee.reads_code("elder"), "elder")


def ask(trainee: Trainee) -> None:
    trainee.logs_in("helper")
    trainee.asks("client", what=BOTH, until="1 jaar")
    trainee.activates(trainee.reads_code("client"), "client")


def ask_both(trainee: Trainee) -> None:
    trainee.logs_in("helper")
    trainee.asks("elder", "partner", what="Mijn toeslagen", until="1 jaar")
    for client in ("elder", "partner"):
        trainee.activates(trainee.reads_code(client), client)


def agree_online(trainee: Trainee) -> None:
    trainee.logs_in("helper")
    trainee.asks("client", what="Mijn toeslagen", until="6 maanden")
    trainee.reads_code("client")
    trainee.surfer.opens(trainee.environment.pages_address)
    trainee.logs_out()
    trainee.logs_in("client")
    trainee.says_yes_online()
    trainee.logs_out()
    trainee.uses(trainee.environment.portals[0].address)


def work(trainee: Trainee) -> None:
    trainee.logs_in_at_work("manager")
    trainee.gives_licence()
    trainee.logs_out()
    trainee.logs_in("client")
    code = trainee.gives_organisation()
    trainee.logs_out()
    trainee.logs_in_at_work("member")
    trainee.activates_at_work(code)
    trainee.logs_out()
    trainee.uses_at_work(trainee.environment.portals[0].address)


def stop(trainee: Trainee) -> None:
    trainee.logs_in("client")
    trainee.stops()
    trainee.logs_out()
    trainee.logs_in("helper")


EXERCISES: dict[str, Callable[[Trainee], None]] = {
    "zelf-inloggen": log_in_oneself,
    "code-op-scherm": Trainee.does_code_on_screen,
    "bellen": call,
    "aanvragen": ask,
    "met-partner": ask_both,
    "online-ja": agree_online,
    "organisatie": work,
    "stoppen": stop,
}


@pytest.mark.parametrize("key", EXERCISES)
def test_it_notices_every_step_of_an_exercise(environment: Environment, key: str) -> None:
    with Trainee(environment) as trainee:
        trainee.begins()
        trainee.begins_exercise(key)
        EXERCISES[key](trainee)
        assert "Straks" not in trainee.sees_done(key)


def test_it_says_what_went_otherwise(environment: Environment) -> None:
    with Trainee(environment) as trainee:
        trainee.begins()
        trainee.begins_exercise("code-op-scherm")
        trainee.logs_in("helper")
        number = trainee.helper_number()
        trainee.logs_out()
        trainee.logs_in("client")
        trainee.gives(number, until="1 jaar")
        seen = trainee.surfer.opens(trainee.practice("/oefening/code-op-scherm"))
        assert "U koos 1 jaar; de oefening vroeg 1 maand." in seen


def practise(environment: Environment) -> float:
    """Do the exercise of way 2 with a code; gives the seconds that it took."""
    began = time.monotonic()
    with Trainee(environment) as trainee:
        trainee.begins()
        trainee.begins_exercise("code-op-scherm")
        trainee.does_code_on_screen()
        trainee.sees_done("code-op-scherm")
    return time.monotonic() - began


def test_it_serves_twenty_visitors_at_once_without_an_error(
    environment: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    with ThreadPoolExecutor(TOGETHER) as together:
        seconds = sorted(together.map(practise, [environment] * TOGETHER))
    with capsys.disabled():
        print(f"\n{TOGETHER} at once: median {seconds[TOGETHER // 2]:.1f} s, slowest {seconds[-1]:.1f} s")  # noqa: T201 - the figure for docs/performance.md
    logs = [file.read_text(encoding="utf-8", errors="replace") for file in (places.logs() / "practise").glob("*.log")]
    assert logs
    assert not [word for word in LOCKED for log in logs if word in log]
