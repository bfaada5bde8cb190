"""The door as it really runs: granian in processes of its own, a database with committed rows, and plain HTTP."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.decisions.machine import EVALUATION, JSON, Heard
from tools import fixed_settings, places

HOST = "127.0.0.1"
STARTED_WITHIN, STOPPED_WITHIN, STEP = 60.0, 15.0, 0.05


@dataclass
class Served:
    """A door that runs, and where."""

    port: int
    process: "subprocess.Popen[bytes]"

    def connect(self, *, patience: float = 10.0) -> socket.socket:
        """Give a bare connection."""
        return socket.create_connection((HOST, self.port), timeout=patience)

    def ask(self, content: object, *, token: str, path: str = EVALUATION, patience: float = 10.0) -> Heard:
        """Ask on a connection of its own."""
        return self.send(path, json.dumps(content).encode(), patience=patience, authorization=f"Bearer {token}")

    def send(
        self, path: str, body: bytes = b"", *, method: str = "POST", patience: float = 10.0, **headers: str
    ) -> Heard:
        """Send anything. Names of headers have `_` for `-`. Raises OSError and HTTPException."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=patience)
        named = {name.replace("_", "-"): value for name, value in {"content_type": JSON, **headers}.items()}
        try:
            connection.request(method, path, body, named)
            response = connection.getresponse()
            return Heard(response.status, {name.lower(): text for name, text in response.getheaders()}, response.read())
        finally:
            connection.close()

    def workers(self) -> list[int]:
        """Give the processes that answer."""
        return [child for child in children(self.process.pid) if b"resource_tracker" not in command_of(child)]

    def resident(self) -> int:
        """Give how many KiB of memory they hold together."""
        return sum(resident(worker) for worker in self.workers())

    def wait(self) -> None:
        """Wait until it answers. Raises AssertionError when it ended."""
        until = time.monotonic() + STARTED_WITHIN
        while time.monotonic() < until:
            assert self.process.poll() is None, "the door ended"
            try:
                self.send("/health", method="GET")
            except (OSError, http.client.HTTPException):
                time.sleep(STEP)
            else:
                return
        raise AssertionError("the door does not answer")


@contextmanager
def serving(database_url: str, *, workers: int = 1, **settings: str) -> Iterator[Served]:
    """Start the door on this database; end all of it afterwards."""
    port, folder = free_port(), tempfile.mkdtemp(prefix="namens-door-")
    settings = {"NAMENS_DECISIONS_FOLDER": folder, **settings}
    environment = {**fixed_settings.environment(database_url=database_url), **settings}
    process = subprocess.Popen(
        [Path(sys.executable).with_name("namens"), "serve", "decisions", f"--port={port}", f"--workers={workers}"],
        cwd=places.ROOT,
        env=environment,
        start_new_session=True,
    )
    served = Served(port, process)
    try:
        served.wait()
        yield served
    finally:
        end(process)
        shutil.rmtree(folder, ignore_errors=True)


def end(process: "subprocess.Popen[bytes]") -> None:
    """Stop a door; at once when it does not go by itself. Its processes are a group of their own."""
    process.terminate()
    try:
        process.wait(STOPPED_WITHIN)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    """Give a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def children(process: int) -> Sequence[int]:
    """Give the processes that this one started."""
    text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(number) for number in text.split()]


def command_of(process: int) -> bytes:
    """Give what was typed to start it; nothing for one that ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def resident(process: int) -> int:
    """Give how many KiB of memory a process holds."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def address_of(settings: dict[str, Any]) -> str:
    """Give the address of the database that Django uses now."""
    if settings["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{settings['NAME']}"
    return f"postgresql://postgres@/{settings['NAME']}?host={settings['HOST']}"
