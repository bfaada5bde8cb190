"""Query sets whose SQL is made once for each process. For what every login asks, making it costs more than asking it.

The rule stays in the query set: what is kept is what Django made of it, with places where the values go. `plain` gives
the query set itself, so that tests can hold the two together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql import UpdateQuery

Read = TypeVar("Read", bound=Model)
Row = Sequence[Any]
Values = Mapping[str, Any]
Shape = tuple[tuple[str, int | None], ...]
KEPT = 256


class Place(Expression):
    """Where a value goes that is another one each time; with a number, one of a list."""

    def __init__(self, name: str, field: "Field[Any, Any]", number: int | None = None) -> None:
        super().__init__(output_field=field)
        self.name, self.number = name, number

    def as_sql(self, _compiler: object, _connection: object) -> tuple[str, Any]:
        """Give a place in the statement, and this as what has to be filled in."""
        return "%s", [self]

    def filled(self, values: Values, connection: BaseDatabaseWrapper) -> object:
        """Give the value as this database takes it."""
        value = values[self.name] if self.number is None else values[self.name][self.number]
        return self.output_field.get_db_prep_value(value, connection)


class MadeOnce(Generic[Read]):
    """A query set that differs only in the values of `fields`, of which the statement is made at its first use.

    A value may be a list, for `__in`: a short one, as each length has a statement of its own.
    """

    def __init__(self, make: Callable[..., QuerySet[Read]], fields: Mapping[str, "Field[Any, Any]"]) -> None:
        self._make, self._fields = make, fields

    def plain(self, **values: object) -> QuerySet[Read]:
        """Give the query set itself, with these values."""
        return self._make(**values)

    def all(self, **values: object) -> list[Read]:
        """Give what it finds. One statement."""
        connection = connections[DEFAULT_DB_ALIAS]
        statement: _Statement[Read] | None = _statement(self, _shape(values), connection.vendor)
        return statement.run(values, connection) if statement is not None else []

    def first(self, **values: object) -> Read | None:
        """Give the first thing that it finds, in its own order. One statement."""
        return next(iter(self.all(**values)), None)

    def update(self, changes: Values, **values: object) -> int:
        """Change what it finds as `QuerySet.update` does, and give how much that was. One statement."""
        connection = connections[DEFAULT_DB_ALIAS]
        made = _update(self, tuple(changes), _shape(values), connection.vendor)
        if made is None:
            return 0
        sql, parameters = made
        new = {_changed(name): value for name, value in changes.items()}
        with transaction.mark_for_rollback_on_error(using=DEFAULT_DB_ALIAS), connection.cursor() as cursor:
            cursor.execute(sql, _filled(parameters, {**values, **new}, connection))
            found: int = cursor.rowcount
        return found

    def with_places(self, shape: Shape) -> QuerySet[Read]:
        """Give the query set with places instead of values; what has a length is a list."""
        return self._make(**{name: self._place(name, length) for name, length in shape})

    def _place(self, name: str, length: int | None) -> Place | list[Place]:
        field = self._fields[name]
        return Place(name, field) if length is None else [Place(name, field, number) for number in range(length)]


def made_once(**fields: "Field[Any, Any]") -> Callable[[Callable[..., QuerySet[Read]]], MadeOnce[Read]]:
    """Let a function that gives a query set be asked without making its SQL anew. `fields` are its arguments' kinds.

    The function may do nothing else with its arguments than put them into the query set.
    """
    return lambda make: MadeOnce(make, fields)


@dataclass(frozen=True)
class _Statement(Generic[Read]):
    """What Django made of a query set for one database: SQL, and how a row becomes a model with its relations."""

    sql: str
    parameters: Row
    converters: Sequence[tuple[int, Sequence[Callable[..., Any]], object]]
    model: type[Read]
    names: Sequence[str]
    own: slice
    related: Sequence[Any]
    annotations: Sequence[tuple[str, int]]

    def run(self, values: Values, connection: BaseDatabaseWrapper) -> list[Read]:
        """Ask, and give the models."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, _filled(self.parameters, values, connection))
            rows = cursor.fetchall()
        return [self._model_of(self._converted(row, connection)) for row in rows]

    def _converted(self, row: Row, connection: BaseDatabaseWrapper) -> Row:
        converted = list(row)
        for position, converters, expression in self.converters:
            for convert in converters:
                converted[position] = convert(converted[position], expression, connection)
        return converted

    def _model_of(self, row: Row) -> Read:
        found = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.own])
        for populator in self.related:
            populator.populate(row, found)
        for name, position in self.annotations:
            setattr(found, name, row[position])
        return found


@lru_cache(maxsize=KEPT)
def _statement(once: MadeOnce[Any], shape: Shape, _vendor: str) -> _Statement[Any] | None:
    """Let Django make the statement, as its own `ModelIterable` does; None for what can find nothing: an empty list."""
    queryset = once.with_places(shape)
    if queryset._iterable_class is not ModelIterable:
        raise TypeError("only query sets that give models can be made once")
    compiler: Any = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    first, last = compiler.klass_info["select_fields"][0], compiler.klass_info["select_fields"][-1]
    own = slice(first, last + 1)
    populators: Any = get_related_populators  # the stubs are of another version
    columns = [selected[0] for selected in compiler.select]
    converters = compiler.get_converters(columns[: compiler.col_count])
    return _Statement(
        sql=sql,
        parameters=tuple(parameters),
        converters=[(position, *found) for position, found in converters.items()],
        model=compiler.klass_info["model"],
        names=[column.target.attname for column in columns[own]],
        own=own,
        related=populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS),
        annotations=list((compiler.annotation_col_map or {}).items()),
    )


@lru_cache(maxsize=KEPT)
def _update(once: MadeOnce[Any], changed: tuple[str, ...], shape: Shape, _vendor: str) -> tuple[str, Row] | None:
    """Let Django make the statement that changes these fields; None for what can find nothing."""
    queryset = once.with_places(shape)
    query: Any = queryset.query.chain(UpdateQuery)
    fields = ((name, queryset.model._meta.get_field(name)) for name in changed)
    query.add_update_values({name: Place(_changed(name), field) for name, field in fields})
    try:
        sql, parameters = query.get_compiler(using=DEFAULT_DB_ALIAS).as_sql()
    except EmptyResultSet:
        return None
    return sql, parameters


def _changed(name: str) -> str:
    """Give the name of the place of a new value: no argument of a query set has such a name."""
    return f"new {name}"


def _shape(values: Values) -> Shape:
    lengths = ((name, len(value) if isinstance(value, list | tuple) else None) for name, value in values.items())
    return tuple(lengths)


def _filled(parameters: Row, values: Values, connection: BaseDatabaseWrapper) -> list[Any]:
    return [one.filled(values, connection) if isinstance(one, Place) else one for one in parameters]
