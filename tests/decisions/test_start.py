"""What the door does once, when it starts."""

import asyncio
import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as given
from pytest_django import Settings

from namens.decisions.application import Application
from tests.decisions.machine import ThroughDjango

pytestmark = pytest.mark.one_database


@pytest.fixture
def thawed() -> Iterator[None]:
    """Leave nothing frozen for other tests."""
    gc.unfreeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_it_keeps_the_collector_from_what_lives_as_long_as_it(settings: Settings, tmp_path: Path) -> None:
    settings.DECISIONS = replace(given.DECISIONS, folder=tmp_path)
    events = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    heard: list[tuple[object, bool]] = []

    async def receive() -> dict[str, str]:
        return events.pop(0)

    async def send(event: dict[str, object]) -> None:
        heard.append((event["type"], gc.get_freeze_count() > 0))

    asyncio.run(Application(ThroughDjango())({"type": "lifespan"}, receive, send))
    assert heard == [("lifespan.startup.complete", True), ("lifespan.shutdown.complete", True)]
