"""The tests run on the database that was asked for, and each test has it for itself."""

import os
import socket
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_socket import SocketConnectBlockedError

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import write
from namens.lib import clock
from tests import databases
from tools import postgresql


@pytest.mark.django_db
def test_it_runs_on_the_database_that_was_asked_for() -> None:
    assert connection.vendor == os.environ[databases.CHOICE]


@pytest.mark.django_db
def test_it_starts_with_empty_tables() -> None:
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_lets_threads_use_connections_of_their_own() -> None:
    seen: list[int] = []

    def count() -> None:
        seen.append(JournalEntry.objects.count())
        connection.close()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [0, 0, 0, 0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_it_empties_the_journal_between_tests_that_commit(turn: str) -> None:
    assert not JournalEntry.objects.exists(), turn
    with transaction.atomic():
        write(Event.CATALOGUE_PROPOSED, at=clock.now(), channel=Channel.COMMAND, details={})


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_it_keeps_tests_off_the_network() -> None:
    with socket.socket() as outside, pytest.raises(SocketConnectBlockedError):
        outside.connect(("192.0.2.1", 80))


def test_it_lets_tests_reach_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        assert server.getsockname()[1]


def test_it_hides_the_settings_of_the_reader() -> None:
    assert os.environ["NAMENS_BASE_URL"] == "http://localhost:8000"
    assert os.environ["NAMENS_ENVIRONMENT"] == "practice"


def test_it_removes_a_server_that_nobody_owns_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / f"{postgresql.PREFIX}left"
    home.mkdir()
    (home / "owner").write_text("4194305", encoding="utf-8")
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    postgresql.remove_left_overs()
    assert not home.exists()


def test_it_keeps_a_server_whose_owner_is_alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / f"{postgresql.PREFIX}mine"
    home.mkdir()
    (home / "owner").write_text(str(os.getpid()), encoding="utf-8")
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    postgresql.remove_left_overs()
    assert home.exists()
