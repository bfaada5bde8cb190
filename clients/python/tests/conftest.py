"""One set of tests for both shells: the one with an event loop is asked from outside of its loop."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta
from functools import cache
from inspect import isawaitable
from typing import Any, cast

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from joserfc.jwk import RSAKey
from namens_client import AsyncNamens, Namens

from tests.place import CLIENT, Place

Make = Callable[..., Namens]


@cache
def private_key() -> RSAKey:
    """Give the key of the portal; making one takes a while."""
    return RSAKey.generate_key(2048, auto_kid=True)


class FromOutside:
    """AsyncNamens, with each question asked in its loop and waited for here."""

    def __init__(self, portal: BlockingPortal, inner: AsyncNamens) -> None:
        self._portal, self._inner = portal, inner

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *words, **named: self._portal.call(self._asked, name, words, named)

    def __repr__(self) -> str:
        return repr(self._inner)

    async def _asked(self, name: str, words: tuple[Any, ...], named: dict[str, Any]) -> object:
        found: Awaitable[Any] | AsyncIterator[Any] = getattr(self._inner, name)(*words, **named)
        return await found if isawaitable(found) else iter([one async for one in found])


@pytest.fixture
def place() -> Iterator[Place]:
    """Namens, as the tests want it."""
    place = Place(keys=[private_key()])
    place.start()
    yield place
    place.stop()


@pytest.fixture(params=["blocking", "waiting"])
def make(request: pytest.FixtureRequest, place: Place) -> Iterator[Make]:
    """Make a client for the portal of the tests."""
    with start_blocking_portal() as portal:
        made: list[Namens] = []

        def make_one(**changes: Any) -> Namens:  # noqa: ANN401 - whatever the client takes
            given = {"issuer": place.address, "client_id": CLIENT, "key": private_key(), **changes}
            client = Namens(**given) if request.param == "blocking" else _in_loop(portal, given)
            made.append(client)
            return client

        yield make_one
        for one in made:
            one.close()


@pytest.fixture
def namens(make: Make) -> Namens:
    """A client with short patience."""
    return make(patience=timedelta(seconds=1.5), long_patience=timedelta(seconds=3))


def _in_loop(portal: BlockingPortal, given: dict[str, Any]) -> Namens:
    async def make() -> AsyncNamens:
        return AsyncNamens(**given)

    return cast(Namens, FromOutside(portal, portal.call(make)))
