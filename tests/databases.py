"""Chooses the database of the tests, before Django reads its settings (so: an early plugin, `-p tests.databases`).

`--database postgresql` (or `NAMENS_TEST_DATABASE=postgresql`) starts a server of its own for the whole run; several
workers share it, each with its own database. Without it: SQLite in a file, so that tests can use several connections.
"""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from tools import fixed_settings, postgresql

KINDS = ("sqlite", "postgresql")
CHOICE = "NAMENS_TEST_DATABASE"
SHARED_SERVER = "NAMENS_TEST_SERVER"
# These read and write through rooms below them, which have tests of their own on both databases.
OUTERMOST = ("tests/client_library/", "tests/openid/", "tests/pages/", "tests/signin/", "tests/worker/")
# What a database does by itself is seen there too: how it fails, who waits for whom, and in how many statements.
ON_BOTH = ("gone", "interrupted", "killed", "loses_access", "race", "restart", "statements", "through_the_door")
WITH_A_DATABASE = {"db", "transactional_db", "live_server", "database_server"}
_opened = pytest.StashKey[ExitStack]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--database`."""
    parser.addoption(
        "--database", choices=KINDS, default=os.environ.get(CHOICE, "sqlite"), help="what the tests run on"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Set the fixed settings and the database in the environment."""
    opened = early_config.stash[_opened] = ExitStack()
    # Read from here by whatever a test starts, and by the workers of pytest-xdist.
    kind = os.environ[CHOICE] = early_config.known_args_namespace.database
    if kind not in KINDS:
        raise pytest.UsageError(f"{CHOICE} is {kind!r}; it must be one of: {', '.join(KINDS)}")
    if kind == "sqlite":
        fixed_settings.apply(database_url=fixed_settings.unused_database())
        return
    server = shared_server() or opened.enter_context(postgresql.running())
    fixed_settings.apply(database_url=server.url("namens"))
    os.environ[SHARED_SERVER] = str(server.folder)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs no database of the tests, and what is outermost: in the gate once is enough for those."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        needs_none = item.get_closest_marker("django_db") is None and not names & WITH_A_DATABASE
        is_outermost = item.nodeid.startswith(OUTERMOST) and not item.path.stem.endswith(ON_BOTH)
        if needs_none or is_outermost:
            item.add_marker("one_database")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server, if this process started it."""
    if _opened in config.stash:
        config.stash[_opened].close()


def shared_server() -> postgresql.Server | None:
    """The server of the process that started this worker; none in that process itself."""
    folder = os.environ.get(SHARED_SERVER)
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    return postgresql.Server(folder=Path(folder)) if folder and is_worker else None


@pytest.fixture(scope="session")
def database_server() -> postgresql.Server | None:
    """The PostgreSQL server of this run, for tests that need a database of their own; none on SQLite."""
    folder = os.environ.get(SHARED_SERVER)
    return postgresql.Server(folder=Path(folder)) if folder else None
