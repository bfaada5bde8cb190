"""Files that one living process holds: the kernel lets go of them when that process dies, however it dies.

A lock (flock) belongs to one opening of a file, also between threads of one process. A forked child would share it:
what holds files is made after the fork. The folder has to be on a disk of this machine.
"""

import fcntl
import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

_MADE = os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW
_OPENED = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW
_LOCK = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
LEFT_OVER_AFTER = timedelta(days=1)


def prepared(folder: Path) -> Path:
    """Give the folder, made when it was not there: for this user only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def hidden(path: Path) -> Path:
    """Give the name under which a file is made, before anybody may see it."""
    return path.with_name(f".{path.name}")


def make(path: Path) -> int:
    """Make a file and hold it; gives its descriptor, for appending. Nobody sees the file before it is held."""
    descriptor = os.open(hidden(path), _MADE, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        hidden(path).rename(path)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def take(path: Path) -> int | None:
    """Hold a file that nobody holds; gives its descriptor, for reading. None when somebody does, or it is gone."""
    try:
        descriptor = os.open(path, _OPENED)
    except FileNotFoundError:
        return None
    if _locked(descriptor) and _is_still(path, descriptor):
        return descriptor
    os.close(descriptor)
    return None


def is_held(path: Path) -> bool:
    """Say whether a living process holds the file."""
    try:
        descriptor = os.open(path, _OPENED)
    except FileNotFoundError:
        return False
    free = _locked(descriptor, how=fcntl.LOCK_SH)
    os.close(descriptor)
    return not free


def lock(path: Path) -> int | None:
    """Hold a file that stays for ever, and is made when it is not there. None when another process holds it."""
    descriptor = os.open(path, _LOCK, 0o600)
    if _locked(descriptor):
        return descriptor
    os.close(descriptor)
    return None


def replace(path: Path, content: bytes) -> None:
    """Put other content in a file, whole or not at all."""
    other = hidden(path)
    descriptor = os.open(other, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    other.replace(path)


def sweep(folder: Path, *, now: datetime) -> None:
    """Remove what processes left that were killed while they made a file: nobody ever answered for it."""
    before = (now - LEFT_OVER_AFTER).timestamp()
    for path in folder.glob(".*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()


def _locked(descriptor: int, *, how: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_still(path: Path, descriptor: int) -> bool:
    """Say whether the name still leads to this file: whoever held it may have removed it just before."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
