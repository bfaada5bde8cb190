"""A database that is away or locked: at one statement of a request, from there on, or for all of it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.db.models import Model

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from tests.pages.visiting import Answered

Ask = Callable[[], Answered]
Rows = dict[type[Model], set[str]]
MOST_STATEMENTS = 150


class Kind(StrEnum):
    """How the database fails."""

    HICCUP = "one statement fails"
    GONE = "everything fails from then on"


@dataclass
class Fault:
    """Fails at statement `at` of what follows, counted from 1. The end of a transaction counts as one."""

    at: int
    kind: Kind
    seen: int = 0
    read_after_all: bool = False

    @property
    def struck(self) -> bool:
        """Say whether it came that far."""
        return self.seen >= self.at

    def step(self) -> None:
        """Count one statement, and fail when it is time."""
        self.seen += 1
        if self.kind is Kind.GONE and connection.vendor == "postgresql":
            if self.seen == self.at:
                end_our_connection()
        elif self.seen == self.at or (self.kind is Kind.GONE and self.struck):
            raise OperationalError("the database is away")

    def execute(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:  # noqa: ANN401 - as Django hands it on
        """Stand between Django and its cursor."""
        if self.seen + 1 == self.at:
            self.read_after_all = sql.startswith("SELECT") and not connection.in_atomic_block
        self.step()
        return execute(sql, *rest)

    def commit(self, commit: Callable[[], None]) -> None:
        """Stand between Django and the end of a transaction, which is no statement to a cursor."""
        self.step()
        commit()


@contextmanager
def failing(*, at: int, kind: Kind) -> Iterator[Fault]:
    """Let the database fail; afterwards it is well again."""
    fault = Fault(at=at, kind=kind)
    with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(fault.execute):
        patch.setattr(connection, "commit", partial(fault.commit, connection.commit))
        yield fault
    if not connection.is_usable():
        connection.close()


@contextmanager
def locked() -> Iterator[None]:
    """Let somebody else hold the whole database: it can be read, and whoever writes waits in vain."""
    with closing(sqlite_lock() if connection.vendor == "sqlite" else postgresql_lock()):
        be_patient(milliseconds=20)
        yield
    be_patient(milliseconds=20_000)


def all_or_nothing(ask: Ask, *, kind: Kind) -> Answered:
    """Send a request again and again while one statement after the other fails, until all of it is done.

    Every failed try must answer 503 and leave all tables as they were. When it failed at a question after all was
    done, another try must add nothing. Gives the answer of the try that went through: the others lost nothing.
    """
    before = contents()
    for number in range(1, MOST_STATEMENTS):
        with failing(at=number, kind=kind) as fault:
            answer = ask()
        if not fault.struck:
            return answer
        assert (number, answer.status_code) == (number, 503)
        if contents() != before:
            assert fault.read_after_all, f"half of it was written when statement {number} failed"
            return added_nothing(ask)
    raise AssertionError("this request never comes to an end")


def added_nothing(ask: Ask) -> Answered:
    """Send a request again that failed after its last write, and give the answer."""
    done = contents()
    answer = ask()
    assert contents() == done
    return answer


def contents() -> Rows:
    """Give all rows of ours as text, table by table.

    Without that the register was asked: that is written before anything is done with its answer, by a transaction of
    its own, since nothing outside is asked within one.
    """
    ours: list[type[Model]] = [
        Session,
        *(model for model in apps.get_models() if model.__module__.startswith("namens.")),
    ]
    rows = {model: model._default_manager.all() for model in ours}
    rows[JournalEntry] = JournalEntry.objects.exclude(event=Event.REGISTER_CONSULTED)
    return {model: {repr(row) for row in found.values_list()} for model, found in rows.items()}


def end_our_connection() -> None:
    """Let the server end our connection, as at a restart, and wait until it has."""
    pid = connection.connection.info.backend_pid
    with second_connection() as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
        # PostgreSQL's own way of waiting looks only ten times a second.
        while other.execute("SELECT FROM pg_stat_activity WHERE pid = %s", [pid]).rowcount:
            pass


def sqlite_lock() -> sqlite3.Connection:
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    return other


def postgresql_lock() -> "psycopg.Connection[Any]":
    other = second_connection(autocommit=False)
    tables = ", ".join(f'"{table}"' for table in connection.introspection.table_names())
    other.execute(f"LOCK TABLE {tables} IN SHARE MODE")
    return other


def be_patient(*, milliseconds: int) -> None:
    """Let our own connection wait so long for somebody else's lock."""
    patience = {"sqlite": "PRAGMA busy_timeout", "postgresql": "SET lock_timeout"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"{patience} = {milliseconds}")


def second_connection(*, autocommit: bool = True) -> "psycopg.Connection[Any]":
    """Give a connection to this PostgreSQL database that Django knows nothing of."""
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    wanted = {name: connection.settings_dict[key] for name, key in names.items()}
    return psycopg.connect(**{name: value for name, value in wanted.items() if value}, autocommit=autocommit)
