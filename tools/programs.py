"""Start programs together, wait until each answers, and stop all of them; never leave one behind."""

import errno
import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tools import commands, places
from tools.say import Trouble

POLL_SECONDS = 0.1
GRACE_SECONDS = 10.0
_PORTS = range(20_000, 32_000)
# Without proxies: the programs are on this machine, whatever the environment says about the world outside.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True, kw_only=True)
class Program:
    """One program to start. Without a port it counts as ready when it is still alive after a moment."""

    name: str
    command: Sequence[str | Path]
    port: int | None = None
    health: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path = places.ROOT

    @property
    def address(self) -> str:
        """Where people reach it: always localhost, because passkeys need a domain."""
        return f"http://localhost:{self.port}"


@dataclass(frozen=True, kw_only=True)
class Running:
    """A program that was started."""

    program: Program
    process: subprocess.Popen[bytes]
    log: Path

    def died(self) -> bool:
        """Whether it has ended by itself."""
        return self.process.poll() is not None

    def last_lines(self) -> str:
        """The end of its log."""
        return commands.last_lines(self.log.read_text(encoding="utf-8", errors="replace"))


class Programs:
    """A set of programs that live and die together. As a context manager it starts, waits, and stops at the end."""

    def __init__(self, programs: Sequence[Program], *, logs: Path) -> None:
        self.programs = list(programs)
        self.logs = logs
        self.running: list[Running] = []

    def __enter__(self) -> Self:
        try:
            self.start()
            self.wait_until_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def refuse_taken_ports(self) -> None:
        """Raise `Trouble` that names every program whose port is in use."""
        taken = [program for program in self.programs if program.port is not None and is_taken(program.port)]
        if taken:
            lines = [f"Port {program.port} is in use already; {program.name} needs it." for program in taken]
            raise Trouble(
                "\n".join([*lines, "Stop the program that uses it, or choose another port (docs/settings.md)."])
            )

    def start(self) -> None:
        """Start all, after a look whether the ports are free."""
        self.refuse_taken_ports()
        self.logs.mkdir(parents=True, exist_ok=True)
        for program in self.programs:
            self.start_one(program)

    def start_one(self, program: Program) -> Running:
        """Start one program; its output goes to `<logs>/<name>.log`."""
        log = self.logs / f"{program.name}.log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                [*_dies_with_us(), *map(str, program.command)],
                cwd=program.folder,
                env={**os.environ, **program.environment},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        running = Running(program=program, process=process, log=log)
        self.running.append(running)
        return running

    def wait_until_ready(self, *, seconds: float = 60.0, stopped: Callable[[], bool] = lambda: False) -> None:
        """Wait until each program answers. Raises `Trouble` when one dies or stays silent."""
        deadline = time.monotonic() + seconds
        for running in self.running:
            while not answers(running.program):
                self.refuse_dead()
                if stopped():
                    return
                if time.monotonic() > deadline:
                    raise Trouble(
                        f"{running.program.name} does not answer.\n{running.last_lines()}\n    ({running.log})"
                    )
                time.sleep(POLL_SECONDS)
        self.refuse_dead()

    def refuse_dead(self) -> None:
        """Raise `Trouble` that names the first program that has ended, with its last lines."""
        for running in self.running:
            if running.died():
                status = running.process.returncode
                raise Trouble(
                    f"{running.program.name} has stopped (status {status}). Its last lines:\n"
                    f"{running.last_lines()}\n    (all of it: {running.log})"
                )

    def watch(self, *, stopped: Callable[[], bool]) -> None:
        """Stay until told to stop. Raises `Trouble` when a program dies."""
        while not stopped():
            self.refuse_dead()
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """Stop all: ask each to stop, wait for it, then end whatever is left of its process group."""
        for running in reversed(self.running):
            if not running.died():
                running.process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for running in reversed(self.running):
            _end(running.process, deadline=deadline)
        self.running.clear()


def answers(program: Program) -> bool:
    """Whether a program answers on its health address; one without a port always does."""
    if program.port is None:
        return True
    try:
        with _OPENER.open(program.address + program.health, timeout=2):
            return True
    except (urllib.error.URLError, http.client.HTTPException, OSError):
        return False


def is_taken(port: int) -> bool:
    """Whether something listens on the port already. Raises `Trouble` for a port that may not be used."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except PermissionError as error:
            raise Trouble(f"Port {port} may only be used by root. Choose one above 1023.") from error
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


def free_ports(count: int) -> list[int]:
    """Ports that are free now; all different.

    Below those that Linux gives to outgoing connections: none of these takes a port before its program does.
    """
    probes: list[socket.socket] = []
    for port in random.sample(_PORTS, len(_PORTS)):
        if len(probes) == count:
            break
        probe = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            probe.close()
        else:
            probes.append(probe)
    ports: list[int] = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _end(process: subprocess.Popen[bytes], *, deadline: float) -> None:
    try:
        process.wait(timeout=max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _dies_with_us() -> list[str]:
    # When the starter is killed without a chance to clean up, Linux ends the program for it.
    return ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []
