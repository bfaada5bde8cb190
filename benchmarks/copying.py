"""Writing millions of rows: by COPY into PostgreSQL without indexes and checks, which come back afterwards; by
`executemany` into SQLite.

A row is an instance of a model whose columns are fixed but for a few, so that nothing here repeats the columns.
"""

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from psycopg import sql

BLOCK = 2_000
Values = Sequence[str | None]
Writer = Callable[[Iterable["Row"]], int]


class Pattern:
    """Rows of one model that differ only in the columns `varying`, which are named in the order of the model."""

    def __init__(self, example: Model, *varying: str) -> None:
        self.model = type(example)
        fields = self.model._meta.concrete_fields
        self.columns = [str(field.column) for field in fields]
        names = [field.attname for field in fields]
        if [name for name in names if name in varying] != list(varying):
            raise ValueError(f"{varying} are not columns in the order of {self.model.__name__}")
        self._places = [names.index(name) for name in varying]
        kept = [getattr(example, name) for name in names]
        self._text = "\t".join(
            "%s" if name in varying else _as_text(value).replace("%", "%%")
            for name, value in zip(names, kept, strict=True)
        )
        self._values = [field.get_db_prep_save(value, connection) for field, value in zip(fields, kept, strict=True)]

    def text(self, values: Values) -> str:
        """Give a row as COPY reads it."""
        return self._text % tuple(r"\N" if value is None else value for value in values) + "\n"

    def row(self, values: Values) -> list[Any]:
        """Give a row as a list."""
        made = list(self._values)
        for place, value in zip(self._places, values, strict=True):
            made[place] = value
        return made


Row = tuple[Pattern, Values]


def write(rows: Iterable[Row]) -> int:
    """Write rows of one model, and give how many."""
    stream = iter(rows)
    first = next(stream, None)
    if first is None:
        return 0
    whole = itertools.chain([first], stream)
    copying = connection.vendor == "postgresql"
    return _copy(first[0], whole) if copying else _insert(first[0], whole)


@contextmanager
def without_indexes(models: Iterable[type[Model]]) -> Iterator[None]:
    """Take indexes and checks of other rows away from these tables but their primary keys, and put them back."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = off")
            cursor.execute("PRAGMA cache_size = -500000")
            yield
            cursor.execute("PRAGMA synchronous = normal")
        return
    away, back = _definitions([model._meta.db_table for model in models])
    with connection.cursor() as cursor:
        for statement in away:
            cursor.execute(statement)
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for statement in back:
            cursor.execute(statement)
        cursor.execute("RESET maintenance_work_mem")


def settle(models: Iterable[type[Model]]) -> None:
    """Let the database know what it holds, and do now what it would do in the background while we measure."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("ANALYZE")
            return
        for model in models:
            cursor.execute(f'VACUUM (ANALYZE, FREEZE) "{model._meta.db_table}"')
        cursor.execute("CHECKPOINT")


def _copy(pattern: Pattern, rows: Iterable[Row]) -> int:
    table = pattern.model._meta.db_table
    names = sql.SQL(", ").join([sql.Identifier(column) for column in pattern.columns])
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    written, stream = 0, iter(rows)
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(command) as copy:
        while block := [one.text(values) for one, values in itertools.islice(stream, BLOCK)]:
            copy.write("".join(block))
            written += len(block)
    return written


def _insert(pattern: Pattern, rows: Iterable[Row]) -> int:
    names = ", ".join(f'"{column}"' for column in pattern.columns)
    places = ", ".join("%s" for _ in pattern.columns)
    command = f'INSERT INTO "{pattern.model._meta.db_table}" ({names}) VALUES ({places})'
    written, stream = 0, iter(rows)
    with transaction.atomic(), connection.cursor() as cursor:
        while block := [one.row(values) for one, values in itertools.islice(stream, BLOCK)]:
            cursor.executemany(command, block)
            written += len(block)
    return written


def _definitions(tables: Sequence[str]) -> tuple[list[str], list[str]]:
    """Give the statements that take indexes and constraints away, and those that put them back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid), contype"
            " FROM pg_constraint"
            " WHERE conrelid = ANY (%s::regclass[]) AND contype IN ('f', 'u') ORDER BY contype DESC, conname",
            [list(tables)],
        )
        constraints = cursor.fetchall()
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid = ANY (%s::regclass[]) AND NOT indisprimary AND NOT EXISTS"
            " (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype = 'u') ORDER BY 1",
            [list(tables)],
        )
        indexes = cursor.fetchall()
    away = [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _, kind in constraints]
    away += [f"DROP INDEX {name}" for name, _ in indexes]
    back = [definition for _, definition in indexes]
    back += [f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for table, name, definition, _ in constraints]
    return away, back


def _as_text(value: object) -> str:
    """Give a value as COPY reads it."""
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, list | dict):
        value = json.dumps(value)
    if isinstance(value, date | datetime):
        value = value.isoformat()
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
