"""Doing the same thing many times at one moment, each with a connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")


def at_once(actions: Sequence[Callable[[], Result]]) -> list[Result]:
    """Start all of these at one moment and give what each gave, in order; what one raises is raised."""
    barrier = Barrier(len(actions))

    def run(action: Callable[[], Result]) -> Result:
        barrier.wait()
        try:
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(actions)) as threads:
        return [future.result() for future in [threads.submit(run, action) for action in actions]]
