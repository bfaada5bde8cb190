"""Which transactions wait for replicas: those whose journal says that access was taken away, and no others."""

from collections.abc import Iterator

import pytest
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.replicas.base import DatabaseWrapper
from tests.people import NOW


@pytest.fixture
def connection(transactional_db: None) -> Iterator[DatabaseWrapper]:  # noqa: ARG001 - asked for its effect
    """The connection that everything uses, as it is when replicas are listed."""
    usual = connections[DEFAULT_DB_ALIAS]
    if usual.vendor != "postgresql":
        pytest.skip("only PostgreSQL has replicas")
    settings = {**usual.settings_dict, "ENGINE": "namens.replicas", "OPTIONS": {}}
    ours = DatabaseWrapper(settings, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = ours
    yield ours
    ours.close()
    connections[DEFAULT_DB_ALIAS] = usual


def note(event: Event) -> None:
    write(event, at=NOW, channel=Channel.PAGES)


def note_and_fail() -> None:
    with transaction.atomic():
        note(Event.MANDATE_STOPPED)
        raise ZeroDivisionError


def test_it_marks_what_takes_access_away_until_it_is_committed(connection: DatabaseWrapper) -> None:
    with transaction.atomic():
        note(Event.MANDATE_STOPPED)
        assert connection.takes_access_away
    assert not connection.takes_access_away


def test_it_marks_nothing_else(connection: DatabaseWrapper) -> None:
    with transaction.atomic():
        note(Event.MANDATE_OFFERED)
        assert not connection.takes_access_away


def test_it_keeps_the_mark_when_a_part_is_rolled_back(connection: DatabaseWrapper) -> None:
    """Another part may have taken access away too; waiting in vain costs a millisecond."""
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            note_and_fail()
        note(Event.MANDATE_STOPPED)
        assert connection.takes_access_away


def test_it_forgets_the_mark_with_the_transaction(connection: DatabaseWrapper) -> None:
    with pytest.raises(ZeroDivisionError):
        note_and_fail()
    assert not connection.takes_access_away


def test_it_commits_in_the_way_that_it_was_asked_to(connection: DatabaseWrapper) -> None:
    """The setting ends with its transaction: what the connection does next waits for nobody."""
    with transaction.atomic():
        note(Event.MANDATE_STOPPED)
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() != ("remote_apply",)
        cursor.execute("SELECT count(*) FROM journal_journalentry")
        assert cursor.fetchone() == (1,)
