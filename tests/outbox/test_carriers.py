"""Threads that go outside."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from namens.outbox.carriers import Carriers


class Unforeseen(BaseException):
    """Nothing that anybody catches."""


@pytest.fixture
def carriers() -> Iterator[Carriers]:
    """Two of them."""
    made = Carriers(2)
    yield made
    made.close()


def take_up(carriers: Carriers) -> int:
    """Wait for all who are outside, and do what is to be done with what they bring."""
    number, until = 0, time.monotonic() + 5
    while carriers.are_out and time.monotonic() < until:
        for follow_up in carriers.back():
            follow_up()
            number += 1
    return number


def test_it_brings_back_what_came_of_it(carriers: Carriers) -> None:
    came: list[int] = []
    carriers.send(lambda: 6 * 7, then=lambda future: came.append(future.result()))
    assert (take_up(carriers), came) == (1, [42])


def test_it_does_what_follows_in_the_thread_that_asks(carriers: Carriers) -> None:
    where: list[threading.Thread] = []
    carriers.send(
        threading.current_thread, then=lambda future: where.extend([future.result(), threading.current_thread()])
    )
    take_up(carriers)
    assert where[0] is not threading.current_thread()
    assert where[1] is threading.current_thread()


def test_it_says_how_many_are_free(carriers: Carriers) -> None:
    door = threading.Event()
    assert carriers.free == 2
    carriers.send(door.wait, then=lambda _: None)
    assert (carriers.free, carriers.are_out, carriers.back()) == (1, True, [])
    door.set()
    take_up(carriers)
    assert (carriers.free, carriers.are_out) == (2, False)


def test_it_brings_back_what_was_raised(carriers: Carriers) -> None:
    raised: list[BaseException | None] = []

    def fail() -> None:
        raise Unforeseen

    def keep(future: Future[None]) -> None:
        raised.append(future.exception())

    carriers.send(fail, then=keep)
    take_up(carriers)
    assert isinstance(raised[0], Unforeseen)
    assert carriers.free == 2


def test_it_waits_for_who_is_outside_before_it_closes() -> None:
    carriers, came = Carriers(1), list[int]()
    carriers.send(lambda: time.sleep(0.1), then=lambda _: came.append(1))
    carriers.close()
    take_up(carriers)
    assert came == [1]
