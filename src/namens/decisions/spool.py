"""Decisions that have to reach the journal wait in files: kept before the answer leaves, moved when it suits.

Every process appends to a file of its own, one write for one answer: length, checksum, entries. What one write brought
is whole or it is nothing: a half one at the end is of a process that was killed before it answered. A killed process
loses nothing (the kernel has it). A power cut can lose what was kept since the last `sync`. Knows no Django.
"""

import errno
import os
import struct
import threading
import zlib
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import msgspec

from namens.decisions import held
from namens.lib.ids import new_id

WAITING, DAMAGED = ".kept", ".damaged"
SEGMENT_BYTES = 1024 * 1024
MOST_BYTES = 1024 * 1024 * 1024
LARGEST_BATCH = 16 * 1024 * 1024
_HEAD = struct.Struct("<II")


class SpoolFull(RuntimeError):
    """So much waits for the journal that nothing more may be answered for it."""


class Kept(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """One decision for the journal, in ids of ours only: never a pairwise id, a BSN or a token.

    `actor` is who acts (the member, for an `organisation`), `subject` for whom; None for who is not known here.
    `portal` is the id of the row, not the client id. `result` is `permit` or the reason why not. `service` and `action`
    are keys of the catalogue; other words that a portal typed do not reach the journal. New fields go to the end, with
    a default: what an older version kept is read by a newer one.
    """

    id: UUID
    at: datetime
    portal: UUID
    actor: UUID | None
    subject: UUID | None
    mandate: UUID | None
    result: str
    service: str
    action: str | None = None
    as_of: datetime | None = None
    request: str = ""
    organisation: UUID | None = None


_encoder = msgspec.msgpack.Encoder(uuid_format="bytes")
_decoder = msgspec.msgpack.Decoder(list[Kept])


@dataclass(frozen=True)
class Content:
    """What a file held. `is_damaged`: something in it could not be read, and it was not a half write at its end."""

    entries: list[Kept]
    is_damaged: bool


class Segment:
    """A file that this process holds and appends to. `is_spoiled`: it ends with half a write, nothing may follow."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._descriptor = held.make(folder / f"{new_id().hex}{WAITING}")
        self.size = self._synced = 0
        self.is_spoiled = False

    def append(self, frame: bytearray) -> None:
        """Append with one write, whole or not at all. Raises OSError."""
        try:
            if os.write(self._descriptor, frame) != len(frame):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError:
            self.is_spoiled = True
            os.ftruncate(self._descriptor, self.size)
            self.is_spoiled = False
            raise
        self.size += len(frame)

    def sync(self) -> None:
        """Wait until the disk has what was appended until now, and the name of the file. Raises OSError."""
        size = self.size
        if self._synced == size:
            return
        os.fdatasync(self._descriptor)
        if not self._synced:
            _sync_folder(self._folder)
        self._synced = size

    def close(self) -> None:
        """Let go: from now on whoever moves entries may have it."""
        os.close(self._descriptor)


class Spool:
    """Where this process keeps entries. Made after the fork; `keep` is for the event loop, the rest for threads.

    `most_bytes` is for all processes that share the folder. Each looks once in a while how much there is, so together
    they can go beyond it by what they keep in that time.
    """

    def __init__(self, folder: Path, *, most_bytes: int = MOST_BYTES, segment_bytes: int = SEGMENT_BYTES) -> None:
        self._folder = held.prepared(folder)
        self._most_bytes, self._segment_bytes = most_bytes, segment_bytes
        self._lock, self._disk = threading.Lock(), threading.Lock()
        self._frame = bytearray()
        self._finished: list[Segment] = []
        self._segment: Segment | None = Segment(self._folder)
        self._stored, self._added = waiting_bytes(self._folder), 0

    def keep(self, entries: Sequence[Kept]) -> None:
        """Append what one answer rests on. Raises SpoolFull or OSError: then it may not be answered."""
        with self._lock:
            frame = self._frame
            _encoder.encode_into(entries, frame, _HEAD.size)
            length = len(frame) - _HEAD.size
            if length > LARGEST_BATCH or self._stored + len(frame) > self._most_bytes:
                raise SpoolFull
            _HEAD.pack_into(frame, 0, length, zlib.crc32(memoryview(frame)[_HEAD.size :]))
            self._append(frame)
            self._stored += len(frame)
            self._added += len(frame)

    def sync(self) -> None:
        """Wait for the disk, and let go of what is finished. Raises OSError."""
        with self._disk:
            with self._lock:
                finished, self._finished = self._finished, []
                current = self._segment
            with ExitStack() as closing:
                # Whatever the disk says, all are let go of.
                for segment in finished:
                    closing.callback(segment.close)
                for segment in finished:
                    segment.sync()
            if current is not None:
                current.sync()

    def turn(self) -> int:
        """Finish the file of this process when something is in it; gives how many bytes wait in all. Raises OSError."""
        if self._segment is None or self._segment.size:
            fresh = Segment(self._folder)
            with self._lock:
                self._finish()
                self._segment = fresh
            self.sync()
        with self._lock:
            self._added = 0
        stored = waiting_bytes(self._folder)
        with self._lock:
            # What was kept while we looked may count twice, until the next time.
            self._stored = stored + self._added
            return self._stored

    def close(self) -> None:
        """Finish; what waits is for whoever moves it. Raises OSError."""
        with self._lock:
            self._finish()
        self.sync()

    def _finish(self) -> None:
        if self._segment is not None:
            self._finished.append(self._segment)
            self._segment = None

    def _append(self, frame: bytearray) -> None:
        segment = self._writable()
        try:
            segment.append(frame)
        except OSError:
            if segment.is_spoiled:
                self._finish()
            raise

    def _writable(self) -> Segment:
        if self._segment is None or self._segment.size >= self._segment_bytes:
            fresh = Segment(self._folder)
            self._finish()
            self._segment = fresh
        return self._segment


def waiting(folder: Path) -> list[Path]:
    """Give the files in which entries wait, oldest first; none when the folder is not there."""
    return sorted(folder.glob(f"[!.]*{WAITING}"))


def waiting_bytes(folder: Path) -> int:
    """Give how many bytes wait."""
    total = 0
    for path in waiting(folder):
        try:
            total += path.stat().st_size
        except FileNotFoundError:  # moved meanwhile
            continue
    return total


def read(file: BinaryIO) -> Content:
    """Give the entries of a file. A half write at its end is left out: its answer was never sent."""
    entries: list[Kept] = []
    while len(head := file.read(_HEAD.size)) == _HEAD.size:
        length, checksum = _HEAD.unpack(head)
        body = file.read(min(length, LARGEST_BATCH))
        if len(body) < length <= LARGEST_BATCH:
            break
        if length > LARGEST_BATCH or zlib.crc32(body) != checksum:
            return Content(entries, is_damaged=True)
        try:
            entries += _decoder.decode(body)
        except msgspec.DecodeError:
            return Content(entries, is_damaged=True)
    return Content(entries, is_damaged=False)


def _sync_folder(folder: Path) -> None:
    """Wait until the disk has the names of the files too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
