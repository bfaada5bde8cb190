"""A few threads that go outside, for what may take long. They never touch the database; who sent them does."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

Result = TypeVar("Result")


class Carriers:
    """So many errands at once, and no more. What one of them raises comes back with it, and stops nobody."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._threads = ThreadPoolExecutor(max_workers=number, thread_name_prefix="carrier")
        self._under_way: dict[Future[Any], Callable[[Future[Any]], None]] = {}
        self._bound_for: dict[Future[Any], UUID] = {}

    @property
    def number(self) -> int:
        """Give how many there are."""
        return self._number

    @property
    def bound_for(self) -> Counter[UUID]:
        """Give how many are on their way to each address that was named."""
        return Counter(self._bound_for.values())

    @property
    def free(self) -> int:
        """Give how many can leave at once: nobody waits here, for a row that waits here loses its lease."""
        return self._number - len(self._under_way)

    @property
    def are_out(self) -> bool:
        """Say whether anything is under way, or came back and was not taken up."""
        return bool(self._under_way)

    def send(
        self, errand: Callable[[], Result], *, then: Callable[[Future[Result]], None], bound_for: UUID | None = None
    ) -> None:
        """Let a free one go. `then` is for what came of it, in the thread that asks for `back`."""
        sent = self._threads.submit(errand)
        self._under_way[sent] = then
        if bound_for is not None:
            self._bound_for[sent] = bound_for

    def back(self) -> list[Callable[[], None]]:
        """Give what is to be done now with each errand that is over. Waits for nobody."""
        over = [errand for errand in self._under_way if errand.done()]
        for errand in over:
            self._bound_for.pop(errand, None)
        return [partial(self._under_way.pop(errand), errand) for errand in over]

    def close(self) -> None:
        """Wait for who is outside, and send nobody any more."""
        self._threads.shutdown()
