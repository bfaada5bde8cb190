"""Look-ups that wait for a connection, joined: whoever waits together is read with one statement.

Each connection is a lane of its own that takes what waits. A server that is away, or whose heartbeat is old, takes
nothing until it is in order again; what it had taken goes to another lane, a few times at most. Nobody waits longer
than a second.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Any, Protocol

from namens.decisions.counts import Counts
from namens.mandates.snapshot import Reading
from namens.mandates.statement import Asked, Form, Statement

Row = Sequence[Any]

JOINED = 256
PATIENCE_SECONDS = 1.0
# When all connections are cut at once, several lanes may not know it yet.
MOST_MOVES = 8
# Long enough for a lane to be made anew when a server is back, short enough for who asks while there is none.
RETURN_SECONDS = 0.5


class Away(Exception):
    """No server can answer now."""


class Full(Away):
    """More waits than may wait."""


class Waiting:
    """One look-up: who is asked about, and where its answer goes."""

    __slots__ = ("answer", "asked", "form", "moves", "queued", "weight")

    def __init__(self, asked: Sequence[Asked], form: Form, answer: "asyncio.Future[Answer]") -> None:
        self.asked, self.form, self.answer = asked, form, answer
        self.weight = weight_of(asked, form)
        self.moves, self.queued = 0, False


class Answer:
    """What was read for one look-up: a reading that others may share, and where its own numbers begin."""

    __slots__ = ("first", "reading")

    def __init__(self, reading: Reading, first: int) -> None:
        self.reading, self.first = reading, first


class Reader(Protocol):
    """What reads from the database: joined look-ups, and plain statements."""

    async def look_up(self, asked: Sequence[Asked], form: Form) -> Answer:
        """Read who is asked about. Raises Away."""

    async def rows(self, statement: Statement) -> list[Row]:
        """Run a statement. Raises Away."""

    def count_with(self, counts: Counts) -> None:
        """Count statements there, and let it ask how things stand."""

    async def open(self) -> None:
        """Begin; a database that is away is no reason not to."""

    async def close(self) -> None:
        """Answer what waits, and end."""


class Queue:
    """What waits for a lane. At most `most` people may be asked about at once."""

    def __init__(self, most: int) -> None:
        self._most, self._weight = most, 0
        self._waiting: deque[Waiting] = deque()
        self._something = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    async def put(self, asked: Sequence[Asked], form: Form, *, patience: float = PATIENCE_SECONDS) -> Answer:
        """Wait for an answer. Raises Full at once when too much waits, and Away when it takes too long."""
        if self._weight + weight_of(asked, form) > self._most:
            raise Full
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        one = Waiting(asked, form, answer)
        self._add(one)
        # Less than a time-out around the waiting, which is made and unmade for every question.
        ending = loop.call_later(patience, _give_up, answer)
        try:
            return await answer
        finally:
            ending.cancel()
            # Who gave up takes no place from others.
            if one.queued:
                self._waiting.remove(one)
                self._left(one)

    async def take(self) -> list[Waiting]:
        """Give what can be read with one statement, as soon as there is something."""
        while True:
            await self._something.wait()
            taken = self._next()
            if taken:
                return taken

    def give_back(self, taken: Sequence[Waiting]) -> None:
        """Let another lane take these, and refuse those that were moved too often: perhaps they are what breaks it."""
        for one in taken:
            if one.answer.done():
                continue
            if one.moves >= MOST_MOVES:
                one.answer.set_exception(Away())
                continue
            one.moves += 1
            self._add(one)

    def _add(self, one: Waiting) -> None:
        self._waiting.append(one)
        one.queued = True
        self._weight += one.weight
        self._something.set()

    def _pop(self) -> Waiting:
        one = self._waiting.popleft()
        self._left(one)
        return one

    def _left(self, one: Waiting) -> None:
        one.queued = False
        self._weight -= one.weight

    def _next(self) -> list[Waiting]:
        """Take whatever still wants an answer and fits together."""
        taken: list[Waiting] = []
        size = 0
        while self._waiting:
            first = self._waiting[0]
            if taken and (first.form is not taken[0].form or first.form.page or size + len(first.asked) > JOINED):
                break
            one = self._pop()
            if not one.answer.done():
                taken.append(one)
                size += len(one.asked)
        if not self._waiting:
            self._something.clear()
        return taken


def _give_up(answer: "asyncio.Future[Answer]") -> None:
    if not answer.done():
        answer.set_exception(Away())


def weight_of(asked: Sequence[Asked], form: Form) -> int:
    """Give about how many people are read: a page of a search is never joined, and weighs what may be on it."""
    return sum(one.most for one in asked) if form.page else len(asked)


def share(reading: Reading, taken: Sequence[Waiting]) -> None:
    """Give each its answer."""
    first = 0
    for one in taken:
        if not one.answer.done():
            one.answer.set_result(Answer(reading, first))
        first += len(one.asked)


def refuse(taken: Sequence[Waiting]) -> None:
    """Tell each that there is no answer."""
    for one in taken:
        if not one.answer.done():
            one.answer.set_exception(Away())
