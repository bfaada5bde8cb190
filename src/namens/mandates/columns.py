"""What a plain statement gives for a column, as our own types: SQLite keeps ids, days and instants as text. Pure."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from namens.lib.assurance import AssuranceLevel

Given = TypeVar("Given")


def as_uuid(value: object) -> UUID:
    """Give an id."""
    return value if isinstance(value, UUID) else UUID(str(value))


def as_text(value: object) -> str:
    """Give a text."""
    return str(value)


def as_json_object(value: str | bytes | dict[str, Any]) -> dict[str, Any]:
    """Give an object that was kept as JSON."""
    parsed: dict[str, Any] = json.loads(value) if isinstance(value, str | bytes) else value
    return parsed


def as_actions(value: str | list[str]) -> frozenset[str]:
    """Give the keys of actions that were kept as JSON."""
    return _actions(value) if isinstance(value, str) else frozenset(value)


@lru_cache(maxsize=4096)
def _actions(text: str) -> frozenset[str]:
    return frozenset(json.loads(text))


@lru_cache(maxsize=16)
def as_level(text: str) -> AssuranceLevel:
    """Give a level. Raises ValueError for one that nobody knows."""
    return AssuranceLevel(text)


def as_day(value: object) -> date:
    """Give a day."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def as_instant(value: object) -> datetime | None:
    """Give an aware instant, or None where there is none."""
    if value is None:
        return None
    instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def if_there(convert: Callable[[Any], Given]) -> Callable[[Any], Given | None]:
    """Give the same for a column that can be empty."""
    return lambda value: None if value is None else convert(value)
