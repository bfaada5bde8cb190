"""What a killed run left in the folder that everybody shares is removed; what others put there is not touched."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import postgresql, replicas

pytestmark = pytest.mark.one_database
LONG_GONE = 2**22 - 1
NOT_OURS = 54_321
SLEEPS = "import time; print(flush=True); time.sleep(60)"


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that everybody shares, as /tmp is."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def left(shared: Path) -> Path:
    """A folder of a run that ended long ago."""
    home = shared / f"{replicas.PREFIX}old"
    (home / "r1").mkdir(parents=True)
    (home / "owner").write_text(str(LONG_GONE), encoding="utf-8")
    return home


@pytest.fixture
def sleeper() -> Iterator["subprocess.Popen[bytes]"]:
    """Some program that has nothing to do with it."""
    with begun() as program:
        yield program
        program.kill()


def begun(*words: str) -> "subprocess.Popen[bytes]":
    """Start a program with these words, and wait until it runs: before that its command line is another's."""
    program = subprocess.Popen([sys.executable, "-c", SLEEPS, *words], stdout=subprocess.PIPE)
    assert program.stdout is not None
    program.stdout.readline()
    return program


def note(home: Path, program: "subprocess.Popen[bytes]") -> None:
    (home / "r1" / "postmaster.pid").write_text(f"{program.pid}\n", encoding="utf-8")


def test_it_ends_no_process_but_the_server_of_that_data(left: Path, sleeper: "subprocess.Popen[bytes]") -> None:
    note(left, sleeper)
    replicas.remove_left_overs()
    assert sleeper.poll() is None
    assert not left.exists()


def test_it_ends_the_server_of_that_data(left: Path) -> None:
    with begun(str(left / "r1")) as server:
        note(left, server)
        replicas.remove_left_overs()
        assert server.wait(5) != 0
    assert not left.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_it_touches_no_folder_of_somebody_else(left: Path) -> None:
    with begun(str(left / "r1")) as server:
        note(left, server)
        os.chown(left, NOT_OURS, NOT_OURS)
        replicas.remove_left_overs()
        assert server.poll() is None
        server.kill()
    assert left.exists()


def test_it_follows_no_link(left: Path, shared: Path) -> None:
    (shared / "precious").mkdir()
    (shared / "precious" / "postmaster.pid").write_text(f"{LONG_GONE}\n", encoding="utf-8")
    (left / "linked").symlink_to(shared / "precious")
    replicas.remove_left_overs()
    assert (shared / "precious" / "postmaster.pid").exists()


def test_it_leaves_alone_whose_owner_lives(left: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_allowed(*_: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", not_allowed)
    assert postgresql.owner_lives(left)
    replicas.remove_left_overs()
    assert left.exists()
