"""Keeping decisions for the journal in files."""

import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from namens.decisions import held, spool
from namens.decisions.spool import Kept, Spool, SpoolFull
from namens.lib.ids import new_id
from tests.decisions.entries import NOW, kept


def content(folder: Path) -> list[Kept]:
    found: list[Kept] = []
    for path in spool.waiting(folder):
        with path.open("rb") as file:
            read = spool.read(file)
        assert not read.is_damaged
        found += read.entries
    return found


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes: a disk that fills up in the middle of a write."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_it_keeps_all_of_an_entry(tmp_path: Path) -> None:
    full = kept(
        action="rekeningnummer-wijzigen", as_of=NOW - timedelta(days=1), request="a" * 36, organisation=new_id()
    )
    bare = kept(actor=None, subject=None, mandate=None, result="no_mandate")
    Spool(tmp_path).keep([full, bare])
    assert content(tmp_path) == [full, bare]


def test_it_keeps_in_order_over_several_files(tmp_path: Path) -> None:
    keeping, entries = Spool(tmp_path, segment_bytes=500), [kept() for _ in range(30)]
    for entry in entries:
        keeping.keep([entry])
    assert len(spool.waiting(tmp_path)) > 3
    assert content(tmp_path) == entries


def test_it_is_for_this_user_only(tmp_path: Path) -> None:
    Spool(tmp_path / "new").keep([kept()])
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in spool.waiting(tmp_path / "new")] == [0o600]


def test_it_follows_no_link_that_somebody_laid(tmp_path: Path) -> None:
    (tmp_path / "target").touch()
    (tmp_path / "laid.kept").symlink_to(tmp_path / "target")
    with pytest.raises(OSError, match="symbolic links"):
        held.take(tmp_path / "laid.kept")


def test_it_refuses_when_too_much_waits(tmp_path: Path) -> None:
    keeping = Spool(tmp_path, most_bytes=1000)
    tries = iter(range(100))
    with suppress(SpoolFull):
        for _ in tries:
            keeping.keep([kept()])
    assert next(tries) > 2
    assert spool.waiting_bytes(tmp_path) <= 1000


def test_it_counts_what_others_left(tmp_path: Path) -> None:
    first = Spool(tmp_path, most_bytes=1000)
    first.keep([kept() for _ in range(5)])
    second = Spool(tmp_path, most_bytes=1000)
    with pytest.raises(SpoolFull):
        second.keep([kept() for _ in range(5)])


def test_it_goes_on_when_there_is_room_again(tmp_path: Path) -> None:
    keeping = Spool(tmp_path, most_bytes=1000)
    keeping.keep([kept() for _ in range(5)])
    keeping.turn()
    for path in spool.waiting(tmp_path):
        if not held.is_held(path):
            path.unlink()
    keeping.turn()
    keeping.keep([kept() for _ in range(5)])


def test_it_refuses_a_batch_that_no_reader_would_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "LARGEST_BATCH", 1000)
    with pytest.raises(SpoolFull):
        Spool(tmp_path).keep([kept() for _ in range(100)])


def test_it_leaves_out_half_a_write_of_who_was_killed(tmp_path: Path) -> None:
    whole, half = kept(), [kept(), kept()]
    keeping = Spool(tmp_path)
    keeping.keep([whole])
    end = spool.waiting_bytes(tmp_path)
    keeping.keep(half)
    (path,) = spool.waiting(tmp_path)
    written = path.read_bytes()
    for size in range(end, len(written)):
        path.write_bytes(written[:size])
        assert content(tmp_path) == [whole]


def test_it_sees_that_a_byte_was_changed(tmp_path: Path) -> None:
    keeping = Spool(tmp_path)
    keeping.keep([kept()])
    keeping.keep([kept()])
    (path,) = spool.waiting(tmp_path)
    written = bytearray(path.read_bytes())
    for place in (3, 5, 40, len(written) - 1):
        changed = bytearray(written)
        changed[place] ^= 0xFF
        path.write_bytes(changed)
        with path.open("rb") as file:
            assert spool.read(file).is_damaged


def test_it_takes_no_zeros_for_entries(tmp_path: Path) -> None:
    (tmp_path / "zeros").write_bytes(bytes(4096))
    with (tmp_path / "zeros").open("rb") as file:
        assert spool.read(file) == spool.Content([], is_damaged=True)


def test_it_loses_nothing_behind_a_write_that_failed(tmp_path: Path) -> None:
    first, second, keeping = kept(), kept(), Spool(tmp_path)
    keeping.keep([first])
    with files_at_most(spool.waiting_bytes(tmp_path) + 50), pytest.raises(OSError, match=r"File too large|No space"):
        keeping.keep([kept(), kept()])
    keeping.keep([second])
    assert content(tmp_path) == [first, second]


def test_it_begins_another_file_when_half_a_write_cannot_be_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, keeping = kept(), kept(), Spool(tmp_path)
    keeping.keep([first])

    def fails(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(os, "ftruncate", fails)
        with files_at_most(spool.waiting_bytes(tmp_path) + 50), pytest.raises(OSError):  # noqa: PT011 - any
            keeping.keep([kept(), kept()])
    keeping.keep([second])
    assert content(tmp_path) == [first, second]


def test_it_holds_its_file_until_it_is_finished(tmp_path: Path) -> None:
    keeping = Spool(tmp_path)
    keeping.keep([kept()])
    (path,) = spool.waiting(tmp_path)
    assert held.take(path) is None
    keeping.turn()
    taken = held.take(path)
    assert taken is not None
    assert held.take(path) is None
    os.close(taken)


def test_it_lets_go_of_a_file_when_its_process_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-m", "tests.decisions.keeper", tmp_path], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        held_by_other = [path for path in spool.waiting(tmp_path) if held.is_held(path)]
        other.kill()
        other.stdout.read()
    assert len(held_by_other) >= 1
    assert [path for path in spool.waiting(tmp_path) if held.is_held(path)] == []


def test_it_loses_nothing_when_threads_finish_and_sync_beside_it(tmp_path: Path) -> None:
    keeping, entries, done = Spool(tmp_path, segment_bytes=2000), [kept() for _ in range(3000)], threading.Event()

    def beside() -> None:
        while not done.is_set():
            keeping.sync()
            keeping.turn()

    threads = [threading.Thread(target=beside) for _ in range(2)]
    for thread in threads:
        thread.start()
    for entry in entries:
        keeping.keep([entry])
    done.set()
    for thread in threads:
        thread.join()
    keeping.close()
    assert sorted(content(tmp_path), key=lambda one: one.id) == entries
    assert [path for path in spool.waiting(tmp_path) if held.is_held(path)] == []


def test_it_makes_no_file_when_nothing_is_kept(tmp_path: Path) -> None:
    keeping = Spool(tmp_path)
    for _ in range(3):
        keeping.turn()
    assert len(spool.waiting(tmp_path)) == 1


def test_it_sweeps_what_a_process_left_that_was_killed_while_it_began(tmp_path: Path) -> None:
    (tmp_path / ".left.kept").touch()
    os.utime(tmp_path / ".left.kept", (NOW.timestamp(), NOW.timestamp()))
    held.sweep(tmp_path, now=NOW + timedelta(hours=1))
    assert (tmp_path / ".left.kept").exists()
    held.sweep(tmp_path, now=NOW + timedelta(days=2))
    assert not (tmp_path / ".left.kept").exists()
