"""The rehearsal as a program of its own, on a free port."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

ROOT = Path(__file__).parents[2]
SECONDS_TO_START = 20


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def rehearsal() -> Iterator[str]:
    """Start the rehearsal, give its address when it answers, and stop it afterwards."""
    port = free_port()
    environment = {**os.environ, "REHEARSAL_PORT": str(port)}
    command = [sys.executable, "-m", "rehearsal", "serve"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            yield _answering(f"http://localhost:{port}", process)
        finally:
            process.terminate()


def _answering(address: str, process: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            httpx2.get(f"{address}/health", trust_env=False).raise_for_status()
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return address
    raise AssertionError("the rehearsal did not start")
