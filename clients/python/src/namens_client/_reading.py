"""Reads what came over the wire, strictly: what is not as described is not understood at all."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from namens_client._flow import Answer
from namens_client.problems import NoAnswer

Made = TypeVar("Made")


class Unreadable(ValueError):
    """This is not what was described. It names the place, never what stood there."""


@dataclass(frozen=True)
class Fields:
    """A JSON object. Each method gives one part by its name, or raises Unreadable."""

    content: Mapping[str, object]

    def text(self, name: str, *, otherwise: str | None = None) -> str:
        """Give a text; `otherwise` where there is none."""
        found = self.content.get(name, otherwise)
        if not isinstance(found, str):
            raise Unreadable(name)
        return found

    def number(self, name: str) -> int:
        """Give a whole number."""
        found = self.content.get(name)
        if not isinstance(found, int) or isinstance(found, bool):
            raise Unreadable(name)
        return found

    def flag(self, name: str) -> bool:
        """Give a yes or no: nothing else counts for one."""
        found = self.content.get(name)
        if not isinstance(found, bool):
            raise Unreadable(name)
        return found

    def uuid(self, name: str) -> UUID:
        """Give a uuid."""
        return _made(UUID, self.text(name), name)

    def moment(self, name: str) -> datetime:
        """Give a moment, with its time zone."""
        found = _made(datetime.fromisoformat, self.text(name), name)
        if found.tzinfo is None:
            raise Unreadable(name)
        return found

    def day(self, name: str) -> date:
        """Give a day."""
        return _made(date.fromisoformat, self.text(name), name)

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a list of texts."""
        return tuple(_text(one, name) for one in self._many(name))

    def inner(self, name: str) -> "Fields":
        """Give an object inside."""
        return _fields(self.content.get(name), name)

    def inner_if_there(self, name: str) -> "Fields":
        """Give an object inside; an empty one where there is none."""
        return _fields(self.content.get(name, {}), name)

    def many(self, name: str) -> list["Fields"]:
        """Give a list of objects."""
        return [_fields(one, name) for one in self._many(name)]

    def has(self, name: str) -> bool:
        """Say whether something stands there."""
        return self.content.get(name) is not None

    def _many(self, name: str) -> list[object]:
        found = self.content.get(name)
        if not isinstance(found, list):
            raise Unreadable(name)
        return found


def fields_of(body: bytes) -> Fields:
    """Read a JSON object. Raises Unreadable."""
    try:
        return _fields(json.loads(body), "the whole")
    except (ValueError, RecursionError):
        raise Unreadable("the whole") from None


@contextmanager
def understood(answer: Answer) -> Iterator[Fields]:
    """Read an answer: what cannot be read is no answer. Raises NoAnswer."""
    try:
        yield fields_of(answer.body)
    except Unreadable as problem:
        why = f"the answer cannot be read: {problem}"
        raise NoAnswer(why, status=answer.status, request_id=answer.request_id) from None


def _fields(found: object, name: str) -> Fields:
    if not isinstance(found, dict):
        raise Unreadable(name)
    return Fields(found)


def _text(found: object, name: str) -> str:
    if not isinstance(found, str):
        raise Unreadable(name)
    return found


def _made(make: Callable[[str], Made], text: str, name: str) -> Made:
    try:
        return make(text)
    except ValueError:
        raise Unreadable(name) from None
