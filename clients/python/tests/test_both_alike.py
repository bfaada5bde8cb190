"""Both shells take and give the same, and nothing that the package gives shows an id."""

import inspect
import typing

import namens_client
import pytest
from namens_client import AsyncNamens, Namens

NAMES = sorted(name for name, _ in inspect.getmembers(Namens, inspect.isfunction) if not name.startswith("_"))


@pytest.mark.parametrize("name", ["__init__", *NAMES])
def test_it_takes_the_same_in_both(name: str) -> None:
    one, other = (inspect.signature(getattr(kind, name)).parameters for kind in (Namens, AsyncNamens))
    assert list(one) == list(other)
    assert [value.default for value in one.values()] == [value.default for value in other.values()]
    assert all(value.kind is inspect.Parameter.KEYWORD_ONLY for value in list(one.values())[2:])


@pytest.mark.parametrize("name", NAMES)
def test_it_gives_the_same_in_both(name: str) -> None:
    one, other = (typing.get_type_hints(getattr(kind, name))["return"] for kind in (Namens, AsyncNamens))
    assert str(one).removeprefix("collections.abc.") == str(other).removeprefix("collections.abc.Async")


def test_it_has_the_same_names_in_both() -> None:
    assert sorted(n for n, _ in inspect.getmembers(AsyncNamens, inspect.isfunction) if not n.startswith("_")) == NAMES


def test_it_gives_all_that_it_names() -> None:
    assert all(hasattr(namens_client, name) for name in namens_client.__all__)
