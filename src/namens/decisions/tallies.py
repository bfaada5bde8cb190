"""The numbers of all processes of this machine: each puts its own in a file, and whoever is asked adds them up.

Those of a process that died are added to `past`, so that no sum ever goes back. Gauges are of the living only.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from namens.decisions import held
from namens.decisions.counts import Counts, Numbers, Standing
from namens.lib.ids import new_id

ALIVE, COUNTS = ".alive", ".counts"
PAST, LOCK, WATCH = "past", "past.lock", "watch.lock"


Content = TypeVar("Content", bound=msgspec.Struct)


class Written(msgspec.Struct, kw_only=True):
    """What a process puts in its file."""

    numbers: Numbers
    standing: Standing


class Past(msgspec.Struct, kw_only=True):
    """The numbers of the dead, and the files that are in them already: their remover may have been killed."""

    numbers: Numbers
    names: list[str]


@dataclass
class Sum:
    """The numbers of all, and how each of the living stands."""

    numbers: Numbers = field(default_factory=Numbers)
    living: list[Standing] = field(default_factory=list)


class Tally:
    """The file of this process, made when something is first written: after the fork."""

    def __init__(self, *, folder: Path, counts: Counts) -> None:
        self._folder, self._counts = folder, counts
        self._name, self._alive = new_id().hex, -1
        self._lock = threading.Lock()

    def write(self) -> None:
        """Put the numbers there as they are now. Raises OSError."""
        with self._lock:
            if self._alive < 0:
                self._alive = held.make(held.prepared(self._folder) / f"{self._name}{ALIVE}")
            written = Written(numbers=self._counts.numbers(), standing=self._counts.standing())
            held.replace(self._folder / f"{self._name}{COUNTS}", msgspec.msgpack.encode(written))

    def close(self) -> None:
        """Let go: the numbers stay, as those of the dead do."""
        with self._lock:
            if self._alive >= 0:
                os.close(self._alive)
                self._alive = -1


def add_up(folder: Path) -> Sum:
    """Give the numbers of all processes, living and dead. Raises OSError."""
    total = Sum()
    with _past(folder, how=fcntl.LOCK_SH) as past:
        total.numbers.add(past.numbers)
        for path in _files(folder, past):
            written = _read(path, Written)
            if written is None:
                continue
            total.numbers.add(written.numbers)
            if held.is_held(path.with_suffix(ALIVE)):
                total.living.append(written.standing)
    return total


def bury(folder: Path, *, now: datetime) -> None:
    """Add the numbers of processes that died to those of the past, and remove their files. Raises OSError."""
    with _past(folder, how=fcntl.LOCK_EX) as past:
        dead = [path for path in _files(folder, past) if not held.is_held(path.with_suffix(ALIVE))]
        for path in dead:
            written = _read(path, Written)
            if written is not None:
                past.numbers.add(written.numbers)
        names = [path.name for path in dead]
        if names:
            held.replace(folder / PAST, msgspec.msgpack.encode(Past(numbers=past.numbers, names=names)))
        for name in [*past.names, *names]:
            (folder / name).unlink(missing_ok=True)
        for path in folder.glob(f"[!.]*{ALIVE}"):
            if not (path.with_suffix(COUNTS).exists() or held.is_held(path)):
                path.unlink()
    held.sweep(folder, now=now)


@contextmanager
def _past(folder: Path, *, how: int) -> Iterator[Past]:
    """Give the past, which nobody changes meanwhile: no number is missed and none is counted twice."""
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, how)
        yield _read(folder / PAST, Past) or Past(numbers=Numbers(), names=[])
    finally:
        os.close(descriptor)


def _files(folder: Path, past: Past) -> list[Path]:
    return [path for path in sorted(folder.glob(f"[!.]*{COUNTS}")) if path.name not in past.names]


def _read(path: Path, kind: type[Content]) -> Content | None:
    """Give what was written there; None for what is not there or cannot be read, as after a power cut."""
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=kind)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
