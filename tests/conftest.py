"""What every test can use. The people of the tests are Anna (client), Bram (helper), Carla (manager elsewhere), Dirk
(nobody, refused everywhere)."""

from collections.abc import Iterable, Iterator

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker

from namens.journal import guard

pytest_plugins = ["tests.people"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_modify_db_settings_parallel_suffix: None,  # noqa: ARG001 - asked for its effect
) -> None:
    """Put the SQLite database in a file: in memory, tests with several connections would share one transaction."""
    settings = connections["default"].settings_dict
    if settings["ENGINE"].endswith("sqlite3"):
        settings["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "namens.sqlite3")


@pytest.fixture(scope="session")
def patches() -> Iterator[pytest.MonkeyPatch]:
    """Changes for the whole run; undone at its end."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords(patches: pytest.MonkeyPatch) -> None:
    """Let a password cost nothing: how dear it is to guess one is Django's own business."""
    patches.setattr(PBKDF2PasswordHasher, "iterations", 1000)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,  # noqa: ARG001 - asked for its effect
    django_db_blocker: DjangoDbBlocker,
    patches: pytest.MonkeyPatch,
) -> None:
    """Let the tables be emptied between tests that commit; the guard of the journal refuses that, even to us."""
    with django_db_blocker.unblock():
        flush, vendor = connection.ops.execute_sql_flush, connection.vendor

    def flush_without_guard(statements: Iterable[str]) -> None:
        flush([*guard.REMOVE[vendor], *statements, *guard.INSTALL[vendor]])

    # In this process only; there is no other hook between the tables and Django's emptying of them.
    patches.setattr(connection.ops, "execute_sql_flush", flush_without_guard)
