"""A few threads that go outside, for what may take long. They never touch the database; who sent them does."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

Result = TypeVar("Result")


class Carriers:
    """So many errands at once, and no more. What one of them raises comes back with it, and stops nobody."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._threads = ThreadPoolExecutor(max_workers=number, thread_name_prefix="carrier")
        self._under_way: dict[Future[Any], Callable[[Future[Any]], None]] = {}

    @property
    def free(self) -> int:
        """Give how many can leave at once: nobody waits here, for a row that waits here loses its lease."""
        return self._number - len(self._under_way)

    @property
    def are_out(self) -> bool:
        """Say whether anything is under way, or came back and was not taken up."""
        return bool(self._under_way)

    def send(self, errand: Callable[[], Result], *, then: Callable[[Future[Result]], None]) -> None:
        """Let a free one go. `then` is for what came of it, in the thread that asks for `back`."""
        self._under_way[self._threads.submit(errand)] = then

    def back(self) -> list[Callable[[], None]]:
        """Give what is to be done now with each errand that is over. Waits for nobody."""
        over = [errand for errand in self._under_way if errand.done()]
        return [partial(self._under_way.pop(errand), errand) for errand in over]

    def close(self) -> None:
        """Wait for who is outside, and send nobody any more."""
        self._threads.shutdown()
