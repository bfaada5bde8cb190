"""The morning of 23 November 2026, and limits that start at nothing."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.cache import cache

from namens.lib import clock
from tests.people import NOW


@pytest.fixture(autouse=True)
def morning() -> Iterator[datetime]:
    """Let the clock stand still."""
    with clock.frozen(NOW) as now:
        yield now


@pytest.fixture(autouse=True)
def no_limits_yet(db: None) -> None:  # noqa: ARG001 - asked for its effect
    """Forget the tries of other tests."""
    cache.clear()
