"""A server whose heartbeat is old says nothing at all, not even which keys are ours."""

import asyncio
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from namens.decisions.lookups import Away, Row
from namens.decisions.postgresql import PostgresqlReader
from namens.journal.models import Heartbeat
from namens.mandates.statement import Asked, Form, Statement

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "postgresql" not in str(settings.DATABASES["default"]["ENGINE"]), reason="replicas are PostgreSQL's"
    ),
]


def address() -> str:
    """Give the address of the database of this test."""
    known = connection.settings_dict
    return f"postgresql://{known['USER']}@/{known['NAME']}?host={known['HOST']}"


def beat(*, seconds_ago: float) -> None:
    """Let the heart have beaten so long ago, by the clock of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    at = now - timedelta(seconds=seconds_ago)
    Heartbeat.objects.update_or_create(id=Heartbeat.ONLY, defaults={"beat_at": timezone.localtime(at)})


async def read(*, beats: bool) -> list[Row]:
    """Look up nobody, and read the keys, as the door does."""
    reader = PostgresqlReader([address()], connections=1, most_waiting=8, beats=beats)
    await reader.open()
    try:
        await reader.look_up([Asked("nobody")], Form.PAIRS)
        return await reader.rows(Statement("SELECT count(*) FROM grants_signingkey", ()))
    finally:
        await reader.close()


async def keys_only() -> list[Row]:
    reader = PostgresqlReader([address()], connections=1, most_waiting=8, beats=True)
    return await reader.rows(Statement("SELECT count(*) FROM grants_signingkey", ()))


def test_it_reads_where_the_heart_beats() -> None:
    beat(seconds_ago=0.1)
    assert asyncio.run(read(beats=True)) == [(0,)]


def test_it_asks_for_no_heart_where_no_replicas_are_listed() -> None:
    assert asyncio.run(read(beats=False)) == [(0,)]


@pytest.mark.parametrize("seconds_ago", [3, 3600, -3, -3600])
def test_it_believes_nothing_of_a_server_that_is_behind_or_ahead(seconds_ago: int) -> None:
    beat(seconds_ago=seconds_ago)
    with pytest.raises(Away):
        asyncio.run(read(beats=True))
    with pytest.raises(Away):
        asyncio.run(keys_only())


def test_it_believes_nothing_of_a_server_that_never_had_a_heart() -> None:
    with pytest.raises(Away):
        asyncio.run(keys_only())
