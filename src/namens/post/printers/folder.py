"""Letters in a folder, for a print house that fetches them.

`ready/<reference>/` holds `letter.pdf` and `manifest.json`, and appears in one step. The print house takes a letter by
renaming that directory to `taken/<reference>`; as long as it stands there (or in `ready`) it is never made again.
"""

import errno
import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pypdf
import structlog

from namens.post.answers import Answer, NotTaken, Problem, Taken

READY, TAKEN, MAKING = "ready", "taken", ".making-"
LETTER, MANIFEST = "letter.pdf", "manifest.json"
FOLDER_MODE, FILE_MODE = 0o750, 0o640

_reference = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,79}", re.ASCII)
_problems = {
    errno.ENOSPC: Problem.DISK_FULL,
    errno.EDQUOT: Problem.DISK_FULL,
    errno.ENOENT: Problem.FOLDER_MISSING,
    errno.ENOTDIR: Problem.FOLDER_MISSING,
    errno.EROFS: Problem.NOT_WRITABLE,
    errno.EACCES: Problem.NOT_WRITABLE,
    errno.EPERM: Problem.NOT_WRITABLE,
}
_log = structlog.get_logger()


class FolderPrinter:
    """Puts letters in a folder that exists. It makes none: letters could vanish under a disk that is mounted later."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def hand_over(self, *, reference: str, pdf: bytes, kind: str, now: datetime) -> Answer:
        """Put the letter ready, or find that it stands there already. Raises ValueError for a strange reference."""
        if not _reference.fullmatch(reference):
            raise ValueError("a reference has letters, digits and dashes only")
        manifest = manifest_of(reference=reference, pdf=pdf, kind=kind, now=now)
        try:
            with alone_in(self._root):
                self._put(reference, {LETTER: pdf, MANIFEST: manifest})
        except OSError as trouble:
            problem = _problems.get(trouble.errno or 0, Problem.FAILING)
            _log.warning("letter_not_put_ready", problem=problem.value)
            return NotTaken(problem, again=True)
        return Taken()

    def _put(self, reference: str, files: dict[str, bytes]) -> None:
        ready, taken = self._root / READY, self._root / TAKEN
        if (ready / reference).exists() or (taken / reference).exists():
            return
        # Nobody else is here, so whatever is half made belongs to a program that was killed.
        self._clean()
        for folder in (ready, taken):
            folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        making = self._root / f"{MAKING}{reference}"
        try:
            write(making, files)
            making.rename(ready / reference)
        except OSError:
            shutil.rmtree(making, ignore_errors=True)
            raise
        sync(ready)
        sync(self._root)

    def _clean(self) -> None:
        for left in self._root.glob(f"{MAKING}*"):
            shutil.rmtree(left)


def manifest_of(*, reference: str, pdf: bytes, kind: str, now: datetime) -> bytes:
    """Give what a print house has to know; nothing about anybody."""
    told = {
        "reference": reference,
        "kind": kind,
        "pages": len(pypdf.PdfReader(BytesIO(pdf)).pages),
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "made_at": now.isoformat(),
    }
    return json.dumps(told, indent=2).encode()


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Be the only one, of all threads and programs, who puts letters here. A lock of one that was killed is gone."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Make the folder with these files, and come back when all of it is on the disk."""
    folder.mkdir(mode=FOLDER_MODE)
    for name, content in files.items():
        descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    sync(folder)


def sync(folder: Path) -> None:
    """Have the disk know what is in this folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
