"""What the rules ask of the world, as values: a request, a pause, a token. They touch no network and no clock.

A flow is a generator that yields such a step and gets back what came of it. `blocking` and `waiting` carry steps out.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Request:
    """Something to send. After `until` (of the clock that `Setup.ticks` reads) nobody waits for it any more."""

    method: str
    url: str
    until: float
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back. Names of headers are in small letters."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def request_id(self) -> str:
        """The number by which Namens has it in its log."""
        return self.headers.get("x-request-id", "")[:64]

    @property
    def retry_after(self) -> float | None:
        """After how many seconds to ask again, where it says so."""
        said = self.headers.get("retry-after", "")
        return float(said) if said.isascii() and said.isdecimal() and len(said) < 7 else None


@dataclass(frozen=True)
class Pause:
    """So many seconds in which nothing is done."""

    seconds: float


@dataclass(frozen=True, kw_only=True)
class TokenWanted:
    """A token for a scope that lives for a while yet, and is not the one that was just refused."""

    scope: str
    until: float
    refused: str = field(default="", repr=False)


class Unreached(Exception):
    """A request or a token did not come to an answer. `dropped`: the connection broke, so at once again is worth it."""

    def __init__(self, why: str, *, dropped: bool = False, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.dropped, self.retry_after = dropped, retry_after


Step = Request | Pause | TokenWanted
Flow = Generator[Step, Any, T]


@dataclass(frozen=True)
class Page(Generic[T]):
    """A page of a long answer; `following` begins the flow that gives the next one."""

    items: Sequence[T]
    following: "Callable[[], Flow[Page[T]]] | None" = None
