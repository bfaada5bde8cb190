"""One call of a portal's machine, and one answer to it: what stands between HTTP and the rooms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from namens.api.problems import invalid
from namens.services.models import Portal

Read = TypeVar("Read", bound=Struct)


@dataclass(frozen=True)
class Call:
    """What was asked, by a portal that is let in. `body` is a JSON object; `place` has the parts of the address."""

    portal: Portal
    now: datetime
    request_id: str
    body: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    place: Mapping[str, str] = field(default_factory=dict)

    def read(self, form: type[Read]) -> Read:
        """Give the body as one of the forms of `wire`. Raises Problem."""
        return _read(self.body, form, strict=True)

    def read_part(self, part: Any, form: type[Read]) -> Read:  # noqa: ANN401 - any JSON
        """Give a part of the body, that stands by itself, as one of the forms of `wire`. Raises Problem."""
        if not isinstance(part, Mapping):
            raise invalid("Dit past niet bij de beschrijving: hier hoort een object.")
        return _read(part, form, strict=True)

    def asked(self, form: type[Read]) -> Read:
        """Give the query as one of the forms of `wire`; numbers and days are read from their text. Raises Problem."""
        return _read(self.query, form, strict=False)


@dataclass(frozen=True)
class Reply:
    """What is answered: a form of `wire`, its status, and headers besides those that every answer has."""

    content: object
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One thing that can be asked: where, how, and what goes in and comes out (forms of `wire`).

    `summary` and `explained` are Dutch. `query` and `asked` are None where there is nothing of it; `given` is by
    status, `problems` are the statuses besides those that every operation can have.
    """

    name: str
    method: str
    path: str
    summary: str
    explained: str
    answer: Callable[[Call], Reply]
    given: Mapping[int, type[Struct]]
    asked: type[Struct] | None = None
    query: type[Struct] | None = None
    problems: tuple[int, ...] = ()


def _read(given: Mapping[str, Any], form: type[Read], *, strict: bool) -> Read:
    try:
        return msgspec.convert(dict(given), form, strict=strict)
    except msgspec.ValidationError as problem:
        # It names the place and what was expected there, never what stood there.
        raise invalid(f"Dit past niet bij de beschrijving: {problem}.") from None
