"""The SQLite file is moved away, or another one is put in its place."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from namens.lib import clock
from namens.mandates.actions import stop
from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.databases import CHOICE
from tests.decisions.machine import Machine
from tests.decisions.served.serving import serving

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.environ.get(CHOICE) == "postgresql", reason="about a file")]


def test_it_reads_the_file_that_is_there_now(
    portal: Machine, given: Mandate, anna: Party, bram: Party, tmp_path: Path
) -> None:
    """Away: 503. Back: right at once. Another one in its place: that one counts, and never the old one."""
    file, away = tmp_path / "door.sqlite3", tmp_path / "away.sqlite3"
    copied(file)
    question = portal.question(bram, anna)
    with serving(f"sqlite:///{file}") as served:
        assert served.ask(question, token=portal.token).decision is True
        file.rename(away)
        assert served.ask(question, token=portal.token).status == 503
        away.rename(file)
        assert served.ask(question, token=portal.token).decision is True
        stop(mandate=given.id, by=anna, now=clock.now())
        newer = tmp_path / "newer.sqlite3"
        copied(newer)
        for beside in ("-wal", "-shm"):
            Path(f"{file}{beside}").unlink(missing_ok=True)
        newer.replace(file)
        assert served.ask(question, token=portal.token).decision is False


def copied(target: Path) -> None:
    """Copy the database of the tests as it is now."""
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
